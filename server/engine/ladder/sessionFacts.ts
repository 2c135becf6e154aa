import { type Span, slice } from '../base/text.ts';
import {
  attributes,
  isRtp,
  payloadType,
  portOf,
  type SdpMedium,
  type SdpSection,
  type SessionDescription,
} from '../sip/sdp.ts';

/** How a session description stands in its message: what it is in the offer/answer model (RFC 3264), and whether the dialog was there before. */
export interface DescriptionRole {
  readonly role: 'offer' | 'answer' | null;
  readonly inDialog: boolean;
}

const MOST_MEDIA = 4;
const MOST_CODECS = 5;
const DIRECTIONS = new Set(['sendonly', 'recvonly', 'inactive']);

/** Payload types that need no `a=rtpmap` (RFC 3551 §6). */
const STATIC: Readonly<Record<string, string>> = {
  0: 'PCMU',
  3: 'GSM',
  4: 'G723',
  8: 'PCMA',
  9: 'G722',
  13: 'CN',
  15: 'G728',
  18: 'G729',
  26: 'JPEG',
  31: 'H261',
  34: 'H263',
};

/** A session description in short: `offer`, `audio PCMU/PCMA`, `video refused`, `hold (sendonly)`, `at 192.0.2.1:49170`. */
export function sessionFacts(description: SessionDescription, { role, inDialog }: DescriptionRole): string[] {
  const { media } = description;
  const more = media.length > MOST_MEDIA ? [`+${media.length - MOST_MEDIA} more`] : [];
  return [
    role ?? 'SDP',
    ...media.slice(0, MOST_MEDIA).map((medium) => mediumFacts(description, medium)),
    ...more,
    ...flowFacts(description, role === 'offer' && inDialog),
    ...addressFacts(description),
  ];
}

function mediumFacts({ text }: SessionDescription, medium: SdpMedium): string {
  const name = medium.media ? slice(text, medium.media) : 'medium';
  if (portOf(text, medium) === 0) return `${name} off`;
  if (!isRtp(text, medium)) return [name, medium.protocol ? slice(text, medium.protocol) : ''].join(' ').trim();
  const secure = /SAVP/i.test(slice(text, medium.protocol!)) ? ' SRTP' : '';
  return `${name} ${codecs(text, medium)}${secure}`;
}

function codecs(text: string, medium: SdpMedium): string {
  const named = new Map(attributes(medium, 'rtpmap').map((one) => [slice(text, payloadType(text, one)), one.value]));
  const names = medium.formats.map((format) => {
    const number = slice(text, format);
    const map = named.get(number);
    return map ? encodingName(text, map) : (STATIC[number] ?? number);
  });
  const distinct = [...new Set(names)];
  const more = distinct.length > MOST_CODECS ? `/+${distinct.length - MOST_CODECS}` : '';
  return distinct.slice(0, MOST_CODECS).join('/') + more;
}

/** `PCMU` of `0 PCMU/8000`. */
function encodingName(text: string, map: Span): string {
  return /^\S+\s+([^/\s]+)/.exec(slice(text, map))?.[1] ?? '?';
}

/** Media that do not go both ways. In a dialog an offer of them, or of no address, puts the other side on hold (RFC 3264 §8.4). */
function flowFacts({ text, session, media }: SessionDescription, mayHold: boolean): string[] {
  const active = media.filter((medium) => portOf(text, medium) !== 0);
  const ways = new Set(active.map((medium) => direction(medium) ?? direction(session) ?? 'sendrecv'));
  const [way] = ways;
  if (ways.size !== 1) return [];
  const isSilent = active.every((medium) => connection(text, medium, session) === '0.0.0.0');
  const holds = isSilent || way === 'sendonly' || way === 'inactive';
  if (mayHold && holds) return [`hold (${way === 'sendrecv' ? 'address 0.0.0.0' : way})`];
  return way && way !== 'sendrecv' ? [way] : [];
}

function direction({ attributes: list }: SdpSection): string | undefined {
  return list.find(({ name }) => DIRECTIONS.has(name) || name === 'sendrecv')?.name;
}

/** Where the first medium that is not off is expected. */
function addressFacts({ text, session, media }: SessionDescription): string[] {
  const first = media.find((medium) => portOf(text, medium) > 0);
  const host = first && connection(text, first, session);
  return first && host ? [`at ${host.includes(':') ? `[${host}]` : host}:${portOf(text, first)}`] : [];
}

/** The address in the `c=` of a medium, or in that of the session (RFC 8866 §5.7); '' where there is none. */
function connection(text: string, medium: SdpSection, session: SdpSection): string {
  const line = [...medium.lines, ...session.lines].find(({ type }) => type === 'c');
  return line ? (slice(text, line.value).trim().split(/\s+/)[2]?.split('/')[0] ?? '') : '';
}
