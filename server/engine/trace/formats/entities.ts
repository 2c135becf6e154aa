import type { Block } from '../../sip/frame.ts';
import type { PieceSink } from './format.ts';
import { beginsWith } from './lines.ts';

/** The entities that XML has by itself (XML 1.0 §4.6). */
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};

/** Keeps a part of a block, with its entities resolved. */
export function keepText({ bytes }: Block, from: number, to: number, into: PieceSink): void {
  let start = from;
  for (let at = from; at < to; at++) {
    if (bytes[at] !== 38) continue;
    const entity = Object.keys(ENTITIES).find((text) => beginsWith(bytes, at, to, text));
    if (!entity) continue;
    into.keep(start, at);
    into.put(ENTITIES[entity]!, at, at + entity.length);
    start = at + entity.length;
    at = start - 1;
  }
  into.keep(start, to);
}
