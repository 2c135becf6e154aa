import { clipped, plain } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { headerValue, type SipMessage } from '../sip/message.ts';
import { address, listValues, paramValue, parseNameAddr, parseUri, sameParty, type Via, vias } from '../sip/values.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import type { Lane } from './ladder.ts';
import type { Lanes } from './lanes.ts';

/** Something that names a lane's party, as `Via sent-by`, with how often it was seen. */
export interface LaneEvidence {
  readonly what: string;
  /** The most frequent first. */
  readonly values: readonly { readonly text: string; readonly messages: number }[];
  /** How many more there are. */
  readonly more: number;
}

/** Why a lane is one, in words. */
export interface LaneStory {
  /** What the party is, and what shows it: `Focus: its URI has opaque=app:conf:focus.` */
  readonly role: string;
  /** How much it sends and gets. */
  readonly traffic: string;
  readonly evidence: readonly LaneEvidence[];
  /** In how many of its messages headers were looked at; '' where it was in all of them. */
  readonly sample: string;
}

/** What of a lane's messages columns tell, and the messages (zero-based, ascending) whose headers are to be looked at. */
export interface LaneTraffic {
  readonly sent: number;
  readonly received: number;
  /** A message that a lane sends to itself is one. */
  readonly total: number;
  readonly first: number;
  readonly last: number;
  /** How many messages each address of the log has, by its number. */
  readonly addresses: ReadonlyMap<number, number>;
  readonly sample: readonly number[];
}

/** So many messages tell enough of a lane. */
const SAMPLE = 60;
/** So much is shown of each kind. */
const MOST_VALUES = 4;
const LONGEST = 100;

/** Counts the messages of a lane (zero-based) in two passes over the columns, and chooses some: the first ones, and others all over the trace. */
export function laneTraffic({ columns }: TraceBuilder, { of }: Lanes, lane: number): LaneTraffic {
  const { sender, receiver, source, destination, count } = columns;
  const addresses = new Map<number, number>();
  const add = (number: number | undefined) => number && addresses.set(number, (addresses.get(number) ?? 0) + 1);
  let [sent, received, total, first, last] = [0, 0, 0, -1, -1];
  for (let index = 0; index < count; index++) {
    const [isSender, isReceiver] = [of[sender[index]!] === lane, of[receiver[index]!] === lane];
    if (!isSender && !isReceiver) continue;
    if (isSender) sent++;
    if (isReceiver) received++;
    if (isSender) add(source?.[index]);
    if (isReceiver && !(isSender && source?.[index] === destination?.[index])) add(destination?.[index]);
    total++;
    if (first < 0) first = index;
    last = index;
  }
  const stride = Math.max(1, Math.ceil((total - SAMPLE / 2) / (SAMPLE / 2)));
  const sample: number[] = [];
  for (let index = Math.max(0, first), nth = 0; index <= last; index++) {
    if (of[sender[index]!] !== lane && of[receiver[index]!] !== lane) continue;
    if (nth < SAMPLE / 2 || (nth - SAMPLE / 2) % stride === 0) sample.push(index);
    nth++;
  }
  return { sent, received, total, first, last, addresses, sample };
}

/** Tells why a lane is one, from what was counted and from the messages of the sample. */
export function laneStory(
  built: TraceBuilder,
  lanes: Lanes,
  lane: number,
  traffic: LaneTraffic,
  message: (index: number) => SipMessage,
): LaneStory {
  const { of } = lanes;
  const { columns, endpoints } = built;
  const found = new Findings();
  const own = lanes.lanes[lane]!;
  for (const index of traffic.sample) {
    const one = message(index);
    if (of[columns.sender[index]!] === lane) readSent(found, one, own);
    else readReceived(found, one, own.uri);
  }
  for (const [number, messages] of traffic.addresses)
    found.add('Address in the log', endpoints.names[number] ?? '', messages);
  const { sent, received, total, first, last, sample } = traffic;
  return {
    role: roleOfLane(own),
    traffic:
      first < 0
        ? 'No message goes to it or comes from it.'
        : `It sends ${counted(sent)} and gets ${counted(received)}, the first is ${first + 1}, the last ${last + 1}.`,
    evidence: found.list(),
    sample: sample.length < total ? `Headers of ${sample.length} of its messages were looked at.` : '',
  };
}

function counted(messages: number): string {
  return `${messages.toLocaleString('en')} message${messages === 1 ? '' : 's'}`;
}

/** What a lane is taken for, and what shows that. */
function roleOfLane({ kind, uri, why, isGuess }: Lane): string {
  const told = (text: string) => clipped(plain(text), LONGEST);
  if (isGuess)
    return 'Server between users, which is a guess: it answers a call of one and calls another, and the log tells no addresses.';
  const parsed = uri === null ? null : parseUri(uri, { from: 0, to: uri.length });
  const opaque = uri && parsed ? (paramValue(uri, parsed.params, 'opaque') ?? '') : '';
  const service = told(opaque.split(':').slice(0, 3).join(':'));
  if (kind === 'focus') return `Focus of a conference: its URI has opaque=${service} (MS-SIPRE §2.2.3).`;
  if (kind === 'mcu') return `Conferencing server: its URI has opaque=${service} (MS-SIPRE §2.2.3).`;
  if (kind === 'server') return 'Server: its URI names a host and no user.';
  if (kind === 'address') return 'Address: it speaks for several users, so it is a server between them.';
  if (kind === 'unknown' || !uri || !parsed) return `Unknown: ${told(why)}`;
  const user = parsed.user ? slice(uri, parsed.user) : slice(uri, parsed.host);
  return `User: its URI names one (${told(user)}).`;
}

/** What the headers of a message tell of the one who sends it. */
function readSent(found: Findings, message: SipMessage, { uri, isGuess }: Lane): void {
  const isRequest = message.kind === 'request';
  const [via, ...others] = vias(message);
  const author = addressOf(message, isRequest ? 'from' : 'to');
  const isAuthor = author !== '' && uri !== null && sameParty(author, uri);
  if (isRequest && via) readVia(found, message, via);
  if (isRequest && others.length > 0) found.add('Record-Route', firstUri(message, 'record-route'));
  if (isGuess) found.add('Contact', firstUri(message, 'contact'));
  if (isAuthor) readAuthor(found, message, author);
  else if (isGuess) {
    found.add('Speaks for', author);
    for (const [id, name] of PRODUCTS) found.add(name, headerValue(message, id) ?? '');
  } else {
    found.add('Passes on messages of', author);
    // Only the next hop says this (RFC 3261 §8.2.6.1).
    if (message.kind === 'response' && message.status === 100)
      found.add('Server', headerValue(message, 'server') ?? '');
  }
}

function readAuthor(found: Findings, message: SipMessage, author: string): void {
  found.add('Address of record', author);
  found.add('Contact', firstUri(message, 'contact'));
  for (const [id, name] of PRODUCTS) found.add(name, headerValue(message, id) ?? '');
}

const PRODUCTS = [
  ['user-agent', 'User-Agent'],
  ['server', 'Server'],
] as const;

/** What they tell of the one who gets it. */
function readReceived(found: Findings, message: SipMessage, uri: string | null): void {
  const [via] = vias(message);
  const named = addressOf(message, message.kind === 'request' ? 'to' : 'from');
  if (named !== '' && uri !== null && sameParty(named, uri)) found.add('Address of record', named);
  if (message.kind === 'response' && via) readVia(found, message, via);
  if (message.kind === 'request') found.add('Request-URI', hostOf(slice(message.text, message.at.uri)));
}

function readVia(found: Findings, { text }: SipMessage, { host, port, params }: Via): void {
  const name = slice(text, host);
  found.add('Via sent-by', port ? `${name}:${slice(text, port)}` : name);
  const received = paramValue(text, params, 'received') ?? '';
  const rport = paramValue(text, params, 'rport') ?? '';
  found.add('Via received', [received, rport].filter(Boolean).join(':'));
}

function addressOf(message: SipMessage, id: 'from' | 'to'): string {
  const found = address(message, id);
  return found ? slice(message.text, found.uri) : '';
}

function firstUri(message: SipMessage, id: string): string {
  const [first] = listValues(message, id);
  return first ? slice(message.text, parseNameAddr(message.text, first).uri) : '';
}

function hostOf(uri: string): string {
  const { host, port } = parseUri(uri, { from: 0, to: uri.length });
  return port ? `${slice(uri, host)}:${slice(uri, port)}` : slice(uri, host);
}

/** What was found, by kind, in the order in which it is told. */
class Findings {
  private readonly kinds = new Map<string, Map<string, number>>();

  /** Notes a value; '' is none. */
  add(what: string, value: string, messages = 1): void {
    const text = clipped(plain(value.trim()), LONGEST);
    if (!text) return;
    const known = this.kinds.get(what) ?? new Map<string, number>();
    this.kinds.set(what, known.set(text, (known.get(text) ?? 0) + messages));
  }

  list(): LaneEvidence[] {
    return ORDER.flatMap((what) => {
      const values = [...(this.kinds.get(what) ?? [])].sort(([, one], [, other]) => other - one);
      if (values.length === 0) return [];
      const shown = values.slice(0, MOST_VALUES).map(([text, messages]) => ({ text, messages }));
      return [{ what, values: shown, more: values.length - shown.length }];
    });
  }
}

const ORDER = [
  'Address of record',
  'Passes on messages of',
  'Speaks for',
  'Address in the log',
  'Via sent-by',
  'Via received',
  'Contact',
  'Record-Route',
  'Request-URI',
  'User-Agent',
  'Server',
] as const;
