import { PairTable } from '../base/table.ts';
import { type Block, block, latin1 } from '../sip/frame.ts';
import { CallHosts } from './callHosts.ts';
import { Columns } from './columns.ts';
import { Endpoints } from './endpoints.ts';
import { hashed, hashOf } from './hash.ts';
import { LineReader } from './headLine.ts';
import { MethodList } from './methods.ts';
import { type NamingHeader, Parties } from './parties.ts';
import type { Stretch } from './stretch.ts';

/** Two calls by which a server between their users is known: one that comes in there, and one that goes out. */
export interface Relay {
  /** One-based numbers of their INVITEs. */
  readonly comesIn: number;
  readonly goesOut: number;
}

/** Gathers what a reader finds into columns. */
export class TraceBuilder {
  readonly columns: Columns;
  readonly methods: MethodList;
  readonly parties: Parties;
  readonly endpoints: Endpoints;
  /** Who began each Call-ID, and who answers there. */
  readonly hosts: CallHosts;
  /** Parties that are servers between users, as the flow guesses by the calls that go through them. */
  readonly between: Map<number, Relay> = new Map();
  /** Records of a log that hold no message to show: why, how many, and where the first of them begins. */
  readonly skipped = new Map<string, { count: number; readonly first: number }>();
  /** How many Call-IDs there are; they are numbered from 1 on. */
  calls: number;
  /** What the log calls places, by the names that it gave them last; and the number of the format that did, or 0. */
  places: { readonly names: Readonly<Record<string, string>>; readonly format: number } = { names: {}, format: 0 };
  /** Codes of a terminal have been seen between messages. */
  isColoured = false;
  /** One-based number of the message that is being read. */
  message = 1;
  private readonly callNumbers: PairTable;
  private readonly methodNumbers: PairTable;
  /** Reads header lines, and remembers the last of them. */
  readonly lines: LineReader;

  /**
   * @param known a builder whose numbers for methods, parties, addresses and Call-IDs go on to hold
   * @param columns what it gathered, if that is to be gone on with
   */
  constructor(known?: TraceBuilder, columns = new Columns()) {
    this.columns = columns;
    this.methods = known?.methods ?? new MethodList();
    this.parties = known?.parties ?? new Parties();
    this.endpoints = known?.endpoints ?? new Endpoints();
    this.hosts = known?.hosts ?? new CallHosts();
    this.calls = known?.calls ?? 0;
    this.callNumbers = known?.callNumbers ?? new PairTable();
    this.methodNumbers = known?.methodNumbers ?? new PairTable();
    this.lines = new LineReader(this);
  }

  /** A new message: where it starts in the source, where its body begins and how long it is, from there on. */
  add(start: number, bodyAt: number, length: number, time: number | null): number {
    const index = this.columns.add();
    this.columns.start[index] = start;
    this.columns.bodyAt[index] = bodyAt;
    this.columns.length[index] = length;
    if (time !== null) this.columns.setTime(index, time);
    return index;
  }

  /** The number of an address that the log tells, or of what it calls it; a port may stand behind that. */
  place(name: string | undefined): number {
    const { names, format } = this.places;
    if (name === undefined || format === 0) return this.endpoints.number(name);
    if (Object.hasOwn(names, name)) return this.endpoints.number(names[name]);
    const host = name.replace(/:\d+$/, '');
    return this.endpoints.number(Object.hasOwn(names, host) ? names[host]! + name.slice(host.length) : name);
  }

  /** Counts a record that is passed over, or several. */
  skip(why: string, at: number, count = 1): void {
    const known = this.skipped.get(why);
    if (known) known.count += count;
    else this.skipped.set(why, { count, first: at });
  }

  /** The number of a Call-ID. */
  call(memory: Block, from: number, to: number): number {
    if (from >= to) return 0;
    hashOf(memory, from, to);
    const first = hashed[0]!;
    const second = hashed[1]!;
    const known = this.callNumbers.get(first, second);
    if (known) return known;
    this.callNumbers.set(first, second, ++this.calls);
    return this.calls;
  }

  /** The number of a Call-ID that was met; 0 where it was not. */
  callNamed(callId: string): number {
    const memory = block(callId.length);
    for (let at = 0; at < callId.length; at++) memory.bytes[at] = callId.charCodeAt(at);
    hashOf(memory, 0, callId.length);
    return this.callNumbers.get(hashed[0]!, hashed[1]!);
  }

  /** The number of the party whose URI stands there. */
  party(stretch: Stretch, from: number, to: number, header: NamingHeader): number {
    return this.parties.of(stretch, from, to, this.message, header);
  }

  /** The same where the URI's hashes stand in `hashed`. */
  hashedParty(stretch: Stretch, from: number, to: number, header: NamingHeader): number {
    return from >= to ? 0 : this.parties.ofHashed(stretch, from, to, this.message, header);
  }

  /** The number of a method. */
  method(memory: Block, from: number, to: number): number {
    if (from >= to) return 0;
    hashOf(memory, from, to);
    const first = hashed[0]!;
    const second = hashed[1]!;
    const known = this.methodNumbers.get(first, second);
    if (known) return known;
    const number = this.methods.number(latin1(memory.bytes, from, Math.min(to, from + 60)));
    this.methodNumbers.set(first, second, number);
    return number;
  }
}
