import { PairTable } from '../base/table.ts';
import { latin1 } from '../sip/frame.ts';
import { hasWide, hostEnd } from './headValues.ts';

/** A trace with more hosts tells nothing of those beyond: a number has 16 bits. */
const MOST = 0xffff;
const LONGEST = 200;
const DEFAULT_PORT = ':5060';
const LOOPBACK = /^(?:127\.|localhost$|\[::1\]$)/;
/** What a Via or a Contact names that is to tell nothing (RFC 3323 §4.1). */
const NOBODY = 'anonymous.invalid';

/**
 * From which host each Call-ID was begun, and which host answered there first, as Via and Contact tell it where the log tells no
 * addresses. Two numbers a Call-ID: messages need no column for it.
 */
export class CallHosts {
  private readonly names: string[] = [''];
  private readonly numbers = new Map<string, number>();
  private readonly byHash = new PairTable();
  private hashes = 0;
  /** By Call-ID: the From tag of who began it, and both hosts, 16 bits each. */
  private tags = new Uint32Array(256);
  private hosts = new Uint32Array(256);
  /** Up to which number Call-IDs were seen. */
  count = 0;
  /** What may have to be taken back: how many were seen before, and which of them were answered since. */
  private countBefore = 0;
  private answered: number[] = [];

  /** How many hosts there are, none included. */
  get size(): number {
    return this.names.length;
  }

  /** The number that was learned for the hash of a line or of a host with its port; −1 where there is none yet. */
  known(hash: number): number {
    return hash === 0 ? 0 : this.byHash.get(hash, 0) - 1;
  }

  /** Learns the number of a host that stands there, perhaps with its port. On a machine of one's own only ports tell hosts apart. */
  learn(hash: number, bytes: Uint8Array, from: number, limit: number): number {
    const number = this.number(bytes, from, limit);
    if (this.hashes++ < MOST) this.byHash.set(hash, 0, number + 1);
    return number;
  }

  private number(bytes: Uint8Array, from: number, limit: number): number {
    const end = hostEnd(bytes, from, limit);
    if (from >= end || end - from > LONGEST || hasWide(bytes, from, end)) return 0;
    const host = latin1(bytes, from, end).toLowerCase();
    const port = end < limit ? latin1(bytes, end, limit) : DEFAULT_PORT;
    const name = LOOPBACK.test(host) ? host + port : host;
    const known = name === NOBODY ? 0 : this.numbers.get(name);
    if (known !== undefined) return known;
    if (this.names.length > MOST) return 0;
    this.numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  /** The name of a host. */
  name(host: number): string {
    return this.names[host]!;
  }

  /** Notes who began a Call-ID, with its first message: the From tag, and the host; 0 is none. */
  begin(call: number, tag: number, host: number): void {
    if (call >= this.hosts.length) this.grow(call);
    this.count = call;
    this.tags[call] = tag;
    this.hosts[call] = host;
  }

  /** Whether it is worth while to ask who answers the side that bears the tag. */
  isOpen(call: number, tag: number): boolean {
    return call !== 0 && call <= this.count && this.hosts[call]! <= MOST && this.tags[call] === tag >>> 0;
  }

  /** Notes the host of the one who answers. */
  answer(call: number, host: number): void {
    if (host === 0) return;
    if (call <= this.countBefore) this.answered.push(call);
    this.hosts[call] = (this.hosts[call]! | (host << 16)) >>> 0;
  }

  /** The From tag of the side that began a Call-ID. */
  tag(call: number): number {
    return call > this.count ? 0 : this.tags[call]!;
  }

  /** The host that began a Call-ID; 0 where it is not known. */
  beginner(call: number): number {
    return call > this.count ? 0 : this.hosts[call]! & MOST;
  }

  /** The host that answers a Call-ID; 0 where it is not known. */
  answerer(call: number): number {
    return call > this.count ? 0 : this.hosts[call]! >>> 16;
  }

  /** What is noted from here on may be taken back. */
  remember(): void {
    this.countBefore = this.count;
    this.answered = [];
  }

  /** Takes back what was noted since: it will be read again. */
  goBack(): void {
    for (const call of this.answered) this.hosts[call] = this.hosts[call]! & MOST;
    this.count = this.countBefore;
    this.answered = [];
  }

  private grow(call: number): void {
    const size = Math.max(call + 1, Math.ceil(this.hosts.length * 1.5));
    const [tags, hosts] = [new Uint32Array(size), new Uint32Array(size)];
    tags.set(this.tags);
    hosts.set(this.hosts);
    this.tags = tags;
    this.hosts = hosts;
  }
}
