import { PairTable } from '../base/table.ts';
import { latin1 } from '../sip/frame.ts';
import { hashed, hashOf, mixed } from './hash.ts';
import { hasWide, isSpelled } from './headValues.ts';
import { type Stretch, utf8 } from './stretch.ts';

/** Where a party was first named. */
const HEADERS = ['', 'From', 'To', 'Request-URI', 'Via', 'Route', 'address'] as const;
export type NamingHeader = Exclude<(typeof HEADERS)[number], ''>;

/** A party that only its address tells has this before the address in brackets, in place of a URI. */
export const ADDRESS = 'address:';

/**
 * Everyone who sends or receives in a trace, told apart by scheme, user, host and opaque parameter (RFC 3261 §19.1.4, MS-SIPRE §2.2.3);
 * number 0 is nobody. A long trace names many: each costs its URI's bytes and three numbers, strings are made when they are asked for.
 */
export class Parties {
  /** Bytes of the first URI of each party, one after another; texts of a document keep their place in it. */
  private pool = new Uint8Array(4096);
  private readonly ends: number[] = [0];
  private readonly texts = new Map<number, string>([[0, '']]);
  private readonly names = new Map<number, string>();
  private readonly hasName: boolean[] = [false];
  private readonly seenIn: number[] = [0];
  private readonly exact = new PairTable();
  private readonly byIdentity = new PairTable();

  /** How many there are, nobody included. */
  get count(): number {
    return this.ends.length;
  }

  /** The party whose URI stands there; made on first sight by message number `message` (one-based). */
  of(stretch: Stretch, from: number, to: number, message: number, header: NamingHeader): number {
    if (from >= to) return 0;
    hashOf(stretch, from, to);
    return this.ofHashed(stretch, from, to, message, header);
  }

  /** The party whose URI stands there, if one was seen; 0 where none was. */
  known(stretch: Stretch, from: number, to: number): number {
    hashIdentity(stretch, from, to);
    return this.byIdentity.get(hashed[0]!, hashed[1]!);
  }

  /** As `of`, where the URI's hashes stand in `hashed`. */
  ofHashed(stretch: Stretch, from: number, to: number, message: number, header: NamingHeader): number {
    const first = hashed[0]!;
    const second = hashed[1]!;
    const wide = stretch.units && hasWide(stretch.bytes, from, to);
    const known = wide ? 0 : this.exact.get(first, second);
    if (known) return known;
    const party = this.resolve(stretch, from, to, message, header, wide);
    if (!wide) this.exact.set(first, second, party);
    return party;
  }

  private resolve(
    stretch: Stretch,
    from: number,
    to: number,
    message: number,
    header: NamingHeader,
    wide: boolean,
  ): number {
    hashIdentity(stretch, from, to);
    if (wide) mixText(stretch.decode(from, to));
    const first = hashed[0]!;
    const second = hashed[1]!;
    const known = this.byIdentity.get(first, second);
    if (known) return known;
    const party = this.ends.length;
    if (stretch.units) this.texts.set(party, stretch.decode(from, Math.min(to, from + 1000)));
    this.keep(stretch.bytes, from, stretch.units ? from : Math.min(to, from + 1000));
    this.seenIn.push(message * 8 + HEADERS.indexOf(header));
    this.hasName.push(false);
    this.byIdentity.set(first, second, party);
    return party;
  }

  private keep(bytes: Uint8Array, from: number, to: number): void {
    const at = this.ends[this.ends.length - 1]!;
    const end = at + to - from;
    if (end > this.pool.length) {
      const larger = new Uint8Array(end * 2);
      larger.set(this.pool);
      this.pool = larger;
    }
    const { pool } = this;
    for (let i = from; i < to; i++) pool[at + i - from] = bytes[i]!;
    this.ends.push(end);
  }

  /** The first URI by which the party was named. */
  uri(party: number): string {
    return this.texts.get(party) ?? utf8(this.pool, this.ends[party - 1]!, this.ends[party]!);
  }

  /** Whether a word in small letters stands in that URI, in any letter case. It is not made a text for that. */
  mentions(party: number, word: string): boolean {
    const text = this.texts.get(party);
    if (text !== undefined) return text.toLowerCase().includes(word);
    const last = (this.ends[party] ?? 0) - word.length;
    for (let at = this.ends[party - 1] ?? 0; at <= last; at++) if (isSpelled(this.pool, at, word)) return true;
    return false;
  }

  /** The first display name that stood before the party's URI. */
  name(party: number): string | undefined {
    return this.names.get(party);
  }

  /** Notes a display name, unless one is known or there are very many. */
  named(party: number, stretch: Stretch, from: number, to: number): void {
    if (this.hasName[party] === true || this.names.size > 10_000) return;
    const name = stretch
      .decode(from, Math.min(to, from + 200))
      .trim()
      .replace(/^"|"$/g, '')
      .trim();
    if (!name) return;
    this.names.set(party, ` ${name}`.slice(1));
    this.hasName[party] = true;
  }

  /** One-based number of the message that named the party first, and in which header. */
  seen(party: number): { message: number; header: string } {
    const seen = this.seenIn[party] ?? 0;
    return { message: Math.floor(seen / 8), header: HEADERS[seen % 8] ?? '' };
  }
}

/** Hashes what tells parties apart: scheme (sips as sip), user, host in lower case, opaque parameter in lower case. */
function hashIdentity(stretch: Stretch, from: number, to: number): void {
  const { bytes } = stretch;
  const colon = indexOf(bytes, 58, from, to);
  const secure = colon - from === 4 && (bytes[from + 3]! | 32) === 115;
  const isSip = secure || (colon - from === 3 && (bytes[from]! | 32) === 115);
  const start = colon < to ? colon + 1 : from;
  const at = isSip ? indexOf(bytes, 64, start, to) : to;
  const host = at < to ? at + 1 : start;
  let hostTo = bytes[host] === 91 ? indexOf(bytes, 93, host, to) : host;
  while (hostTo < to && bytes[hostTo] !== 58 && bytes[hostTo] !== 59 && bytes[hostTo] !== 63) hostTo++;
  hashOf(stretch, start, at < to ? Math.min(at, indexOf(bytes, 58, start, at)) : start);
  mixed(isSip ? 1 : colon < to ? bytes[from]! | 32 : 0);
  for (let i = host; i < hostTo; i++) mixed(lower(bytes[i]!));
  let opaque = hostTo;
  while (opaque < to && !(bytes[opaque] === 59 && isOpaque(bytes, opaque + 1))) opaque++;
  mixOpaque(bytes, opaque + 8, to);
}

function mixOpaque(bytes: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to && bytes[i] !== 59; i++) mixed(lower(bytes[i]!));
}

function mixText(text: string): void {
  for (let i = 0; i < text.length; i++) mixed(text.charCodeAt(i));
}

function isOpaque(bytes: Uint8Array, at: number): boolean {
  return (bytes[at]! | 32) === 111 && latin1(bytes, at, at + 7).toLowerCase() === 'opaque=';
}

function lower(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte | 32 : byte;
}

function indexOf(bytes: Uint8Array, byte: number, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== byte) at++;
  return at;
}
