import type { Carrier } from './messageTemplates.ts';

/** What the documents are filled with, escaped for XML. */
export interface Places {
  readonly conference: string;
  readonly factory: string;
  /** The conference as the server of a modality is addressed: `chat`, `audio-video` …. */
  mcu(type: string): string;
  readonly user: string;
  readonly userName: string;
  readonly from: string;
  readonly fromName: string;
  readonly requestId: string;
  readonly conferenceId: string;
  /** As `{C263F024-15CC-4B33-971D-FCF9BE23BB0D}`. */
  readonly endpoint: string;
}

interface CommandTemplate {
  readonly name: string;
  readonly description: string;
  readonly carrier: Carrier;
  readonly attributes?: (places: Places) => string;
  readonly content: (places: Places) => string;
}

/** Prefixes that a request may use: each is declared where it does. */
export const REQUEST_NAMESPACES = [
  ['ci', 'urn:ietf:params:xml:ns:conference-info'],
  ['mscp', 'http://schemas.microsoft.com/rtc/2005/08/cccpextensions'],
  ['msci', 'http://schemas.microsoft.com/rtc/2005/08/confinfoextensions'],
] as const;

const nothing = () => '';
const conferenceKeys = ({ conference }: Places) => `<conferenceKeys confEntity="${conference}"/>`;
const userKeys = ({ conference, user }: Places) => `<userKeys confEntity="${conference}" userEntity="${user}"/>`;
const endpointKeys = (places: Places) => `<endpointKeys ${endpointOf(places)}/>`;
const mediaKeys = (places: Places) => `<mediaKeys ${endpointOf(places)} mediaId="1"/>`;
const audioVideoServer = ({ mcu }: Places) => `mscp:mcuUri="${mcu('audio-video')}"`;

function endpointOf({ conference, user, endpoint }: Places): string {
  return `confEntity="${conference}" userEntity="${user}" endpointEntity="${endpoint}"`;
}

/** A request for each command of CCCP: the draft's, then Microsoft's. */
export const COMMANDS: readonly CommandTemplate[] = [
  {
    name: 'addConference',
    description: 'Create a conference',
    carrier: 'SERVICE',
    content: ({ conferenceId }) => `<ci:conference-info entity="">
  <ci:conference-description>
    <ci:subject>Weekly meeting</ci:subject>
    <msci:conference-id>${conferenceId}</msci:conference-id>
  </ci:conference-description>
</ci:conference-info>`,
  },
  {
    name: 'modifyConference',
    description: 'Change what a conference is called',
    carrier: 'SERVICE',
    content: ({ conference }) => `<ci:conference-info entity="${conference}" state="partial">
  <ci:conference-description>
    <ci:subject>Weekly meeting</ci:subject>
  </ci:conference-description>
</ci:conference-info>`,
  },
  { name: 'getConference', description: 'Ask for all of a conference', carrier: 'INFO', content: conferenceKeys },
  { name: 'deleteConference', description: 'End a conference', carrier: 'INFO', content: conferenceKeys },
  {
    name: 'addUser',
    description: 'Call a user into a conference (dial-out)',
    carrier: 'INFO',
    attributes: audioVideoServer,
    content: (places) => `${conferenceKeys(places)}
<ci:user entity="${places.user}">
  <ci:roles>
    <ci:entry>attendee</ci:entry>
  </ci:roles>
  <ci:endpoint entity="${places.endpoint}" msci:session-type="audio-video" msci:endpoint-uri="${places.user}">
    <ci:joining-method>dialed-out</ci:joining-method>
  </ci:endpoint>
</ci:user>`,
  },
  {
    name: 'modifyUser',
    description: 'Change what is known of a user',
    carrier: 'INFO',
    content: (places) => `${conferenceKeys(places)}
<ci:user entity="${places.user}">
  <ci:display-text>${places.userName}</ci:display-text>
</ci:user>`,
  },
  {
    name: 'modifyUserRoles',
    description: 'Make a user a presenter',
    carrier: 'INFO',
    content: (places) => `${userKeys(places)}
<ci:user-roles>
  <ci:entry>presenter</ci:entry>
</ci:user-roles>`,
  },
  { name: 'deleteUser', description: 'Eject a user', carrier: 'INFO', content: userKeys },
  { name: 'getUser', description: 'Ask for a user', carrier: 'INFO', content: userKeys },
  {
    name: 'addEndpoint',
    description: 'Add an endpoint of a user',
    carrier: 'INFO',
    content: (places) => `${userKeys(places)}
<ci:endpoint entity="${places.endpoint}">
  <ci:joining-method>dialed-out</ci:joining-method>
</ci:endpoint>`,
  },
  {
    name: 'modifyEndpoint',
    description: 'Change an endpoint of a user',
    carrier: 'INFO',
    content: (places) => `${userKeys(places)}
<ci:endpoint entity="${places.endpoint}">
  <ci:status>on-hold</ci:status>
</ci:endpoint>`,
  },
  { name: 'deleteEndpoint', description: 'Disconnect an endpoint', carrier: 'INFO', content: endpointKeys },
  { name: 'getEndpoint', description: 'Ask for an endpoint', carrier: 'INFO', content: endpointKeys },
  {
    name: 'addEndpointMedia',
    description: 'Add a medium to an endpoint',
    carrier: 'INFO',
    content: (places) => `${endpointKeys(places)}
<ci:media id="1">
  <ci:type>audio</ci:type>
  <ci:status>sendrecv</ci:status>
</ci:media>`,
  },
  {
    name: 'modifyEndpointMedia',
    description: 'Mute an endpoint',
    carrier: 'INFO',
    attributes: audioVideoServer,
    content: (places) => `${mediaKeys(places)}
<ci:media id="1">
  <ci:type>audio</ci:type>
  <ci:status>recvonly</ci:status>
  <msci:media-ingress-filter>block</msci:media-ingress-filter>
</ci:media>`,
  },
  { name: 'deleteEndpointMedia', description: 'End a medium of an endpoint', carrier: 'INFO', content: mediaKeys },
  { name: 'getEndpointMedia', description: 'Ask for a medium of an endpoint', carrier: 'INFO', content: mediaKeys },
  {
    name: 'cancel',
    description: 'Take back a request that is not answered yet',
    carrier: 'INFO',
    content: () => '<requestId>1</requestId>',
  },
  { name: 'ping', description: 'Ask how the server is', carrier: 'INFO', content: nothing },
  { name: 'getConferences', description: 'Ask for the conferences there are', carrier: 'SERVICE', content: nothing },
  { name: 'getEncryptionKey', description: 'Ask for the key of the server', carrier: 'SERVICE', content: nothing },
  {
    name: 'getAvailableMcuTypes',
    description: 'Ask which conferencing servers there are',
    carrier: 'SERVICE',
    content: nothing,
  },
  {
    name: 'getConferencingCapabilities',
    description: 'Ask what conferences may do',
    carrier: 'SERVICE',
    content: nothing,
  },
  {
    name: 'modifyConferenceLock',
    description: 'Lock a conference',
    carrier: 'INFO',
    content: (places) => `${conferenceKeys(places)}
<locked>true</locked>`,
  },
  {
    name: 'modifyConferenceAnnouncements',
    description: 'Announce who comes and goes',
    carrier: 'INFO',
    content: (places) => `${conferenceKeys(places)}
<enabled>true</enabled>`,
  },
  {
    name: 'setLobbyAccess',
    description: 'Let a user in from the lobby',
    carrier: 'INFO',
    content: (places) => `${conferenceKeys(places)}
<userEntity>${places.user}</userEntity>
<access>granted</access>`,
  },
  {
    name: 'endorseUser',
    description: 'Vouch for a user who joins without credentials',
    carrier: 'INVITE',
    content: (places) => `${conferenceKeys(places)}
<endorsee>${places.user}</endorsee>
<ci:dialog-id>
  <ci:call-id>1b4e28ba2fa111d2883f</ci:call-id>
  <ci:from-tag>58b76ebb1c</ci:from-tag>
  <ci:to-tag>3c150080</ci:to-tag>
</ci:dialog-id>`,
  },
];
