import type { Block } from '../sip/frame.ts';
import type { Facts } from './sink.ts';

/** What comes again within so many milliseconds was captured twice; SIP repeats nothing so soon (RFC 3261 §17.1.1.1: 500 ms). */
const SOON = 5;
const REMEMBERED = 32;
const NOTHING = new Uint8Array(0);

interface Sent {
  bytes: Uint8Array;
  from: number;
  to: number;
  facts: Facts;
  number: number;
  /** Memory of its own, for what must outlive the block. */
  own: Uint8Array;
}

/** Knows the messages that a capture shows twice: a packet that is seen on its way in and on its way out (`tcpdump -i any`). */
export class Copies {
  private readonly last: Sent[] = [];
  private next = 0;

  /** The number of the message that this one repeats, or -1; then it is remembered by its own number. */
  of({ bytes }: Block, from: number, to: number, facts: Facts, number: number): number {
    for (let back = 1; back <= this.last.length; back++) {
      const sent = this.last[(this.next - back + REMEMBERED) % REMEMBERED]!;
      if (!(Math.abs(facts.time - sent.facts.time) < SOON)) break;
      if (isSameWay(sent.facts, facts) && sent.to - sent.from === to - from && isEqual(sent, bytes, from))
        return sent.number;
    }
    const sent = this.last[this.next];
    if (sent) {
      sent.bytes = bytes;
      sent.from = from;
      sent.to = to;
      sent.facts = facts;
      sent.number = number;
    } else this.last[this.next] = { bytes, from, to, facts, number, own: NOTHING };
    this.next = (this.next + 1) % REMEMBERED;
    return -1;
  }

  /** Takes what is remembered out of memory that is used again. */
  release(): void {
    for (const sent of this.last) {
      if (sent.bytes === sent.own) continue;
      const length = sent.to - sent.from;
      if (sent.own.length < length) sent.own = new Uint8Array(2 * length);
      sent.own.set(sent.bytes.subarray(sent.from, sent.to));
      sent.bytes = sent.own;
      sent.from = 0;
      sent.to = length;
    }
  }
}

function isSameWay(one: Facts, other: Facts): boolean {
  return one.source === other.source && one.destination === other.destination && one.transport === other.transport;
}

function isEqual(sent: Sent, bytes: Uint8Array, from: number): boolean {
  for (let at = sent.from, other = from; at < sent.to; at++, other++) if (sent.bytes[at] !== bytes[other]) return false;
  return true;
}
