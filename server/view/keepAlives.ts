import type { Problem } from '../engine/base/text.ts';
import { keepAlives } from '../engine/flow/keepAlives.ts';
import { base64 } from './base64.ts';
import type { ViewedTrace } from './viewed.ts';

/**
 * The keep-alives of a trace for the page, as `TraceSummary` has them. One in which something was found that is an error or a
 * warning is none, as far as it was checked.
 */
export function packedKeepAlives({ built, flow, knownIn }: ViewedTrace): string | null {
  const isGrave = ({ severity }: Problem) => severity === 'error' || severity === 'warning';
  const marks = keepAlives(built, flow.transactions, (index) => knownIn(index)?.some(isGrave) ?? false);
  return marks && base64(packed(marks));
}

/** Four marks an octet, the first in its lowest bits. */
function packed(marks: Uint8Array): Uint8Array {
  const octets = new Uint8Array(Math.ceil(marks.length / 4));
  for (let index = 0; index < marks.length; index++) octets[index >> 2]! |= marks[index]! << (2 * (index & 3));
  return octets;
}
