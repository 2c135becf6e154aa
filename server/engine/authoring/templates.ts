import { encoded } from '../xml/encode.ts';
import { COMMANDS, type Places, REQUEST_NAMESPACES } from './commandTemplates.ts';
import { type Carrier, carried } from './messageTemplates.ts';
import { NOTIFICATIONS } from './notificationTemplates.ts';

/** What a template is filled with. Addresses are SIP URIs without angle brackets. */
export interface TemplateInput {
  /** The conference as its focus is addressed: `sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:…`. */
  readonly conference: string;
  /** Whom the command or the notification is about. */
  readonly user: string;
  /** Who sends the request, or is told by the notification. */
  readonly from: string;
  readonly requestId: string;
  /** 32 hexadecimal digits, from which tags, Call-ID and branch are made. */
  readonly unique: string;
}

/** The blanks that somebody is asked for. */
export type Blank = 'conference' | 'user' | 'from';

/** Something to begin with: a valid document, or the message that carries it. */
export interface Template {
  /** Unlike for each: a command's name, or what a notification tells. */
  readonly id: string;
  readonly kind: 'request' | 'notification';
  readonly description: string;
  readonly carrier: Carrier;
  /** What of the input is in the document, the one asked for first in front. */
  readonly blanks: readonly Blank[];
  document(input: TemplateInput): string;
  /** A whole SIP message with its lines in LF and the right Content-Length. */
  message(input: TemplateInput): string;
}

/** What is written where nobody has said anything else. */
export const DEFAULT_INPUT: TemplateInput = {
  conference: 'sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9BFFB1F343B36775DBA09E8038',
  user: 'sip:carol@contoso.com',
  from: 'sip:alice@contoso.com',
  requestId: '1',
  unique: '3c71125d8b4e4f0aa1d0c5e2b7963f48',
};

/** All templates: one for each CCCP command, and the conference-info notifications. */
export function templates(): readonly Template[] {
  return [...COMMANDS.map(requestTemplate), ...NOTIFICATIONS.map(notificationTemplate)];
}

type Recipe = (typeof COMMANDS)[number];
type Notice = (typeof NOTIFICATIONS)[number];

function requestTemplate({ name, description, carrier, attributes, content }: Recipe): Template {
  const document = (input: TemplateInput) => {
    const places = placesOf(input);
    const given = attributes ? ` ${attributes(places)}` : '';
    const inner = content(places);
    const command = inner === '' ? `<${name}${given}/>` : `<${name}${given}>\n${indented(inner)}\n</${name}>`;
    const to = carrier === 'SERVICE' ? places.factory : places.conference;
    const used = REQUEST_NAMESPACES.filter(([prefix]) => command.includes(`${prefix}:`));
    const declared = used.map(([prefix, namespace]) => `\n         xmlns:${prefix}="${namespace}"`).join('');
    return `<?xml version="1.0" encoding="UTF-8"?>
<request xmlns="urn:ietf:params:xml:ns:cccp"${declared}
         C3PVersion="1"
         to="${to}"
         from="${places.from}"
         requestId="${places.requestId}">
${indented(command)}
</request>
`;
  };
  const message = (input: TemplateInput) => {
    const to = carrier === 'SERVICE' ? factoryOf(input.conference) : input.conference;
    return carried(
      carrier,
      { from: input.from, to, unique: input.unique, type: 'application/cccp+xml' },
      document(input),
    );
  };
  return { id: name, kind: 'request', description, carrier, blanks: blanksOf(document), document, message };
}

function notificationTemplate({ name, description, subscription, content }: Notice): Template {
  const document = (input: TemplateInput) => `<?xml version="1.0" encoding="UTF-8"?>\n${content(placesOf(input))}\n`;
  const message = (input: TemplateInput) => {
    const type = 'application/conference-info+xml';
    const { conference: from, from: to, unique } = input;
    return carried('BENOTIFY', { from, to, unique, type, subscription }, document(input));
  };
  return {
    id: name,
    kind: 'notification',
    description,
    carrier: 'BENOTIFY',
    blanks: blanksOf(document),
    document,
    message,
  };
}

/** The blanks that the document has, found by filling it. */
function blanksOf(document: (input: TemplateInput) => string): Blank[] {
  const marked = { ...DEFAULT_INPUT, conference: 'sip:=1=', from: 'sip:=2=', user: 'sip:=3=' };
  const text = document(marked);
  const marks: [Blank, string][] = [
    ['conference', '=1='],
    ['from', '=2='],
    ['user', '=3='],
  ];
  return marks.filter(([, mark]) => text.includes(mark)).map(([blank]) => blank);
}

/** The input as it may stand in XML, and what follows from it. */
function placesOf({ conference, user, from, requestId, unique }: TemplateInput): Places {
  const [, id = unique.toUpperCase()] = /;opaque=app:conf:[\w-]+:id:([^;?]+)/i.exec(conference) ?? [];
  const guid = unique.toUpperCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '{$1-$2-$3-$4-$5}');
  return {
    conference: encoded(conference),
    factory: encoded(factoryOf(conference)),
    mcu: (type) => encoded(conference.replace(/;opaque=app:conf:focus:/i, `;opaque=app:conf:${type}:`)),
    user: encoded(user),
    userName: encoded(nameOf(user)),
    from: encoded(from),
    fromName: encoded(nameOf(from)),
    requestId: encoded(requestId),
    conferenceId: encoded(id),
    endpoint: encoded(guid),
  };
}

/** Where conferences of the same organizer are made. */
function factoryOf(conference: string): string {
  const organizer = conference.replace(/[;?].*$/s, '');
  return `${organizer};gruu;opaque=app:conf:focusfactory`;
}

/** `sip:carol.smith@contoso.com` as people call her: `Carol Smith`. */
function nameOf(uri: string): string {
  const [, user = uri] = /^[a-z]+:([^@;?]+)/i.exec(uri) ?? [];
  const words = user.split(/[._]/).filter(Boolean);
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join(' ');
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
