// A conference of Office Communications Server: users join one after the other, all are told of each, and the last is ejected.
// node --import tsx test/traces/conference.ts 50 > conference.sip
import { traceOfMessages, type Written } from './write.ts';

const FOCUS = 'sip:user1@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9BFFB1F343';
const POOL = '10.29.106.52:5061';
const MSCI = 'xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"';
const INFO = 'application/conference-info+xml';
const CCCP = 'application/cccp+xml';
const DESCRIPTION = '<conference-description><subject>Weekly meeting</subject></conference-description>';
const PAUSE_MS = 2000;

/** A conference of so many users, as its focus sees it: CCCP that adds each, SUBSCRIBE, and a notification for everybody with each change. */
export function conference(users: number): string {
  const messages: Written[] = [];
  let version = 0;
  for (let n = 1; n <= users; n++) {
    const at = n * PAUSE_MS;
    messages.push(...command(n, 1, at, 'addUser', n));
    version++;
    messages.push(...subscription(n, at + 200, state('full', version, range(1, n).map(joined).join(''))));
    for (const other of range(1, n - 1))
      messages.push(notification(other, n - other + 1, at + 300 + other, state('partial', version, joined(n))));
  }
  const end = (users + 1) * PAUSE_MS;
  messages.push(...command(1, 2, end, 'deleteUser', users));
  const gone = state('partial', version + 1, `<user entity="${uri(users)}" state="deleted"/>`);
  for (const other of range(1, users - 1))
    messages.push(notification(other, users - other + 2, end + 300 + other, gone));
  return traceOfMessages(messages);
}

/** A user asks the focus for something about a user, and is told that it is done: in four messages (MS-CONFBAS). */
function command(n: number, number: number, at: number, name: 'addUser' | 'deleteUser', about: number): Written[] {
  const id = n * 10 + number;
  const key = `confEntity="${FOCUS}"`;
  const asked =
    name === 'addUser'
      ? `<addUser><conferenceKeys ${key}/><ci:user xmlns:ci="urn:ietf:params:xml:ns:conference-info" entity="${uri(about)}"><ci:roles><ci:entry>attendee</ci:entry></ci:roles></ci:user></addUser>`
      : `<deleteUser><userKeys ${key} userEntity="${uri(about)}"/></deleteUser>`;
  const answered =
    name === 'addUser'
      ? `<addUser><conferenceKeys ${key}/><ci:user xmlns:ci="urn:ietf:params:xml:ns:conference-info" entity="${uri(about)}"/></addUser>`
      : `<deleteUser><conferenceKeys ${key}/><ci:user xmlns:ci="urn:ietf:params:xml:ns:conference-info" entity="${uri(about)}"/></deleteUser>`;
  const body = (kind: string, from: string, to: string, inner: string, more = '') =>
    `<${kind} xmlns="urn:ietf:params:xml:ns:cccp" C3PVersion="1" requestId="${id}" from="${from}" to="${to}"${more}>${inner}</${kind}>`;
  const call = `info${n}.${number}@contoso.com`;
  const sent = fromUser(n, call, `${number} INFO`);
  const back = fromFocus(n, call, `${number} INFO`);
  return [
    { at, start: `INFO ${FOCUS} SIP/2.0`, headers: sent, type: CCCP, body: body('request', uri(n), FOCUS, asked) },
    { at: at + 20, start: 'SIP/2.0 202 Accepted', headers: withoutHops(sent) },
    {
      at: at + 100,
      start: `INFO ${contact(n)} SIP/2.0`,
      headers: back,
      type: CCCP,
      body: body('response', FOCUS, uri(n), answered, ' code="success"'),
    },
    { at: at + 120, start: 'SIP/2.0 200 OK', headers: withoutHops(back) },
  ];
}

function subscription(n: number, at: number, body: string): Written[] {
  const asked = fromUser(n, subscriptionOf(n), '1 SUBSCRIBE');
  const event = ['Event', 'conference'] as const;
  return [
    {
      at,
      start: `SUBSCRIBE ${FOCUS} SIP/2.0`,
      headers: [
        ...asked,
        event,
        ['Expires', 3600],
        ['Accept', INFO],
        ['Supported', 'ms-benotify'],
        ['Contact', `<${contact(n)}>`],
      ],
    },
    {
      at: at + 20,
      start: 'SIP/2.0 200 OK',
      headers: [...withoutHops(asked), ['Expires', 3600], ['Contact', `<${FOCUS}>`]],
    },
    notification(n, 1, at + 40, body),
  ];
}

/** What a subscriber is told, by its own count of notifications. */
function notification(n: number, count: number, at: number, body: string): Written {
  const headers = fromFocus(n, subscriptionOf(n), `${count} BENOTIFY`);
  return {
    ...{ at, start: `BENOTIFY ${contact(n)} SIP/2.0`, type: INFO, body },
    headers: [...headers, ['Event', 'conference'], ['Subscription-State', 'active;expires=3600']],
  };
}

type Headers = readonly (readonly [string, string | number])[];

function fromUser(n: number, callId: string, cseq: string): Headers {
  return head(
    `10.0.${n >> 8}.${n & 255}:5061`,
    callId,
    cseq,
    `<${uri(n)}>;tag=u${tagOf(callId)};epid=${n}`,
    `<${FOCUS}>;tag=f${tagOf(callId)}`,
  );
}

function fromFocus(n: number, callId: string, cseq: string): Headers {
  return head(POOL, callId, cseq, `<${FOCUS}>;tag=f${tagOf(callId)}`, `<${uri(n)}>;tag=u${tagOf(callId)};epid=${n}`);
}

function head(host: string, callId: string, cseq: string, from: string, to: string): Headers {
  const branch = `z9hG4bK${callId}.${cseq.replace(' ', '')}.${host.length}`.replace(/[@]/g, '-');
  return [
    ['Via', `SIP/2.0/TLS ${host};branch=${branch}`],
    ['Max-Forwards', 70],
    ['From', from],
    ['To', to],
    ['Call-ID', callId],
    ['CSeq', cseq],
  ];
}

/** The headers that a response repeats. */
function withoutHops(headers: Headers): Headers {
  return headers.filter(([name]) => name !== 'Max-Forwards');
}

function state(kind: 'full' | 'partial', version: number, users: string): string {
  const count = kind === 'full' ? `${DESCRIPTION}<users>${users}</users>` : `<users state="partial">${users}</users>`;
  return `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" ${MSCI} entity="${FOCUS}" state="${kind}" version="${version}">${count}</conference-info>`;
}

function joined(n: number): string {
  const endpoint = `<endpoint entity="{${n}}" msci:session-type="chat"><status>connected</status><joining-method>dialed-in</joining-method><media id="1"><type>chat</type></media></endpoint>`;
  return `<user entity="${uri(n)}" state="full"><display-text>User ${n}</display-text><roles><entry>attendee</entry></roles>${endpoint}</user>`;
}

const tagOf = (callId: string) => callId.split('@')[0]!;
const uri = (n: number) => `sip:user${n}@contoso.com`;
const contact = (n: number) => `sip:10.0.${n >> 8}.${n & 255}:5061;transport=tls`;
const subscriptionOf = (n: number) => `subscription${n}@contoso.com`;
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

if (process.argv[1] === import.meta.filename) process.stdout.write(conference(Number(process.argv[2] ?? 50)));
