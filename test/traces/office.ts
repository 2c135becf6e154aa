// An office: each user calls the next one, and their server asks with OPTIONS whether they are there.
// node --import tsx test/traces/office.ts 500 > office.sip
import { traceOfMessages, type Written } from './write.ts';

const PAUSE_MS = 1500;

/** Calls between so many users, one after the other, with a keep-alive in front of each. */
export function office(users: number): string {
  return traceOfMessages(
    Array.from({ length: users }, (_, at) => [...keepAlive(at), ...call(at, (at + 1) % users)]).flat(),
  );
}

function keepAlive(user: number): Written[] {
  const at = user * PAUSE_MS;
  const one = {
    callId: `k${user}@office.example.org`,
    from: 'office.example.org',
    to: uri(user),
    via: 'office.example.org',
  };
  const target = `sip:${host(user)}`;
  return [
    { at, start: `OPTIONS ${target} SIP/2.0`, headers: head(one, '1 OPTIONS', { isRequest: true, contact: one.via }) },
    { at: at + 8, start: 'SIP/2.0 200 OK', headers: head(one, '1 OPTIONS', { tag: true }) },
  ];
}

function call(user: number, other: number): Written[] {
  const at = user * PAUSE_MS + 200;
  const one = { callId: `c${user}@${host(user)}`, from: uri(user), to: uri(other), via: host(user) };
  const invite = { contact: host(user), sdp: host(user) };
  const answer = { tag: true, contact: host(other) };
  const message = (after: number, start: string, cseq: string, more: More & { readonly sdp?: string }): Written => ({
    at: at + after,
    start: start.startsWith('SIP/2.0') ? start : `${start} sip:${host(other)} SIP/2.0`,
    headers: head(one, cseq, more),
    ...(more.sdp && { type: 'application/sdp', body: description(more.sdp) }),
  });
  return [
    message(0, 'INVITE', '1 INVITE', { isRequest: true, ...invite }),
    message(60, 'SIP/2.0 180 Ringing', '1 INVITE', answer),
    message(400, 'SIP/2.0 200 OK', '1 INVITE', { ...answer, sdp: host(other) }),
    message(420, 'ACK', '1 ACK', { isRequest: true, tag: true }),
    message(1000, 'BYE', '2 BYE', { isRequest: true, tag: true }),
    message(1020, 'SIP/2.0 200 OK', '2 BYE', { tag: true }),
  ];
}

interface Dialog {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  readonly via: string;
}

interface More {
  readonly isRequest?: boolean;
  /** To has a tag. */
  readonly tag?: boolean;
  readonly contact?: string;
}

function head({ callId, from, to, via }: Dialog, cseq: string, { isRequest, tag, contact }: More): Written['headers'] {
  const name = callId.split('@', 1)[0]!;
  return [
    ['Via', `SIP/2.0/UDP ${via};branch=z9hG4bK${name}${cseq.replace(' ', '')}`],
    ...(isRequest ? [['Max-Forwards', 70] as const] : []),
    ['From', `<sip:${from}>;tag=f${name}`],
    ['To', `<sip:${to}>${tag ? `;tag=t${name}` : ''}`],
    ['Call-ID', callId],
    ['CSeq', cseq],
    ...(contact ? [['Contact', `<sip:${contact}>`] as const] : []),
  ];
}

function uri(user: number): string {
  return `user${user + 1}@example.org`;
}

function host(user: number): string {
  return `10.1.${user >> 8}.${user & 255}`;
}

function description(of: string): string {
  return `v=0\no=- 1 1 IN IP4 ${of}\ns=-\nc=IN IP4 ${of}\nt=0 0\nm=audio 40000 RTP/AVP 0\na=rtpmap:0 PCMU/8000`;
}

if (process.argv[1] === import.meta.filename) process.stdout.write(office(Number(process.argv[2] ?? 500)));
