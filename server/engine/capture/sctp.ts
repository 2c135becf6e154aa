import { u16 } from './bytes.ts';

/** The data of a chunk. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
  /** It is a whole message of its user. */
  readonly isWhole: boolean;
}

/** The DATA and I-DATA chunks of a packet of SCTP behind its common header (RFC 9260 §3.3.1, RFC 8260 §2.1). */
export function dataChunks(bytes: Uint8Array, from: number, to: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = from; at + 4 <= to; ) {
    const length = u16(bytes, at + 2);
    if (length < 4) break;
    const head = bytes[at] === 0 ? 16 : bytes[at] === 64 ? 20 : 0;
    if (head > 0) chunks.push({ from: at + head, to: Math.min(to, at + length), isWhole: (bytes[at + 1]! & 3) === 3 });
    at += (length + 3) & ~3;
  }
  return chunks;
}
