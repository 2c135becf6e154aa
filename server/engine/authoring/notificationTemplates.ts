import type { Places } from './commandTemplates.ts';

interface NotificationTemplate {
  readonly name: string;
  readonly description: string;
  /** The value of Subscription-State. */
  readonly subscription: string;
  readonly content: (places: Places) => string;
}

const ACTIVE = 'active;expires=3600';

/** What a focus tells of a conference, in the order of its life. */
export const NOTIFICATIONS: readonly NotificationTemplate[] = [
  {
    name: 'full state',
    description: 'All of the conference, as the first notification has it',
    subscription: ACTIVE,
    content: (places) => `${root(places.conference, 'full', 1)}
  <conference-description>
    <subject>Weekly meeting</subject>
    <conf-uris>
      <entry>
        <uri>${places.mcu('chat')}</uri>
        <purpose>chat</purpose>
      </entry>
    </conf-uris>
  </conference-description>
  <conference-state>
    <user-count>1</user-count>
    <active>true</active>
    <locked>false</locked>
  </conference-state>
  <users state="full">
    <user entity="${places.from}" state="full">
      <display-text>${places.fromName}</display-text>
      <roles>
        <entry>presenter</entry>
      </roles>
${endpointOf(places)}
    </user>
  </users>
</conference-info>`,
  },
  {
    name: 'user joined',
    description: 'Somebody is there now',
    subscription: ACTIVE,
    content: (places) => `${root(places.conference, 'partial', 2)}
  <users state="partial">
    <user entity="${places.user}" state="full">
      <display-text>${places.userName}</display-text>
      <roles>
        <entry>attendee</entry>
      </roles>
${endpointOf(places)}
    </user>
  </users>
</conference-info>`,
  },
  {
    name: 'user left',
    description: 'Somebody is gone',
    subscription: ACTIVE,
    content: (places) => `${root(places.conference, 'partial', 3)}
  <users state="partial">
    <user entity="${places.user}" state="deleted"/>
  </users>
</conference-info>`,
  },
  {
    name: 'conference ended',
    description: 'The last notification: there is no conference any more',
    subscription: 'terminated;reason=noresource',
    content: ({ conference }) => root(conference, 'deleted', 4).replace(/>$/, '/>'),
  },
];

function root(conference: string, state: string, version: number): string {
  return `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info"
                 entity="${conference}"
                 state="${state}"
                 version="${version}">`;
}

function endpointOf({ endpoint }: Places): string {
  return `      <endpoint entity="${endpoint}" state="full">
        <status>connected</status>
        <joining-method>dialed-in</joining-method>
        <media id="1">
          <type>chat</type>
          <status>sendrecv</status>
        </media>
      </endpoint>`;
}
