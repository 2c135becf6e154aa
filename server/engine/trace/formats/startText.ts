import { methodFacts } from '../../sip/registry.ts';

// Start lines in the texts that formats look at.

const START = /([A-Z]{2,20}) [A-Za-z][\w.+-]*:\S* SIP\/2\.0(?=[\r\n]|$)|SIP\/2\.0 [1-7]\d\d /;
const BEGINNING = /^(?:[A-Z]{2,20} <?[A-Za-z][\w.+-]*:|SIP\/2\.0 [1-7]\d\d)/;

/** Where a start line begins in a text that may have anything before it, capitals among it; -1 where there is none. */
export function startIn(text: string): number {
  const found = START.exec(text);
  if (!found) return -1;
  const word = found[1] ?? '';
  for (let skipped = 0; skipped < word.length; skipped++)
    if (methodFacts(word.slice(skipped))) return found.index + skipped;
  return found.index;
}

/** Whether a text begins as a start line does: `INVITE sip:`, `SIP/2.0 200`. */
export function isStartText(text: string): boolean {
  return BEGINNING.test(text);
}

/** The rest of a message whose beginning stands in another segment of TCP: headers, no start line. */
const HEADERS = /^(?:Via|From|To|Call-ID|CSeq|Contact|Max-Forwards|Content-Type|Content-Length) *:/im;
/** Why such a rest is passed over. */
export const REST = 'segments of TCP that go on with a message';

/** Whether a text has headers of SIP and no start line. */
export function isRest(text: string): boolean {
  return HEADERS.test(text) && startIn(text.replace(/\.(?=\r?\n)/g, '')) < 0;
}
