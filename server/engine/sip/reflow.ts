import { headerFacts } from './registry.ts';

/** A stretch of a view that stands in the source unchanged, character for character. */
export interface Slice {
  /** Offset in the view. */
  readonly at: number;
  /** Offset in the source. */
  readonly from: number;
  readonly length: number;
}

/** A message put back into lines, and where its characters stand in the source. */
export interface Reflowed {
  readonly text: string;
  readonly slices: readonly Slice[];
}

const START = /^[ \t]*(?:SIP\/\d\.\d +\d{3}\b|[A-Za-z]{2,20} +[^\s"]+ +SIP\/\d\.\d(?= ))/;
/** `...Other SIP headers...`: a page tells that it leaves some out. */
const ELIDED = / \.{3}[\w ]{0,60}\.{3}(?= |$)/g;
const NAME = / ([A-Za-z][A-Za-z0-9-]{0,40}) ?:(?= |$)/g;
const BODY = / (?:<\?xml\b|<[A-Za-z][\w:.-]*[ />]|v=0 |--[\w'()+,./:=?-]{4,70} )/g;

/**
 * Whether a line is a whole SIP message flattened by a web page: start line and at least three known headers on one line, each
 * header after a single blank.
 */
export function isFlattened(line: string): boolean {
  const start = START.exec(line);
  return start !== null && headerBreaks(line, start[0].length, line.length, 3).length >= 3;
}

/**
 * Undoes the flattening of one line. A header begins at a blank followed by a known header name and a colon, outside quotes and
 * `<>`; the body begins at the first XML tag, `v=0` or multipart boundary behind the last header. Each such blank becomes a line
 * break, so that all but the empty line before the body keeps its place.
 * @param offset where the line begins in the source
 */
export function reflow(line: string, offset: number): Reflowed {
  const start = START.exec(line)?.[0].length ?? 0;
  const bodyAt = findBody(line, start);
  const head = line.slice(0, bodyAt);
  const breaks = headerBreaks(head, start, head.length, Number.POSITIVE_INFINITY);
  for (const { index } of head.matchAll(ELIDED)) breaks.push(index);
  breaks.sort((a, b) => a - b);
  let text = '';
  let last = 0;
  for (const at of breaks) {
    text += `${head.slice(last, at)}\n`;
    last = at + 1;
  }
  text += head.slice(last);
  const slices: Slice[] = [{ at: 0, from: offset, length: head.length }];
  if (bodyAt === line.length) return { text: `${text}\n\n`, slices };
  slices.push({ at: head.length + 2, from: offset + bodyAt + 1, length: line.length - bodyAt - 1 });
  return { text: `${text}\n\n${breakSdp(line.slice(bodyAt + 1))}`, slices };
}

/** Offsets of the blanks before header names, at most `limit` of them. */
function headerBreaks(line: string, from: number, to: number, limit: number): number[] {
  const breaks: number[] = [];
  const outside = quoteTracker(line, from);
  NAME.lastIndex = from;
  for (let found = NAME.exec(line); found && found.index < to && breaks.length < limit; found = NAME.exec(line)) {
    if (headerFacts(found[1]!) && outside(found.index)) breaks.push(found.index);
    NAME.lastIndex = found.index + 1;
  }
  return breaks;
}

/** Tells, for rising offsets, whether each lies outside quotes and `<>`. Linear over all its calls. */
function quoteTracker(line: string, from: number): (offset: number) => boolean {
  let at = from;
  let quoted = false;
  let angle = false;
  return (offset) => {
    for (; at < offset; at++) {
      const code = line.charCodeAt(at);
      if (code === 34 && line.charCodeAt(at - 1) !== 92) quoted = !quoted;
      else if (!quoted && code === 60) angle = true;
      else if (!quoted && code === 62) angle = false;
    }
    return !quoted && !angle;
  };
}

/** The blank before the body, or the line's length where there is none. A body comes behind a header that names its type or length. */
function findBody(line: string, from: number): number {
  const announced = line.search(/\b(?:content-type|content-length|[cl]) ?: /i);
  if (announced < 0) return line.length;
  const outside = quoteTracker(line, from);
  BODY.lastIndex = announced;
  for (let found = BODY.exec(line); found; found = BODY.exec(line)) {
    const isAddress = /^ <(?:sips?|tel|urn|im|pres|mailto|https?|cid):/i.test(found[0]);
    if (!isAddress && outside(found.index)) return found.index;
    BODY.lastIndex = found.index + 1;
  }
  return line.length;
}

/** A flattened SDP body in lines; of the same length, since each break replaces a blank. */
function breakSdp(body: string): string {
  return body.startsWith('v=0 ') ? body.replace(/ (?=[a-z]=)/g, '\n') : body;
}
