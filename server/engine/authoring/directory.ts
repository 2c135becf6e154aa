import { clipped, plain } from '../base/quote.ts';
import type { Span } from '../base/text.ts';
import { xmlBodies } from '../flow/bodies.ts';
import { shortUri } from '../flow/entity.ts';
import { headerValue } from '../sip/message.ts';
import { Flag } from '../trace/columns.ts';
import { type Identifier, isPartyUri, uriIdentifier } from './identifiers.ts';
import { messageIdentifiers } from './messageIdentifiers.ts';
import { messagePlace, type Source } from './source.ts';
import { xmlIdentifiers } from './xmlIdentifiers.ts';

/** A user, a conference or a call of a source. */
export interface Entry {
  readonly kind: 'user' | 'conference' | 'call';
  /** `Carol (carol@contoso.com)`, `conference 7ECB… of alice@contoso.com`, a Call-ID. */
  readonly name: string;
  readonly detail: string;
  /** The place in the source where it is named first. It may have to be looked for. */
  locate(): Span;
}

/** The bodies of a longer trace are not read for those that only they name. */
const MANY_MESSAGES = 5000;
/** More entries than this of one kind nobody chooses from. */
const MOST = 50_000;
const LONGEST = 150;

/** The users, conferences and calls of a source, each once. A step of the generator is a message or a call. */
export function* directoryOf(source: Source): Generator<undefined, Entry[]> {
  const entries = new Map<string, Entry>();
  if (source.xml) for (const one of xmlIdentifiers(source.xml)) add(entries, one, '', () => one);
  addParties(source, entries);
  const { trace } = source.reading;
  for (let index = 0; index < trace.count && trace.count <= MANY_MESSAGES; index++) {
    if ((trace.columns.flags[index]! & Flag.xml) !== 0) addBodies(source, index, entries);
    yield;
  }
  const calls: Entry[] = [];
  const { starts } = source.reading.calls;
  for (let call = 1; call < starts.length - 1 && calls.length < MOST; call++) {
    if (starts[call] === starts[call + 1]) continue; // named only by messages that the log withholds
    calls.push(callEntry(source, call));
    yield;
  }
  return [...entries.values(), ...calls];
}

/** Adds a user or a conference that is not there yet. */
function add(entries: Map<string, Entry>, one: Identifier, display: string, locate: () => Span): void {
  const { kind, key, value } = one;
  const known = `${kind} ${key}`;
  if (!isPartyUri(value) || entries.has(known) || entries.size >= MOST) return;
  const short = shown(shortUri(value));
  if (kind === 'conference') {
    entries.set(known, { kind, name: `conference ${shown(idOf(value))} of ${short}`, detail: '', locate });
  } else if (kind === 'party' && isUser(value)) {
    const name = display && display !== short ? `${shown(display)} (${short})` : short;
    entries.set(known, { kind: 'user', name, detail: '', locate });
  }
}

function idOf(uri: string): string {
  return /:id:([^;\s]+)/i.exec(uri)?.[1] ?? '';
}

/** Somebody with a name at a host, or a telephone number; focus factories and servers are none. */
function isUser(uri: string): boolean {
  return (uri.includes('@') || /^tel:/i.test(uri)) && !/;opaque=app:/i.test(uri);
}

/** Those that start lines and headers name first: the index knows them without a look at the messages. */
function addParties(source: Source, entries: Map<string, Entry>): void {
  const { built, columns, count } = source.reading.trace;
  const { parties } = built;
  for (let party = 1; party < parties.count; party++) {
    const uri = parties.uri(party);
    const one = uriIdentifier({ from: 0, to: 0 }, uri);
    const first = () => columns.numberOf(parties.seen(party).message) - 1;
    add(entries, one, parties.name(party) ?? '', () => {
      const index = first();
      return index >= 0 && index < count ? placeIn(source, index, one) : { from: 0, to: 0 };
    });
  }
}

function placeIn(source: Source, index: number, wanted: Identifier): Span {
  const { message, toSource } = messagePlace(source, index);
  const found = messageIdentifiers(message).find(({ kind, key }) => kind === wanted.kind && key === wanted.key);
  return toSource(found ?? message.startLine);
}

function addBodies(source: Source, index: number, entries: Map<string, Entry>): void {
  const { message, toSource } = messagePlace(source, index);
  for (const { document } of xmlBodies(message))
    for (const one of xmlIdentifiers(document)) add(entries, one, '', () => toSource(one));
}

function callEntry(source: Source, call: number): Entry {
  const { trace, calls } = source.reading;
  const first = calls.order[calls.starts[call]!]!;
  const count = calls.starts[call + 1]! - calls.starts[call]!;
  const { message, toSource } = messagePlace(source, first);
  return {
    kind: 'call',
    name: shown(headerValue(message, 'call-id') ?? '') || 'call without Call-ID',
    detail: `${trace.method(first)}, ${count} ${count === 1 ? 'message' : 'messages'}`,
    locate: () => toSource(message.startLine),
  };
}

function shown(text: string): string {
  return clipped(plain(text.slice(0, 4 * LONGEST)), LONGEST);
}
