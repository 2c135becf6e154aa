import { slice } from '../base/text.ts';
import { contentType, headerName, headerValue, type SipMessage, unfold } from '../sip/message.ts';
import { parseNameAddr, parseUri } from '../sip/values.ts';
import type { Role } from './side.ts';

/** What sipp fills in by itself, or what this writes in another way: not copied from the trace. */
const OWN = new Set(
  'via from to call-id cseq contact max-forwards content-length route record-route authorization proxy-authorization'.split(
    ' ',
  ),
);

/** How a message that is to be sent stands in its dialog. */
export interface Sending {
  readonly role: Role;
  /** A dialog has been made: both tags are known. */
  readonly isInside: boolean;
  /** It answers a challenge. */
  readonly isAuthenticated: boolean;
  /** How many steps of the scenario ago the request was sent whose branch this bears too (ACK of a failure, CANCEL); 0: a branch of its own. */
  readonly branchOf: number;
  /** Names of the variables that hold From and To of the first request; of the server alone. */
  readonly names: { readonly remote: string; readonly local: string };
}

const BREAK = '\n      ';

/** A request for `<send>`: addresses, tags, branches, Call-ID and lengths are sipp's, all else is the trace's. */
export function requestTemplate(message: SipMessage & { kind: 'request' }, sending: Sending): string {
  const { role, isInside, branchOf, names } = sending;
  const target = isInside && branchOf === 0 ? '[next_url]' : firstTarget(message);
  const [from, to] =
    role === 'uac'
      ? [
          `${person(message, 'from', 'local')};tag=[pid]SIPpTag00[call_number]`,
          `${person(message, 'to', 'remote')}${isInside || message.method === 'ACK' ? '[peer_tag_param]' : ''}`,
        ]
      : [`[$${names.local}];tag=[pid]SIPpTag01[call_number]`, `[$${names.remote}]`];
  const head = [
    `${message.method} ${target} SIP/2.0`,
    `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch${branchOf > 0 ? `-${branchOf}` : ''}]`,
    `From: ${from}`,
    `To: ${to}`,
    'Call-ID: [call_id]',
    `CSeq: ${headerValue(message, 'cseq') ?? `1 ${message.method}`}`,
    ...(isInside && branchOf === 0 ? ['[routes]'] : []),
    ...contact(message),
    'Max-Forwards: 70',
    ...(sending.isAuthenticated ? ['[authentication]'] : []),
    ...others(message),
  ];
  return head.join(BREAK) + body(message);
}

/** A response for `<send>`: what must be the request's is copied from the last message, or from what was kept of an earlier one. */
export function responseTemplate(
  message: SipMessage & { kind: 'response' },
  isInside: boolean,
  kept: string | null,
): string {
  const tag = isInside || message.status === 100 ? '' : ';tag=[pid]SIPpTag01[call_number]';
  const copied = kept
    ? [`Via: [$${kept}_via]`, '[last_From:]', `[last_To:]${tag}`, '[last_Call-ID:]', `CSeq: [$${kept}_cseq]`]
    : ['[last_Via:]', '[last_From:]', `[last_To:]${tag}`, '[last_Call-ID:]', '[last_CSeq:]'];
  const head = [
    `SIP/2.0 ${message.status} ${cdata(slice(message.text, message.at.reason))}`,
    ...copied,
    ...(message.status > 100 && message.status < 300 ? ['[last_Record-Route:]'] : []),
    ...contact(message),
    ...others(message),
  ];
  return head.join(BREAK) + body(message);
}

function firstTarget(message: SipMessage & { kind: 'request' }): string {
  const uri = parseUri(message.text, message.at.uri);
  const user = uri.user ? `${cdata(slice(message.text, uri.user))}@` : '';
  return `sip:${user}[remote_ip]:[remote_port]`;
}

/** `"Alice" <sip:alice@[local_ip]:[local_port]>`. */
function person(message: SipMessage, id: string, side: 'local' | 'remote'): string {
  const value = headerValue(message, id) ?? '';
  const { display, uri } = parseNameAddr(value, { from: 0, to: value.length });
  const { user } = parseUri(value, uri);
  const name = display ? `${cdata(slice(value, display))} ` : '';
  return `${name}<sip:${user ? `${cdata(slice(value, user))}@` : ''}[${side}_ip]:[${side}_port]>`;
}

function contact(message: SipMessage): string[] {
  const value = headerValue(message, 'contact');
  if (value === undefined) return [];
  const { uri } = parseNameAddr(value, { from: 0, to: value.length });
  const { user } = parseUri(value, uri);
  const name = user ? `${cdata(slice(value, user))}@` : '';
  return [`Contact: <sip:${name}[local_ip]:[local_port];transport=[transport]>`];
}

function others(message: SipMessage): string[] {
  return message.headers
    .filter(({ id }) => !OWN.has(id))
    .map((field) => `${headerName(message, field)}: ${cdata(unfold(slice(message.text, field.value)))}`);
}

/** Its own address, and a port of sipp's, in a session description. */
function body(message: SipMessage): string {
  const text = slice(message.text, message.body).replace(/\r\n?/g, '\n').trimEnd();
  const lines = text ? text.split('\n').map(cdata) : [];
  const isSdp = contentType(message) === 'application/sdp';
  const written = isSdp ? lines.map(sdpLine) : lines;
  return `${BREAK}Content-Length: [len]${BREAK}${written.map((line) => `${BREAK}${line}`).join('')}`;
}

function sdpLine(line: string): string {
  return line
    .replace(/^c=IN IP[46] .*/, 'c=IN IP[media_ip_type] [media_ip]')
    .replace(/^(o=\S+ \S+ \S+ IN) IP[46] .*/, '$1 IP[local_ip_type] [local_ip]')
    .replace(/^(m=(?:audio|video)) [1-9]\d*/, '$1 [media_port]');
}

/** Text of the trace in a CDATA section of a scenario: no end of it, and none of sipp's own words in brackets. */
function cdata(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Surrogate}/gu, ' ')
    .replace(/\]\]>/g, ']] >')
    .replace(/\\/g, '\\\\')
    .replace(/\[/g, '\\x5B');
}
