import { octets, type Span, slice, trimmed } from '../base/text.ts';
import { contentType, header, headers, type SipMessage } from './message.ts';
import { isElided, isPlaceholderBody } from './placeholder.ts';

/** Octets of a piece as it stands, with every line end as CRLF, and with every line end as LF. */
export interface Octets {
  readonly raw: number;
  readonly crlf: number;
  readonly lf: number;
}

/** The octets of a body: of what it holds, and of the blanks and line ends behind. */
export interface BodyOctets {
  readonly core: Octets;
  readonly tail: Octets;
}

/** Measures a body, or the text that shall become one. */
export function measureBody(text: string, body: Span): BodyOctets {
  const end = trimmed(text, body.from, body.to).to;
  return { core: measure(text, { from: body.from, to: end }), tail: measure(text, { from: end, to: body.to }) };
}

function measure(text: string, piece: Span): Octets {
  const raw = octets(text, piece.from, piece.to);
  let [pairs, singles] = [0, 0];
  for (let at = piece.from; at < piece.to; at++) {
    const code = text.charCodeAt(at);
    if (code === 13 && at + 1 < piece.to && text.charCodeAt(at + 1) === 10) {
      pairs++;
      at++;
    } else if (code === 13 || code === 10) singles++;
  }
  return { raw, crlf: raw + singles, lf: raw - pairs };
}

/** Editors and copies change line ends, and add or take blanks and line ends at the end: any of these lengths is right. */
export function fits(announced: number, body: BodyOctets): boolean {
  return LINE_ENDS.some((ends) => isAmong(announced, body, ends));
}

const LINE_ENDS: readonly (keyof Octets)[] = ['raw', 'crlf', 'lf'];

function isAmong(announced: number, { core, tail }: BodyOctets, ends: keyof Octets): boolean {
  const least = { raw: 0, crlf: 2, lf: 1 };
  return announced >= core[ends] && announced <= core[ends] + Math.max(least[ends], tail[ends]);
}

/** Whether the body is there as it was sent: it is read as text, nothing was left out, and none stands for it. */
export function isWhole(message: SipMessage): boolean {
  const { text, body } = message;
  return !slice(text, body).includes('\uFFFD') && !isPlaceholderBody(text, body) && !isElided(text, body);
}

/** The value of the only Content-Length; null where there is none, more than one, or no number. */
export function lengthAt(message: SipMessage): Span | null {
  const rows = headers(message, 'content-length');
  const value = rows.length === 1 ? rows[0]!.value : null;
  return value && /^\d{1,15}$/.test(slice(message.text, value)) ? value : null;
}

/** What Content-Length is to say, and where. */
export interface Correction {
  readonly at: Span;
  readonly length: number;
}

/**
 * The right value of a Content-Length that fits its body in no way of counting (RFC 3261 §20.14); null where it fits, where it does not
 * stand exactly once, or where the body was left out, so that nobody can tell.
 */
export function correctLength(message: SipMessage): Correction | null {
  const at = lengthAt(message);
  if (!at || !isWhole(message)) return null;
  const body = measureBody(message.text, message.body);
  if (fits(Number(slice(message.text, at)), body)) return null;
  if (body.core.raw === 0 && header(message, 'content-type')) return null;
  return { at, length: bodyLength(message) };
}

/** The length of the body as it is sent. */
export function bodyLength(message: SipMessage): number {
  return usual(message)(measureBody(message.text, withLastBreak(message)));
}

/**
 * What Content-Length is to say once another body stands in the place of this one: a right one stays right and is counted as before, a
 * wrong one stays as wrong as it was. Null where it says so already, or does not stand exactly once.
 */
export function keptLength(message: SipMessage, body: string): Correction | null {
  return lengthAfter(message, body, (announced, before, after) => announced + sum(after) - sum(before));
}

/** Like `keptLength`, but a wrong one becomes right, unless the body is not whole. */
export function rightLength(message: SipMessage, body: string): Correction | null {
  if (!isWhole(message)) return keptLength(message, body);
  return lengthAfter(message, body, (_announced, _before, after) => usual(message)(after));
}

function lengthAfter(
  message: SipMessage,
  body: string,
  wrong: (announced: number, before: BodyOctets, after: BodyOctets) => number,
): Correction | null {
  const at = lengthAt(message);
  if (!at) return null;
  const announced = Number(slice(message.text, at));
  const before = measureBody(message.text, message.body);
  const after = measureBody(body, { from: 0, to: body.length });
  const length = countedLike(message, announced, before, after) ?? Math.max(0, wrong(announced, before, after));
  return length === announced ? null : { at, length };
}

/** The length of what comes after in the way of counting in which `announced` is right for what was before; undefined where it is wrong. */
function countedLike(
  message: SipMessage,
  announced: number,
  before: BodyOctets,
  after: BodyOctets,
): number | undefined {
  if (usual(message)(before) === announced) return usual(message)(after);
  const ends = LINE_ENDS.find((one) => isAmong(announced, before, one));
  return ends && Math.max(0, after.core[ends] + announced - before.core[ends]);
}

function sum({ core, tail }: BodyOctets): number {
  return core.raw + tail.raw;
}

type Count = (body: BodyOctets) => number;

/** Where the head kept its CRs, the body did, too; elsewhere its line ends were CRLF once. Only SDP needs the last one (RFC 4566 §5). */
function usual(message: SipMessage): Count {
  const ends = message.text.startsWith('\r\n', message.startLine.to) ? 'raw' : 'crlf';
  return isSdp(message) ? ({ core, tail }) => core[ends] + tail[ends] : ({ core }) => core[ends];
}

function isSdp(message: SipMessage): boolean {
  return contentType(message) === 'application/sdp';
}

/** The body with the line end behind it, which a body that was not measured lacks. */
function withLastBreak({ text, body }: SipMessage): Span {
  const ends = /[\r\n]$/.test(text.slice(body.from, body.to));
  const next = ends ? '' : /^(?:\r\n|\r|\n)?/.exec(text.slice(body.to, body.to + 2))![0];
  return { from: body.from, to: body.to + next.length };
}
