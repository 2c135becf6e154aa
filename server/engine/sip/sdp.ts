import { memo } from '../base/memo.ts';
import { type Span, search, slice, trimmed } from '../base/text.ts';
import { lengthAt, measureBody } from './contentLength.ts';
import type { SipMessage } from './message.ts';
import { bodyParts } from './multipart.ts';
import { isElided, isPlaceholderBody } from './placeholder.ts';

/** One line `x=value`. All spans are offsets into the text. */
export interface SdpLine extends Span {
  /** What stands before the `=`, without blanks: one letter where the line is right; '' where there is no `=`. */
  readonly type: string;
  /** What stands behind it, blanks and all; the whole line where there is no `=`. */
  readonly value: Span;
}

/** A line `a=name` or `a=name:value` (RFC 8866 §5.13). */
export interface SdpAttribute {
  readonly line: SdpLine;
  readonly name: string;
  /** Behind the colon; empty where there is none. */
  readonly value: Span;
}

/** The lines of the session, or those of one medium. */
export interface SdpSection {
  readonly lines: readonly SdpLine[];
  readonly attributes: readonly SdpAttribute[];
}

/** What begins with a line `m=media port protocol format…` (RFC 8866 §5.14). Fields that are not there are undefined. */
export interface SdpMedium extends SdpSection {
  readonly line: SdpLine;
  readonly media: Span | undefined;
  /** The port, without the number of ports behind a slash. */
  readonly port: Span | undefined;
  /** How many ports there are: what stands behind the slash. */
  readonly ports: Span | undefined;
  readonly protocol: Span | undefined;
  readonly formats: readonly Span[];
}

/** The fields of `o=` (RFC 8866 §5.2); those that are not there are undefined. */
export interface SdpOrigin {
  readonly user: Span | undefined;
  readonly session: Span | undefined;
  readonly version: Span | undefined;
  readonly network: Span | undefined;
  readonly addressType: Span | undefined;
  readonly address: Span | undefined;
}

/** A session description, without the blanks and line ends around it. */
export interface SessionDescription extends Span {
  readonly text: string;
  /** All lines that are not empty, in order. */
  readonly lines: readonly SdpLine[];
  readonly session: SdpSection;
  readonly media: readonly SdpMedium[];
  /** The first `o=`, or null. */
  readonly origin: SdpOrigin | null;
  /** Nothing of it was left out or cut off, as far as can be told: what is absent is absent. */
  readonly whole: boolean;
}

/** The session descriptions in the body of a message, those in the parts of a multipart too. One that a document only tells of is none. */
export const sessionDescriptions: (message: SipMessage) => readonly SessionDescription[] = memo((message) => {
  const found = bodyParts(message)
    .filter(({ type, encoded, body }) => type === 'application/sdp' && !encoded && beginsLikeSdp(message.text, body))
    .map(({ body }) => readSdp(message.text, body.from, body.to));
  return found.length > 0 && isCut(message) ? found.map((one) => ({ ...one, whole: false })) : found;
});

/** Whether a text begins with a line of SDP, be it a wrong one. */
export function beginsLikeSdp(text: string, body: Span): boolean {
  const core = trimmed(text, body.from, body.to);
  return (
    !isPlaceholderBody(text, body) && /^[A-Za-z][ \t]*=/.test(text.slice(core.from, Math.min(core.to, core.from + 20)))
  );
}

/** Whether fewer octets stand there than Content-Length announces. */
function isCut(message: SipMessage): boolean {
  const at = lengthAt(message);
  if (!at) return false;
  const { core, tail } = measureBody(message.text, message.body);
  return Number(slice(message.text, at)) > core.crlf + tail.crlf + 2;
}

/** Reads a session description (RFC 8866 §5) in place, in linear time. Never fails: what cannot be read is a line without type, or a field left out. */
export function readSdp(text: string, from = 0, to = text.length): SessionDescription {
  const place = trimmed(text, from, to);
  const lines = readLines(text, place);
  const starts = lines.flatMap(({ type }, at) => (type === 'm' ? [at] : []));
  const session = readSection(text, lines.slice(0, starts[0]));
  const media = starts.map((start, at) => readMedium(text, lines.slice(start, starts[at + 1])));
  const origin = session.lines.find(({ type }) => type === 'o');
  const whole = !isElided(text, place) && !slice(text, place).includes('\uFFFD');
  return { ...place, text, lines, session, media, origin: origin ? readOrigin(text, origin) : null, whole };
}

/** The attributes of one name, in order. */
export function attributes(section: SdpSection, name: string): SdpAttribute[] {
  return section.attributes.filter((attribute) => attribute.name === name);
}

/** The number of the port; 0 for a medium that is refused, NaN where it is no number. */
export function portOf(text: string, { port }: SdpMedium): number {
  const written = port ? slice(text, port) : '';
  return /^\d+$/.test(written) ? Number(written) : Number.NaN;
}

/** Whether the formats of a medium are RTP payload types (RFC 8866 §5.14). */
export function isRtp(text: string, { protocol }: SdpMedium): boolean {
  return protocol !== undefined && /(?:^|\/)RTP\//i.test(slice(text, protocol));
}

/** The payload type that an `a=rtpmap` or `a=fmtp` is about. */
export function payloadType(text: string, { value }: SdpAttribute): Span {
  return words(text, value)[0] ?? { from: value.from, to: value.from };
}

function readLines(text: string, place: Span): SdpLine[] {
  const lines: SdpLine[] = [];
  let at = place.from;
  while (at < place.to) {
    let end = at;
    while (end < place.to && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
    const core = trimmed(text, at, end);
    if (core.from < core.to) lines.push(readLine(text, core.from, end));
    at = end + 1;
  }
  return lines;
}

function readLine(text: string, from: number, to: number): SdpLine {
  const equals = search(text, 61, from, to);
  if (equals === to) return { from, to, type: '', value: { from, to } };
  const type = slice(text, trimmed(text, from, equals));
  return { from, to, type, value: { from: equals + 1, to } };
}

function readSection(text: string, lines: readonly SdpLine[]): SdpSection {
  return { lines, attributes: lines.flatMap((line) => (line.type === 'a' ? [readAttribute(text, line)] : [])) };
}

function readAttribute(text: string, line: SdpLine): SdpAttribute {
  const { from, to } = trimmed(text, line.value.from, line.value.to);
  const colon = search(text, 58, from, to);
  return { line, name: text.slice(from, colon), value: trimmed(text, Math.min(colon + 1, to), to) };
}

function readMedium(text: string, lines: readonly SdpLine[]): SdpMedium {
  const line = lines[0]!;
  const [media, ports, protocol, ...formats] = words(text, line.value);
  const slash = ports && search(text, 47, ports.from, ports.to);
  return {
    ...{ line, media, protocol, formats, ...readSection(text, lines) },
    port: ports && { from: ports.from, to: slash! },
    ports: ports && slash! < ports.to ? { from: slash! + 1, to: ports.to } : undefined,
  };
}

function readOrigin(text: string, { value }: SdpLine): SdpOrigin {
  const [user, session, version, network, addressType, address] = words(text, value);
  return { user, session, version, network, addressType, address };
}

/** The pieces between blanks. */
function words(text: string, piece: Span): Span[] {
  const found: Span[] = [];
  let at = piece.from;
  while (at < piece.to) {
    const isGap = text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9;
    let end = at;
    while (end < piece.to && (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9) === isGap) end++;
    if (!isGap) found.push({ from: at, to: end });
    at = end;
  }
  return found;
}
