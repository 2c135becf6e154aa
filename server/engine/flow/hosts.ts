import { PairTable } from '../base/table.ts';
import { parseUri } from '../sip/values.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import { Flag } from '../trace/columns.ts';
import { isOutline } from '../trace/formatOf.ts';
import { ADDRESS } from '../trace/parties.ts';
import { stretchOf } from '../trace/stretch.ts';
import { roleOf } from './participants.ts';

/** How many parties of one address are looked at. With so many it is a server's in any case. */
const MOST = 8;
/** So many users at one address are not one person's. */
const MANY = 4;
/** Whether a party is a part of a server, as far as it was asked. */
const [UNASKED, OTHER, PART] = [0, 1, 2];
/** What the side that writes the log is called where it does not tell its address. */
const OWN_SIDE = 'this host';

/**
 * Settles who stands at an address where the log tells addresses and several parties send and receive at one of them. From and To
 * name users at both ends, of which a proxy, a PBX or a session border controller between them is neither: there a request comes in for one
 * user and goes out in the name of another. The log's own side counts as an address where the log does not tell it. A focus and
 * its MCUs are parts of one server, and stay apart.
 */
export function settleHosts(built: TraceBuilder): void {
  const { source, destination, sender, receiver, flags, count } = built.columns;
  if (!source || !destination) return;
  const own = built.endpoints.names.length;
  const part = new Uint8Array(built.parties.count);
  const isPart = (party: number) => isPartOfServer(built, party, part);
  const places: Places = {
    own,
    from: (index) => source[index] || ((flags[index]! & Flag.sent) !== 0 ? own : 0),
    to: (index) => destination[index] || ((flags[index]! & Flag.received) !== 0 ? own : 0),
    hosts: [...built.endpoints.names.map(hostOf), ''],
  };
  settleOutlines(built, places);
  const owners = ownersOf(built, places, readPlaces(built, places, isPart));
  if (!owners) return;
  for (let index = 0; index < count; index++) {
    const [from, to] = [owners[places.from(index)]!, owners[places.to(index)]!];
    if (from !== 0 && !isPart(sender[index]!)) sender[index] = from;
    if (to !== 0 && !isPart(receiver[index]!)) receiver[index] = to;
  }
}

/** Where nothing but a start line is told, it names nobody: the addresses stand for themselves. */
function settleOutlines(built: TraceBuilder, places: Places): void {
  const { sender, receiver, flags, count } = built.columns;
  const parties = new Map<number, number>();
  const at = (place: number, index: number) => {
    if (!parties.has(place)) parties.set(place, partyAt(built, place, index + 1));
    return parties.get(place)!;
  };
  for (let index = 0; index < count; index++) {
    if (!isOutline(flags[index]!)) continue;
    const [from, to] = [places.from(index), places.to(index)];
    if (from === 0 || to === 0) continue;
    sender[index] = at(from, index);
    receiver[index] = at(to, index);
  }
}

/** Where messages come from and go to: numbers of addresses, one more for the log's own side, 0 where nothing is known. */
interface Places {
  readonly own: number;
  from(index: number): number;
  to(index: number): number;
  /** The host of each. */
  readonly hosts: readonly string[];
}

/** Who is named at a place, in the order of first appearance, and the one-based number of the first message there. */
interface Named {
  readonly parties: number[];
  readonly first: number;
}

function readPlaces(built: TraceBuilder, places: Places, isPart: (party: number) => boolean): (Named | undefined)[] {
  const { sender, receiver, count } = built.columns;
  const found: (Named | undefined)[] = new Array(places.own + 1);
  const pairs = new PairTable();
  const note = (place: number, party: number, index: number) => {
    if (place === 0 || party === 0 || pairs.get(place, party) !== 0) return;
    pairs.set(place, party, 1);
    if (isPart(party)) return;
    const known = found[place];
    if (!known) found[place] = { parties: [party], first: index + 1 };
    else if (known.parties.length < MOST) known.parties.push(party);
  };
  for (let index = 0; index < count; index++) {
    note(places.from(index), sender[index]!, index);
    note(places.to(index), receiver[index]!, index);
  }
  return found;
}

/** The one who stands at each place where others are named; 0 where it is those that the messages name. Null where it always is. */
function ownersOf(built: TraceBuilder, places: Places, found: readonly (Named | undefined)[]): Uint32Array | null {
  if (!found.some((named) => named && named.parties.length > 1)) return null;
  const owners = new Uint32Array(places.own + 1);
  const elsewhere = seenElsewhere(places, found);
  for (const [place, named] of found.entries())
    if (named && named.parties.length > 1) owners[place] = ownerOf(built, named, place, elsewhere) ?? 0;
  ownPorts(places, found, owners, elsewhere);
  return owners;
}

/** Parties that are named at more than one host. */
function seenElsewhere({ hosts }: Places, found: readonly (Named | undefined)[]): ReadonlySet<number> {
  const host = new Map<number, string>();
  const several = new Set<number>();
  for (const [place, named] of found.entries())
    for (const party of named?.parties ?? []) {
      const known = host.get(party);
      if (known === undefined) host.set(party, hosts[place]!);
      else if (known !== hosts[place]) several.add(party);
    }
  return several;
}

function ownerOf(
  built: TraceBuilder,
  { parties, first }: Named,
  place: number,
  elsewhere: ReadonlySet<number>,
): number | undefined {
  const isOwn = place === built.endpoints.names.length;
  const isBetween = parties.some((party) => elsewhere.has(party));
  if (isOwn && !isBetween) return undefined;
  const passing = parties.find((party) => ['Via', 'Route'].includes(built.parties.seen(party).header));
  const server = passing ?? parties.find((party) => roleOf(built.parties.uri(party), undefined).kind === 'server');
  if (server !== undefined) return server;
  const users = new Set(parties.map((party) => userOf(built.parties.uri(party))));
  if (users.size === 1 && !isOwn) return parties[0]!; // one user under several names
  return isBetween || users.size >= MANY ? partyAt(built, place, first) : undefined;
}

/** A server opens connections from ports of its own, in the name of users who are also seen at other hosts. */
function ownPorts(
  { hosts }: Places,
  found: readonly (Named | undefined)[],
  owners: Uint32Array,
  elsewhere: ReadonlySet<number>,
): void {
  const ofHost = new Map<string, number>();
  for (const [place, owner] of owners.entries()) {
    if (owner === 0) continue;
    const known = ofHost.get(hosts[place]!);
    ofHost.set(hosts[place]!, known === undefined || known === owner ? owner : 0);
  }
  for (const [place, named] of found.entries()) {
    if (!named || owners[place] !== 0) continue;
    if (named.parties.every((party) => elsewhere.has(party))) owners[place] = ofHost.get(hosts[place]!) ?? 0;
  }
}

/** The party that an address, or the log's own side, stands for. */
function partyAt(built: TraceBuilder, place: number, message: number): number {
  const uri = stretchOf(`${ADDRESS}[${built.endpoints.names[place] ?? OWN_SIDE}]`);
  return built.parties.of(uri, 0, uri.end, message, 'address');
}

/** Whether a party is a part of a conferencing server. */
function isPartOfServer({ parties }: TraceBuilder, party: number, known: Uint8Array): boolean {
  if (known[party] === UNASKED) {
    const is =
      parties.mentions(party, 'app:conf:') && ['focus', 'mcu'].includes(roleOf(parties.uri(party), undefined).kind);
    known[party] = is ? PART : OTHER;
  }
  return known[party] === PART;
}

function userOf(uri: string): string {
  const { user } = parseUri(uri, { from: 0, to: uri.length });
  return user ? uri.slice(user.from, user.to) : uri;
}

/** The host of `192.0.2.1:5060` or `[2001:db8::1]:5060`. */
function hostOf(address: string): string {
  return address.replace(/:\d+$/, '');
}
