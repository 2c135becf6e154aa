import { isEmptyLine, latin1, lineEnd } from '../sip/frame.ts';
import type { Peel } from './formats/format.ts';

// Documents in pages (RFCs, Internet-Drafts) break a message with a footer, a form feed and the header of the next page.

const FOOTER = /\[Page \d+\]\s*$/;
/** `RFC 3261            SIP: Session Initiation Protocol           June 2002` */
const HEADER = /^\f?(?:RFC \d+|Internet-Draft)\b.*\b(?:19|20)\d\d\s*$/;
/** A footer or header is no longer; the header stands no farther below the footer. */
const LONGEST = 120;
const LINES_BETWEEN = 6;

/** Whether a line is the footer of a page. */
export function isFooter(bytes: Uint8Array, at: number, end: number): boolean {
  return bytes[at]! > 32 && end - at <= LONGEST && FOOTER.test(latin1(bytes, at, end));
}

/** Takes out the breaks between pages, with the empty lines around them. */
export const pageBreakPeel: Peel = (block, from, to, into) => {
  const { bytes } = block;
  let empty = -1;
  for (let at = from; at < to; ) {
    const end = lineEnd(block, at, to);
    const next = Math.min(end + 1, to);
    if (isEmptyLine(bytes, at, end)) {
      if (empty < 0) empty = at;
      at = next;
    } else if (isFooter(bytes, at, end)) {
      at = behindHeader(block, next, to);
      if (at < to && !goesOn(block, at, to)) into.put('\n', at, at);
      empty = -1;
    } else {
      into.keep(empty < 0 ? at : empty, next);
      empty = -1;
      at = next;
    }
  }
  if (empty >= 0) into.keep(empty, to);
  return to;
};

/** Whether a message may go on with a line: a header, a folded one, a line of a body that is not its first. */
function goesOn(block: Parameters<Peel>[0], at: number, to: number): boolean {
  const line = latin1(block.bytes, at, Math.min(lineEnd(block, at, to), at + LONGEST)).trimStart();
  return /^(?:[A-Za-z][\w-]*[ \t]*:|[;,]|[a-z]=|<)/.test(line) && !/^(?:v=0|<\?xml)/.test(line);
}

/** Behind the header of a page and the empty lines around it; behind the empty lines where there is no header. */
function behindHeader(block: Parameters<Peel>[0], from: number, to: number): number {
  let isBehind = false;
  let at = from;
  for (let line = 0; at < to && (isBehind || line < LINES_BETWEEN); line++) {
    const end = lineEnd(block, at, to);
    const isHeader: boolean = !isBehind && end - at <= LONGEST && HEADER.test(latin1(block.bytes, at, end));
    const isFeed = end - at <= 2 && block.bytes[at] === 12;
    if (!isHeader && !isFeed && !isEmptyLine(block.bytes, at, end)) break;
    isBehind ||= isHeader;
    at = Math.min(end + 1, to);
  }
  return at;
}
