// A working day at a company's proxy: calls between desks and to the outside that are answered, busy, given up, refused or sent twice.
// node --import tsx test/traces/busyDay.ts 100000 > day.log
import { traceOfMessages, type Written } from './write.ts';

interface Party {
  readonly user: string;
  readonly address: string;
}

const PROXY = '192.0.2.1:5060';
const DOMAIN = 'example.org';
const DESKS: readonly Party[] = [
  ...['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi', 'ivan', 'judy'],
].map((user, at) => ({ user, address: `192.0.2.${10 + at}:5060` }));
const GATEWAY: Party = { user: '+15550100', address: '198.51.100.20:5060' };
/** Retransmissions of a request over UDP begin after T1 (RFC 3261 §17.1.1.2). */
const T1_MS = 500;
const BETWEEN_CALLS_MS = 900;
const LUNCH_MS = 41 * 60_000;

/** So many messages (a few more, to end with a whole call), in sngrep's own form: the same ones each time. */
export function busyDay(count: number): string {
  const messages: Written[] = [];
  const random = randomNumbers(7);
  let at = 0;
  let lunch = false;
  for (let n = 1; messages.length < count; n++) {
    if (!lunch && messages.length * 2 > count) {
      at += LUNCH_MS;
      lunch = true;
    }
    messages.push(...eventOf(n, at, random));
    at += BETWEEN_CALLS_MS * 2 * random();
  }
  return traceOfMessages(messages);
}

function eventOf(n: number, at: number, random: () => number): Written[] {
  const caller = DESKS[Math.floor(random() * DESKS.length)]!;
  const others = [...DESKS.filter((one) => one !== caller), GATEWAY, GATEWAY, GATEWAY];
  const call = new Call(n, at, caller, others[Math.floor(random() * others.length)]!);
  const kind = random();
  if (kind < 0.08) return call.registration();
  if (kind < 0.16) return call.keepalive();
  if (kind < 0.24) return call.refused('486 Busy Here', 240);
  if (kind < 0.29) return call.refused('404 Not Found', 30);
  if (kind < 0.33) return call.refused('503 Service Unavailable', 1800);
  if (kind < 0.42) return call.givenUp(6000 + 9000 * random());
  return call.answered({ ring: 1500 + 8000 * random(), talk: 4000 + 90_000 * random(), isLate: kind > 0.93 });
}

interface Sent {
  readonly at: number;
  readonly method: string;
  readonly number: number;
  readonly by?: 'callee';
  readonly tags?: 'both' | undefined;
  readonly branch?: string;
  readonly body?: string | undefined;
}

/** What two parties do with each other through the proxy, or one of them with the proxy. */
class Call {
  private readonly id: string;
  private readonly at: number;
  private readonly caller: Party;
  private readonly callee: Party;

  constructor(n: number, at: number, caller: Party, callee: Party) {
    this.id = ((n * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0');
    this.at = at;
    this.caller = caller;
    this.callee = callee;
  }

  /** Rings, is answered and talked, until the callee hangs up. A late one is sent twice, since nothing comes in time. */
  answered({ ring, talk, isLate }: { ring: number; talk: number; isLate: boolean }): Written[] {
    const invite = this.invite();
    const start = isLate ? T1_MS + 20 : 20;
    const up = this.at + start + ring;
    const body = description(this.callee);
    return [
      ...this.there(invite),
      ...(isLate ? this.there({ ...invite, at: this.at + T1_MS }).slice(0, 1) : []),
      this.fromProxy(invite, '100 Trying', this.at + start - 12),
      ...this.back(invite, '180 Ringing', this.at + start + 110),
      ...this.back(invite, '200 OK', up, body),
      ...this.there({ at: up + 40, method: 'ACK', number: 1, tags: 'both' }),
      ...this.exchange({ at: up + talk, method: 'BYE', number: 1, tags: 'both', by: 'callee' }, '200 OK', 35),
    ];
  }

  /** The callee's side does not want it. */
  refused(why: string, after: number): Written[] {
    const invite = this.invite();
    return [
      ...this.there(invite),
      this.fromProxy(invite, '100 Trying', this.at + 8),
      ...this.back(invite, why, this.at + after),
      ...this.acknowledged(this.at + after + 12),
    ];
  }

  /** The caller does not wait any longer. */
  givenUp(after: number): Written[] {
    const invite = this.invite();
    const end = this.at + after;
    return [
      ...this.there(invite),
      this.fromProxy(invite, '100 Trying', this.at + 8),
      ...this.back(invite, '180 Ringing', this.at + 130),
      ...this.exchange({ at: end, method: 'CANCEL', number: 1 }, '200 OK', 10),
      ...this.back(invite, '487 Request Terminated', end + 25),
      ...this.acknowledged(end + 40),
    ];
  }

  /** Is asked for credentials, and gives them. */
  registration(): Written[] {
    const ask = (number: number, at: number, more: Written['headers']) => {
      const asked = { at, method: 'REGISTER', number };
      return this.message(asked, this.near(asked), `REGISTER sip:${DOMAIN} SIP/2.0`, [
        ['Contact', `<sip:${this.caller.user}@${this.caller.address}>`],
        ['Expires', 600],
        ...more,
      ]);
    };
    const realm = `realm="${DOMAIN}", nonce="${this.id}"`;
    const given = `Digest username="${this.caller.user}", ${realm}, uri="sip:${DOMAIN}", response="${this.id.repeat(4)}", algorithm=MD5`;
    const contact = `<sip:${this.caller.user}@${this.caller.address}>;expires=600`;
    return [
      ask(1, this.at, []),
      this.fromProxy({ at: this.at, method: 'REGISTER', number: 1 }, '401 Unauthorized', this.at + 6, [
        ['WWW-Authenticate', `Digest ${realm}, algorithm=MD5`],
      ]),
      ask(2, this.at + 15, [['Authorization', given]]),
      this.fromProxy({ at: this.at, method: 'REGISTER', number: 2 }, '200 OK', this.at + 24, [['Contact', contact]]),
    ];
  }

  /** The proxy hears whether a phone is there. */
  keepalive(): Written[] {
    const asked = { at: this.at, method: 'OPTIONS', number: 1 };
    const request = this.message(asked, this.near(asked), `OPTIONS sip:${DOMAIN} SIP/2.0`);
    return [request, this.fromProxy(asked, '200 OK', this.at + 4)];
  }

  private invite(): Sent {
    return { at: this.at, method: 'INVITE', number: 1, body: description(this.caller) };
  }

  private exchange(sent: Sent, answer: string, after: number): Written[] {
    return [...this.there(sent), ...this.back(sent, answer, sent.at + after)];
  }

  /** A failure is acknowledged from hop to hop, in the transaction of its INVITE (RFC 3261 §17.1.1.3). */
  private acknowledged(at: number): Written[] {
    return this.there({ at, method: 'ACK', number: 1, tags: 'both', branch: 'INVITE1' });
  }

  /** A request on both of its hops. */
  private there(sent: Sent): Written[] {
    const target = sent.by ? this.caller : this.callee;
    const isInside = sent.tags === 'both' && !sent.branch;
    const uri = isInside ? `sip:${target.user}@${target.address}` : `sip:${target.user}@${DOMAIN}`;
    const start = `${sent.method} ${uri} SIP/2.0`;
    const contact = sent.method === 'INVITE' ? this.contact(this.caller) : [];
    const near = this.message(sent, this.near(sent), start, [
      ...(isInside ? ([['Route', `<sip:${PROXY};lr>`]] as const) : []),
      ...contact,
    ]);
    const route = sent.method === 'INVITE' ? ([['Record-Route', `<sip:${PROXY};lr>`]] as const) : [];
    return [near, this.message({ ...sent, at: sent.at + 3 }, this.far(sent), start, [...route, ...contact])];
  }

  /** The answer to a request on both of its hops. */
  private back(sent: Sent, status: string, at: number, body?: string): Written[] {
    const answer = { ...sent, at, tags: 'both' as const, body };
    const isDialog = sent.method === 'INVITE' && /^(?:180|200)/.test(status);
    const more = isDialog ? [['Record-Route', `<sip:${PROXY};lr>`] as const, ...this.contact(this.callee)] : [];
    const far = this.far(sent);
    const near = this.near(sent);
    return [
      this.message(answer, { ...far, way: [far.way[1], far.way[0]] }, `SIP/2.0 ${status}`, more),
      this.message({ ...answer, at: at + 3 }, { ...near, way: [near.way[1], near.way[0]] }, `SIP/2.0 ${status}`, more),
    ];
  }

  private fromProxy(sent: Sent, status: string, at: number, more: Written['headers'] = []): Written {
    const near = this.near(sent);
    const tags = status.startsWith('100') ? undefined : 'both';
    return this.message(
      { ...sent, at, tags, body: undefined },
      { ...near, way: [near.way[1], near.way[0]] },
      `SIP/2.0 ${status}`,
      more,
    );
  }

  private message(sent: Sent, hop: Hop, start: string, more: Written['headers'] = []): Written {
    const { at, method, number, by, tags, body } = sent;
    const user = (party: Party) => `<sip:${party.user}@${DOMAIN}>`;
    const isOwn = method === 'REGISTER' || method === 'OPTIONS';
    const ends = [
      `${user(this.caller)};tag=c${this.id}`,
      `${user(isOwn ? this.caller : this.callee)}${tags ? `;tag=d${this.id}` : ''}`,
    ];
    const [from, to] = by ? ends.reverse() : ends;
    return {
      at,
      start,
      way: hop.way,
      headers: [
        ...hop.vias.map((via) => ['Via', via] as const),
        ...(start.startsWith('SIP/2.0') ? [] : ([['Max-Forwards', 71 - hop.vias.length]] as const)),
        ['From', from!],
        ['To', to!],
        ['Call-ID', `${this.id}@${this.caller.address.split(':')[0]}`],
        ['CSeq', `${number} ${method}`],
        ...more,
      ],
      ...(body ? { type: 'application/sdp', body } : {}),
    };
  }

  private contact(party: Party): Written['headers'] {
    return [['Contact', `<sip:${party.user}@${party.address}>`]];
  }

  private near({ method, number, by, branch }: Sent): Hop {
    const { address } = by ? this.callee : this.caller;
    return {
      way: [address, PROXY],
      vias: [via(address, `${this.id}${branch ?? `${by ?? ''}${of(method)}${number}`}`)],
    };
  }

  private far(sent: Sent): Hop {
    const near = this.near(sent);
    const { address } = sent.by ? this.caller : this.callee;
    return { way: [PROXY, address], vias: [via(PROXY, near.vias[0]!.split('z9hG4bK')[1]!), ...near.vias] };
  }
}

/** A request between two hosts, and what its Via headers are there. */
interface Hop {
  readonly way: readonly [from: string, to: string];
  readonly vias: readonly string[];
}

/** A CANCEL bears the branch of the request that it takes back (RFC 3261 §9.1). */
const of = (method: string) => (method === 'CANCEL' ? 'INVITE' : method);
const via = (address: string, branch: string) => `SIP/2.0/UDP ${address};branch=z9hG4bK${branch}`;

function description({ address }: Party): string {
  const host = address.split(':')[0];
  return `v=0\no=- 1 1 IN IP4 ${host}\ns=-\nc=IN IP4 ${host}\nt=0 0\nm=audio 40000 RTP/AVP 8 101\na=rtpmap:8 PCMA/8000\na=rtpmap:101 telephone-event/8000`;
}

/** Numbers from 0 to 1, the same ones from the same seed: a linear congruential generator. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

if (process.argv[1] === import.meta.filename) process.stdout.write(busyDay(Number(process.argv[2] ?? 1000)));
