import { clipped, plain } from '../base/quote.ts';
import { roleOf } from '../flow/participants.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import type { Lane } from './ladder.ts';

/** The lanes of a trace, and the lane of each party (its number in `Parties`; -1 for one that has none). */
export interface Lanes {
  readonly lanes: readonly Lane[];
  readonly of: Int32Array;
}

/** More lanes than this are no ladder: the parties beyond share one more. */
const MOST = 500;

/** A server may talk from very many ports. */
const MOST_ADDRESSES = 20;
const LONGEST_LABEL = 200;

/**
 * One lane for each party that sends or gets a message, in the order of first appearance. In a conference the one who begins stands
 * left, the focus and the MCUs beside, the other participants behind them by name.
 */
export function readLanes(built: TraceBuilder): Lanes {
  const everyone = partiesInOrder(built);
  const parties = byConference(built, everyone.slice(0, MOST));
  const roles = parties.map((party) => roleOf(built.parties.uri(party), built.parties.name(party)));
  const labels = distinct(
    roles.map((role) => role.label),
    parties.map((party) => built.parties.uri(party)),
  );
  const addresses = addressesOf(built);
  const lanes = parties.map((party, at): Lane => {
    const uri = built.parties.uri(party);
    return {
      id: `p${at + 1}`,
      label: labels[at]!,
      kind: roles[at]!.kind,
      uri: roles[at]!.kind === 'address' ? null : uri || null,
      addresses: addresses.get(party) ?? [],
      why: whyOf(built, party, roles[at]!.kind),
      ...(built.between.has(party) ? { isGuess: true } : {}),
    };
  });
  const of = new Int32Array(built.parties.count).fill(-1);
  for (const [lane, party] of parties.entries()) of[party] = lane;
  for (const party of everyone.slice(MOST)) of[party] = MOST;
  return { lanes: everyone.length > MOST ? [...lanes, others(everyone.length - MOST)] : lanes, of };
}

/** The addresses from which and at which the log saw each party, in the order of first appearance. */
function addressesOf({ columns, endpoints }: TraceBuilder): Map<number, string[]> {
  const found = new Map<number, Set<number>>();
  const { source, destination } = columns;
  const add = (party: number, address: number) => {
    const known = found.get(party) ?? new Set();
    if (address !== 0 && known.size < MOST_ADDRESSES) found.set(party, known.add(address));
  };
  for (let index = 0; source && destination && index < columns.count; index++) {
    add(columns.sender[index]!, source[index]!);
    add(columns.receiver[index]!, destination[index]!);
  }
  return new Map([...found].map(([party, numbers]) => [party, [...numbers].map((number) => endpoints.names[number]!)]));
}

function others(count: number): Lane {
  const why = `The trace names more than ${MOST} parties: ${count} of them share this lane.`;
  return { id: `p${MOST + 1}`, label: `${count} others`, kind: 'unknown', uri: null, addresses: [], why };
}

/** Everyone who sends or gets a message, or one of the wanted (1 for each by zero-based number), in the order of first appearance. */
export function partiesInOrder({ columns, parties }: TraceBuilder, wanted?: Uint8Array): number[] {
  const seen = new Uint8Array(parties.count);
  const order: number[] = [];
  const add = (party: number) => {
    if (seen[party] === 1) return;
    seen[party] = 1;
    order.push(party);
  };
  for (let index = 0; index < columns.count; index++) {
    if (wanted && !wanted[index]) continue;
    add(columns.sender[index]!);
    add(columns.receiver[index]!);
  }
  return order;
}

/** `user2` before `user10`. */
const inOrder = new Intl.Collator('en', { numeric: true });

function byConference(built: TraceBuilder, order: number[]): number[] {
  const role = new Map(order.map((party) => [party, roleOf(built.parties.uri(party), built.parties.name(party))]));
  const isServer = (party: number) => ['focus', 'mcu'].includes(role.get(party)!.kind);
  if (!order.some(isServer)) return order;
  const [first, ...others] = order.filter((party) => !isServer(party));
  const servers = order
    .filter(isServer)
    .sort((a, b) => Number(role.get(a)!.kind === 'mcu') - Number(role.get(b)!.kind === 'mcu'));
  others.sort((a, b) => inOrder.compare(role.get(a)!.label, role.get(b)!.label));
  return first === undefined ? servers : [first, ...servers, ...others];
}

/** The labels, those that occur twice told apart by what differs in their URIs. */
function distinct(labels: readonly string[], uris: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return labels.map((label, at) => shown(counts.get(label) === 1 ? label : `${label} (${mark(uris[at]!, label)})`));
}

function shown(label: string): string {
  return clipped(plain(label).trim(), LONGEST_LABEL) || 'Unknown';
}

/** What tells a URI from its like: the end of a conference id, or user and host, without the user that the label names. */
function mark(uri: string, label: string): string {
  const conference = /app:conf:[\w-]+:id:([\w-]+)/i.exec(uri)?.[1];
  if (conference) return conference.slice(0, 8);
  const address = /^(?:[a-z]+:)?([^;?>]*)/i.exec(uri)?.[1] ?? uri;
  return address.startsWith(`${label}@`) ? address.slice(label.length + 1) : address;
}

function whyOf({ between, parties, columns }: TraceBuilder, party: number, kind: Lane['kind']): string {
  if (party === 0) return 'No header names this side, and its request is not in the trace.';
  const relay = between.get(party);
  if (relay)
    return `Guessed: as Via and Contact tell, it takes the call of message ${relay.comesIn} and makes that of message ${relay.goesOut} of it`;
  const { message, header } = parties.seen(party);
  if (header === 'address')
    return `Address in message ${columns.numberOf(message)}: several users are named there, so a server stands between them`;
  const place = `${header} of message ${columns.numberOf(message)}`;
  const opaque = /opaque=([^;>]*)/i.exec(parties.uri(party))?.[1];
  if ((kind === 'focus' || kind === 'mcu') && opaque)
    return `${place}: opaque=${clipped(plain(opaque.split(':').slice(0, 3).join(':')), LONGEST_LABEL)}`;
  return header === 'Via' ? `${place}: it passed the request on` : place;
}
