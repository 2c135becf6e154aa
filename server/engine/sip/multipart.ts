import { memo } from '../base/memo.ts';
import { isBlank, type Span, search, searchWord, slice, trimmed } from '../base/text.ts';
import { contentType, header, headerValue, parseMessage, type SipMessage } from './message.ts';
import { paramValue, parseParams } from './values.ts';

/** One part of a body; a body that is not multipart is one part. */
export interface BodyPart {
  /** Media type in lower case without parameters; a guess from the content where none is given; '' if nothing tells. */
  readonly type: string;
  readonly body: Span;
  /** It is compressed, or written in letters (RFC 3261 §20.12; RFC 2045 §6): not to be read as it stands. */
  readonly encoded: boolean;
}

/** Multiparts nested deeper are not taken apart: nobody sends them. */
const DEEPEST = 10;

/** The parts of a message's body, nested multiparts taken apart too (RFC 2046 §5.1). An empty body has none. */
export const bodyParts: (message: SipMessage) => readonly BodyPart[] = memo((message) => partsOf(message, DEEPEST));

function partsOf(message: SipMessage, depth: number): BodyPart[] {
  const body = trimmed(message.text, message.body.from, message.body.to);
  if (body.from === body.to) return [];
  const type = contentType(message) || guess(message.text, body);
  const boundary = depth > 0 && type.startsWith('multipart/') ? boundaryOf(message) : undefined;
  if (!boundary) return [{ type, body: message.body, encoded: isEncoded(message) }];
  return split(message.text, message.body, boundary).parts.flatMap((part) => readPart(message.text, part, depth - 1));
}

/** The boundary parameter of the Content-Type, or undefined. */
export function boundaryOf(message: SipMessage): string | undefined {
  const field = header(message, 'content-type');
  if (!field) return undefined;
  const semicolon = search(message.text, 59, field.value.from, field.value.to);
  return paramValue(message.text, parseParams(message.text, semicolon, field.value.to), 'boundary') || undefined;
}

/** Which of its boundary lines a body has. */
export interface BoundaryLines {
  readonly opened: boolean;
  /** It has the one that ends the last part. */
  readonly closed: boolean;
}

/** Looks for the boundary lines in the body of a message. */
export function multipartLines({ text, body }: SipMessage, boundary: string): BoundaryLines {
  const { parts, closed } = split(text, body, boundary);
  return { opened: parts.length > 0 || closed, closed };
}

/** What lies between the boundary lines, and whether the closing one was found. */
function split(text: string, body: Span, boundary: string): { parts: Span[]; closed: boolean } {
  const parts: Span[] = [];
  const mark = `--${boundary}`;
  let open = -1;
  const next = (from: number) => searchWord(text, mark, from, body.to);
  for (let at = next(body.from); at >= 0; at = next(at + mark.length)) {
    const end = at + mark.length;
    const closes = text.startsWith('--', end);
    if (at > body.from && !isBlank(text.charCodeAt(at - 1))) continue;
    if (end < body.to && !closes && !isBlank(text.charCodeAt(end))) continue;
    if (open >= 0) parts.push({ from: open, to: at });
    open = end;
    if (closes) return { parts, closed: true };
  }
  if (open >= 0) parts.push({ from: open, to: body.to });
  return { parts, closed: false };
}

/** A part reads like a message whose start line is the boundary line; its last character makes that line no empty one. */
function readPart(text: string, part: Span, depth: number): BodyPart[] {
  const read = parseMessage(text, part.from - 1, part.to);
  const body = trimmed(text, read.body.from, read.body.to);
  if (body.from === body.to) return [];
  const type = contentType(read) || guess(text, body);
  return type.startsWith('multipart/') && part.to - read.body.from > 0
    ? partsOf(read, depth)
    : [{ type, body, encoded: isEncoded(read) }];
}

function isEncoded(message: SipMessage): boolean {
  const transfer = headerValue(message, 'content-transfer-encoding')?.trim();
  if (transfer && /^(?:base64|quoted-printable)$/i.test(transfer)) return true;
  const coding = headerValue(message, 'content-encoding')?.trim();
  return coding !== undefined && !/^(?:identity)?$/i.test(coding);
}

function guess(text: string, body: Span): string {
  const start = slice(text, { from: body.from, to: Math.min(body.to, body.from + 5) });
  if (start.startsWith('<')) return 'text/xml';
  return start.startsWith('v=0') ? 'application/sdp' : '';
}
