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
  /^(?:User-Agent|Server)\s*:.*\b(?:UCCP|UCCAPI|OC|RTC|RTCC|CPE)\/|realm="SIP Communications Service"|opaque=(?:app:conf|user:epid)|^BENOTIFY |ms-received-cid/im;
const HINTS = [/;epid=/i, /^ms-[\w-]+\s*:/im, /^(?:SERVICE|NEGOTIATE) /m, /\b(?:NTLM|Kerberos|TLS-DSK) /];
const CAPTURED = /;\s*(?:received|rport)=\S|^(?:User-Agent|Server)\s*:/im;

/** Looks for the marks in the head of a message (zero-based). */
export function marksOf(trace: TextTrace, index: number): Marks {
  const view = trace.view(index);
  const length = Math.min(trace.columns.bodyAt[index]!, 20_000);
  const head = view.text.slice(view.from, view.from + length);
  const microsoft = SURE.test(head) ? 2 : HINTS.filter((mark) => mark.test(head)).length;
  return { microsoft, captured: CAPTURED.test(head) || trace.way(index).direction !== null };
}

/**
 * The profiles that apply to a file: Microsoft's where any message bears two marks (answers often bear none), otherwise that of
 * captures where time stamps, logs or device headers show, otherwise strict; that of documentation for flattened text on top.
 */
export function detectProfiles(marks: Iterable<Marks>, timed: boolean, flattened: boolean): Profile[] {
  let microsoft = 0;
  let captured = 0;
  for (const mark of marks) {
    microsoft = Math.max(microsoft, mark.microsoft);
    if (mark.captured) captured++;
  }
  const profiles: Profile[] = flattened ? ['doc'] : [];
  if (microsoft >= 2) return [...profiles, 'ms'];
  if (flattened) return profiles;
  return timed || captured > 0 ? ['trace'] : ['strict'];
}
