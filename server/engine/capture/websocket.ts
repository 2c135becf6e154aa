import { type Block, block, latin1 } from '../sip/frame.ts';
import { spells, u16, u32 } from './bytes.ts';
import type { Facts } from './sink.ts';
import { messageAt } from './sip.ts';

interface Into {
  webSocket(memory: Block, from: number, to: number, facts: Facts): void;
  skip(why: string, place: number): void;
}

const DEFLATED = 'messages on WebSocket that are compressed (permessage-deflate)';
const LARGEST = 64 * 1024 * 1024;
const LONGEST_HEAD = 16 * 1024;
const WAIT = -1;

/** A frame (RFC 6455 §5.2). */
interface Frame {
  readonly first: number;
  readonly mask: number;
  readonly from: number;
  readonly length: number;
}

/** Whether the head of an HTTP request or response that goes over to WebSocket stands there. */
export function isUpgrade(bytes: Uint8Array, at: number, to: number): boolean {
  if (!spells(bytes, at, to, 'GET ') && !spells(bytes, at, to, 'HTTP/1.1 101')) return false;
  return /^sec-websocket-/im.test(latin1(bytes, at, Math.min(to, at + LONGEST_HEAD)));
}

/** Whether a whole frame with a SIP message stands there: a stream that was captured from its middle on. */
export function isFrame(bytes: Uint8Array, at: number, to: number): boolean {
  if (bytes[at] !== 0x81 && bytes[at] !== 0x82) return false;
  const frame = frameAt(bytes, at, to);
  if (!frame || frame.from + frame.length > to) return false;
  const memory = unmasked(bytes, frame, null);
  return messageAt(memory, 0, frame.length) >= 0;
}

/** Reads the frames of one direction, and puts the messages together that are sent in several (RFC 6455 §5.4). */
export class WebSocketReader {
  private readonly into: Into;
  private parts: Block | null = null;
  private length = 0;

  constructor(into: Into) {
    this.into = into;
  }

  /** Reads the frame that begins there. Gives the offset behind it, or -1 where it is not whole. */
  frame(bytes: Uint8Array, at: number, to: number, facts: Facts): number {
    const frame = frameAt(bytes, at, to);
    if (!frame) return WAIT;
    const end = frame.from + frame.length;
    if (frame.length > LARGEST) return to;
    if (end > to) return WAIT;
    const opcode = frame.first & 15;
    if (opcode > 2) return end;
    if (opcode > 0) this.length = 0;
    if (frame.first & 0x40) {
      this.into.skip(DEFLATED, facts.place);
      return end;
    }
    this.parts = unmasked(bytes, frame, opcode === 0 ? this.parts : null, opcode === 0 ? this.length : 0);
    this.length += frame.length;
    if ((frame.first & 0x80) !== 0) {
      this.into.webSocket(this.parts, 0, this.length, facts);
      this.parts = null;
      this.length = 0;
    }
    return end;
  }
}

/** The frame whose head stands there, or null where that is not whole. */
function frameAt(bytes: Uint8Array, at: number, to: number): Frame | null {
  if (at + 2 > to) return null;
  const isMasked = (bytes[at + 1]! & 0x80) !== 0;
  let length = bytes[at + 1]! & 0x7f;
  const head = at + (length === 127 ? 10 : length === 126 ? 4 : 2);
  if (head + (isMasked ? 4 : 0) > to) return null;
  if (length === 126) length = u16(bytes, at + 2);
  else if (length === 127) length = u32(bytes, at + 2) * 2 ** 32 + u32(bytes, at + 6);
  return { first: bytes[at]!, mask: isMasked ? head : -1, from: isMasked ? head + 4 : head, length };
}

/** The text of a frame without its mask, behind what came before it. */
function unmasked(bytes: Uint8Array, { mask, from, length }: Frame, before: Block | null, known = 0): Block {
  const memory = block(known + length);
  if (before) memory.bytes.set(before.bytes.subarray(0, known));
  for (let at = 0; at < length; at++)
    memory.bytes[known + at] = bytes[from + at]! ^ (mask < 0 ? 0 : bytes[mask + (at & 3)]!);
  return memory;
}
