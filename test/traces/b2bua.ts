// A call through a back-to-back user agent: two legs with a Call-ID each, and the Session-ID (RFC 7989) that they share.
// node --import tsx test/traces/b2bua.ts > b2bua.sip
import { traceOfMessages, type Written } from './write.ts';

interface Leg {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  /** Where requests of this leg come from and go to. */
  readonly hosts: readonly [string, string];
  readonly delay: number;
}

const LEGS: readonly Leg[] = [
  { callId: 'a84b4c76@192.0.2.10', from: 'alice', to: 'service', hosts: ['192.0.2.10', '192.0.2.1'], delay: 0 },
  { callId: '7f1d93e0@192.0.2.1', from: 'alice', to: 'bob', hosts: ['192.0.2.1', '198.51.100.20'], delay: 15 },
];
const CALLER = 'ab30317f1a784dc48ff824d0d3715d86';
const CALLEE = '47755a9de7794ba387653f2099600ef2';
const NIL = '0'.repeat(32);

/** Alice calls a service, which calls Bob; he answers after three seconds, and she hangs up after twenty. */
export function b2buaCall(): string {
  return traceOfMessages(LEGS.flatMap(messagesOf));
}

function messagesOf(leg: Leg): Written[] {
  const { callId, from, to, hosts, delay } = leg;
  const late = 30 - 2 * delay; // answers come to the far leg first
  const message = (
    at: number,
    start: string,
    cseq: string,
    more: Partial<Written> & { tag?: boolean; id?: string } = {},
  ): Written => {
    const { tag = true, id = `${CALLER};remote=${CALLEE}`, headers = [], ...rest } = more;
    const isRequest = !start.startsWith('SIP/2.0');
    return {
      at,
      start,
      headers: [
        ['Via', `SIP/2.0/UDP ${hosts[0]};branch=z9hG4bK${callId.slice(0, 8)}${cseq.replace(' ', '')}`],
        ...(isRequest ? [['Max-Forwards', 70] as const] : []),
        ['From', `<sip:${from}@example.org>;tag=${callId.slice(0, 4)}1`],
        ['To', `<sip:${to}@example.org>${tag ? `;tag=${callId.slice(0, 4)}2` : ''}`],
        ['Call-ID', callId],
        ['CSeq', cseq],
        ['Session-ID', id],
        ...headers,
      ],
      ...rest,
    };
  };
  const target = `sip:${to}@${hosts[1]}`;
  const contact = (host: string) => [['Contact', `<sip:${host}>`]] as const;
  const sdp = (host: string) => ({ type: 'application/sdp', body: description(host) });
  const unknown = `${CALLER};remote=${NIL}`;
  return [
    message(delay, `INVITE ${target} SIP/2.0`, '1 INVITE', {
      tag: false,
      id: unknown,
      headers: contact(hosts[0]),
      ...sdp(hosts[0]),
    }),
    message(delay + 5, 'SIP/2.0 100 Trying', '1 INVITE', { tag: false, id: unknown }),
    message(400 + late, 'SIP/2.0 180 Ringing', '1 INVITE', {
      id: `${CALLEE};remote=${CALLER}`,
      headers: contact(hosts[1]),
    }),
    message(3000 + late, 'SIP/2.0 200 OK', '1 INVITE', {
      id: `${CALLEE};remote=${CALLER}`,
      headers: contact(hosts[1]),
      ...sdp(hosts[1]),
    }),
    message(3040 + delay, `ACK sip:${hosts[1]} SIP/2.0`, '1 ACK'),
    message(23_000 + delay, `BYE sip:${hosts[1]} SIP/2.0`, '2 BYE', {
      headers: [['Reason', 'Q.850;cause=16;text="Normal call clearing"']],
    }),
    message(23_040 + late, 'SIP/2.0 200 OK', '2 BYE', { id: `${CALLEE};remote=${CALLER}` }),
  ];
}

function description(host: string): string {
  return `v=0\no=- 1 1 IN IP4 ${host}\ns=-\nc=IN IP4 ${host}\nt=0 0\nm=audio 40000 RTP/AVP 0 101\na=rtpmap:0 PCMU/8000\na=rtpmap:101 telephone-event/8000`;
}

if (process.argv[1] === import.meta.filename) process.stdout.write(b2buaCall());
