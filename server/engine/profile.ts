import type { Profile } from './base/text.ts';
import type { TextTrace } from './trace/text.ts';

/** What one message tells of how its file came to be. */
export interface Marks {
  /** Signs of Microsoft's products: one of the first kind counts for two. */
  readonly microsoft: number;
  /** Something that only a device or a capture writes, or a log that tells whether it was sent or received. */
  readonly captured: boolean;
}

const SURE =
  /^(?:User-Agent|Server)\s*:.*\b(?:UCCP|UCCAPI|OC|RTC|RTCC|CPE)\/|realm="SIP Communications Service"|opaque=(?:app:conf|user:epid)|^BENOTIFY |ms-received-cid/i;
const HINTS = [/;epid=/i, /^ms-[\w-]+\s*:/i, /^(?:SERVICE|NEGOTIATE) /, /\b(?:NTLM|Kerberos|TLS-DSK) /];
const CAPTURED = /;\s*(?:received|rport)=\S|^(?:User-Agent|Server)\s*:/i;

/** So much of a head is looked at. */
const LONGEST = 20_000;
/** Lines come back in other messages. What is known of them is forgotten when it is so much. */
const MOST_LINES = 20_000;

/** What a line tells, as bits: a sure sign, the hints from the second bit on, and that it was captured. */
type Signs = number;
const IS_SURE = 1;
const IS_CAPTURED = 2 << HINTS.length;

/** Looks for the marks in the heads of the messages of a trace (zero-based). */
export function marksReader(trace: TextTrace): (index: number) => Marks {
  const known = new Map<string, Signs>();
  return (index) => {
    const { text, from } = trace.view(index);
    const signs = signsIn(text, from, from + Math.min(trace.columns.bodyAt[index]!, LONGEST), known);
    return {
      microsoft: signs & IS_SURE ? 2 : HINTS.filter((_, at) => signs & (2 << at)).length,
      captured: (signs & IS_CAPTURED) !== 0 || trace.way(index).direction !== null,
    };
  };
}

function signsIn(text: string, from: number, to: number, known: Map<string, Signs>): Signs {
  let signs = 0;
  for (let at = from; at < to; ) {
    const end = rowEnd(text, at, to);
    const row = text.slice(at, end);
    let found = known.get(row);
    if (found === undefined) {
      found = signsOf(row);
      if (known.size >= MOST_LINES) known.clear();
      known.set(row, found);
    }
    signs |= found;
    at = end;
  }
  return signs;
}

/** Where a line ends with those that go on with it, line breaks included. */
function rowEnd(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code !== 10 && code !== 13) continue;
    const next = code === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
    if (next >= to) return to;
    const first = text.charCodeAt(next);
    if (first !== 32 && first !== 9) return next;
  }
  return to;
}

function signsOf(row: string): Signs {
  const hints = HINTS.reduce((bits, hint, at) => bits | (hint.test(row) ? 2 << at : 0), 0);
  return hints | (SURE.test(row) ? IS_SURE : 0) | (CAPTURED.test(row) ? IS_CAPTURED : 0);
}

/**
 * The profiles that apply to a file: Microsoft's where any message bears two marks (answers often bear none), otherwise that of
 * captures where time stamps, logs or device headers show, otherwise strict; that of documentation for flattened text on top.
 * @param marks asked for one after the other, until they tell
 */
export function detectProfiles(marks: Iterable<Marks>, timed: boolean, flattened: boolean): Profile[] {
  const profiles: Profile[] = flattened ? ['doc'] : [];
  let captured = timed;
  for (const mark of marks) {
    if (mark.microsoft >= 2) return [...profiles, 'ms'];
    captured ||= mark.captured;
  }
  if (flattened) return profiles;
  return captured ? ['trace'] : ['strict'];
}
