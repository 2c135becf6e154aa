import type { Span } from '../../base/text.ts';
import { isVersion, latin1, lineEnd, skipBlanks, trimmedEnd } from '../../sip/frame.ts';
import { breakBehind, octalEscape } from './escapes.ts';
import type { Peel, PieceSink, TraceFormat } from './format.ts';
import { beginsWith } from './lines.ts';
import { timeOf } from './times.ts';

const RECORD =
  /---- (Incoming|Outgoing) SIP Message (?:from|to) (\S+) (?:to|from) (SIPInterface #\d+(?: \([^)]*\))?)(?: (\w+))?.*?----/;
const SESSION = /\[SID[=:]([^\]]+)\]/;
/** The SBC's own clock, at the end of each of its packets. */
const CLOCK = /\[Time:(\d\d)-(\d\d)@(\d\d:\d\d:\d\d(?:\.\d+)?)\]/;
/** No message is longer: what goes on so far on one line is something else. */
const LONGEST_MESSAGE = 64 * 1024;
/** A packet ends no farther behind the announcement in it. */
const LONGEST_PACKET = 4096;
const DATED = /\b(\d{4})-\d\d-\d\d[T ]/;
/** The number of the packet stands no farther from the beginning of its line. */
const LONGEST_HEAD = 200;
const LONGEST_TAIL = 40;
/** Fewer blanks before a line are the line's own. */
const LEAST_PADDING = 8;
/** A message in the packet that announces it begins behind these. */
const OWN = /^(?:\s|#01[25]|\\[rn])*(?!\s|#01[25]|\\[rn]|\[Time:)(?=.)/;
/** `(N  9001)`, `(   lgr_flow)(619)`: what the log says next. */
const SENTENCE = /^ *\((?: *N +\d+ *\)| *\w+ *\) ?\( *\d+)/;

/**
 * The syslog of AudioCodes SBCs and gateways, also as the Syslog Viewer saves it. A message stands in the packet that announces it or
 * in the next; a long one goes on in further packets, cut anywhere.
 */
export const audioCodesSyslog: TraceFormat = {
  id: 'audiocodes-syslog',
  title: 'AudioCodes SBCs and gateways: syslog, Syslog Viewer (the usual trace of Teams Direct Routing)',
  rank: 1,
  marks: ['Incoming SIP Message ', 'Outgoing SIP Message '],
  announce(lines) {
    const line = lines.text(0);
    const found = RECORD.exec(line);
    if (!found) return null;
    const isIncoming = found[1] === 'Incoming';
    const behind = found.index + found[0].length;
    const own = OWN.exec(line.slice(behind));
    const next = lines.text(1);
    const nextText = headOf(next);
    if (!own && SENTENCE.test(next.slice(nextText)))
      return { skip: 'messages whose text the log leaves out', skipped: 1 };
    return {
      direction: isIncoming ? 'received' : 'sent',
      source: isIncoming ? found[2] : found[3],
      destination: isIncoming ? found[3] : found[2],
      transport: found[4],
      time: clockOf(lines.passage(0, LONGEST_PACKET).slice(found.index), line.slice(0, found.index)),
      thread: SESSION.exec(line)?.[1],
      line: own ? 0 : 1,
      column: own ? behind + own[0].length : nextText,
    };
  },
  ends: isSentence,
  peel: (block, from, to, into) => peelPackets(block, from, Math.min(to, from + LONGEST_MESSAGE), into),
};

/** Day and month by the clock of the SBC; the year is that of the collector, where it tells one. */
function clockOf(passage: string, head: string): number | null {
  const found = CLOCK.exec(passage);
  if (!found) return timeOf(head);
  const year = DATED.exec(head)?.[1] ?? '1970';
  return timeOf(`${year}-${found[2]}-${found[1]} ${found[3]}`);
}

/** Where a packet's text begins on its line, line feeds before it included. */
function headOf(line: string): number {
  const head = /^.{0,200}?\[S=\d+\] ?(?:\[[SB]ID[=:][^\]]*\])?/.exec(line)?.[0].length ?? 0;
  return head + /^(?:\s|#01[25]|\\[rn])*/.exec(line.slice(head))![0].length;
}

/** Whether the log says something else there than a part of a message. */
function isSentence(bytes: Uint8Array, at: number, end: number): boolean {
  const from = skipBlanks(bytes, Math.max(at, packetAt(bytes, at, end)), end);
  return bytes[from] === 40 && SENTENCE.test(latin1(bytes, from, Math.min(end, from + 60)));
}

/** Where the text of the packet begins whose head stands on the line, with at most two blanks behind it taken off; -1 without a head. */
function packetAt(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + LONGEST_HEAD);
  for (let mark = at; mark < limit; mark++) {
    if (bytes[mark] !== 91 || !beginsWith(bytes, mark, end, '[S=')) continue;
    let text = closed(bytes, mark, limit);
    for (const name of ['[SID', '[BID']) {
      const next = skipBlanks(bytes, text, end);
      if (beginsWith(bytes, next, end, name)) text = closed(bytes, next, limit);
    }
    return Math.min(skipBlanks(bytes, text, end), text + 2);
  }
  return -1;
}

/** Behind the bracket that closes. */
function closed(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && bytes[at] !== 93) at++;
  return at + 1;
}

/** Where ` [Time:03-11@10:15:42.117]` begins at the end of a line, or -1. */
function tailAt(bytes: Uint8Array, at: number, end: number): number {
  const stop = trimmedEnd(bytes, at, end);
  if (bytes[stop - 1] !== 93) return -1;
  for (let tail = stop - 2; tail >= Math.max(at, stop - LONGEST_TAIL); tail--)
    if (bytes[tail] === 91)
      return beginsWith(bytes, tail, stop, '[Time:') ? tail - (tail > at && bytes[tail - 1] === 32 ? 1 : 0) : -1;
  return -1;
}

/** Joins the packets of a message. A line end counts where it stands inside a packet. */
const peelPackets: Peel = (block, from, to, into) => {
  const { bytes } = block;
  const escapes = escapesOf(bytes, from, lineEnd(block, from, to));
  let padding = -1;
  for (let at = from; at < to; ) {
    const end = lineEnd(block, at, to);
    const next = end + 1;
    const packet = next < to ? packetAt(bytes, next, lineEnd(block, next, to)) : -1;
    const tail = tailAt(bytes, at, end);
    const stop = tail >= 0 ? tail : packet >= 0 ? trimmedEnd(bytes, at, end) : Math.min(next, to);
    const over = keepText(bytes, { from: at, to: stop }, escapes, into);
    if (over < stop || next >= to || isSentence(bytes, next, lineEnd(block, next, to))) return Math.min(over, to);
    if (padding < 0) padding = skipBlanks(bytes, next, to) - next;
    at = packet >= 0 ? packet : padding < LEAST_PADDING ? next : Math.min(skipBlanks(bytes, next, to), next + padding);
  }
  return to;
};

/** How control characters are written; `lead` is the byte that begins one. */
interface Escapes {
  readonly lead: number;
  readonly length: number;
  /** The control character that stands there, or -1. */
  code(bytes: Uint8Array, at: number, end: number): number;
}

const OCTAL: Escapes = { lead: 35, length: 4, code: octalEscape };
const BACKSLASHED: Escapes = {
  lead: 92,
  length: 2,
  code: (bytes, at) => (bytes[at] !== 92 ? -1 : bytes[at + 1] === 110 ? 10 : bytes[at + 1] === 114 ? 13 : -1),
};

/** How the start line ends decides. */
function escapesOf(bytes: Uint8Array, from: number, end: number): Escapes {
  for (let at = from; at < end; at++)
    if (isVersion(bytes, at)) return bytes[breakBehind(bytes, at, end)] === 92 ? BACKSLASHED : OCTAL;
  return OCTAL;
}

/** Keeps a part of a packet without its escapes. Gives where another sentence of the log begins in it, or its end. */
function keepText(bytes: Uint8Array, { from, to }: Span, { lead, length, code }: Escapes, into: PieceSink): number {
  let start = from;
  for (let at = from; at < to; ) {
    const character = bytes[at] === lead ? code(bytes, at, to) : -1;
    if (character < 0) {
      at++;
      continue;
    }
    into.keep(start, at);
    into.put(String.fromCharCode(character), at, at + length);
    at += length;
    // An empty line is written with a blank.
    if (character === 10 && bytes[at] === 32 && code(bytes, at + 1, to) >= 0) at++;
    start = at;
    if (character === 10 && isSentence(bytes, at, to)) return at;
  }
  into.keep(start, to);
  return to;
}
