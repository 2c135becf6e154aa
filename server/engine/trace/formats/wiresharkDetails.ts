import { type Block, isEmptyLine, latin1, lineEnd, skipBlanks } from '../../sip/frame.ts';
import { headerFacts } from '../../sip/registry.ts';
import type { Peel, PieceSink } from './format.ts';
import { hexLine } from './hex.ts';
import { beginsWith } from './lines.ts';
import { DetailsBody, type DetailsLine } from './wiresharkBody.ts';

// A message in the details of a packet: each header on a line, its parts on lines that are indented deeper; what Wireshark adds
// stands in brackets; a session description in words, its letters in parentheses.

const HEADER = 'Message Header';
const BODY = 'Message Body';
const RAW = 'Session Initiation Protocol (SIP as raw text)';
const TRUNCATED = '[truncated]';
/** What stands above the bytes of a packet where several are printed: `Frame (559 bytes):`. */
const DUMP = /^[A-Z][\w -]* \(\d+ bytes\):/;
const LONGEST_WORDS = 80;

/** The start line, the headers and the body, and the bytes of the packet passed over if they follow. */
export const peelDetails: Peel = (block, from, to, into) => {
  const first = Math.min(lineEnd(block, from, to) + 1, to);
  into.keep(from, first);
  const body = new DetailsBody(block, into);
  let section = '';
  let title: DetailsLine | null = null;
  let depth = -1;
  let at = first;
  while (at < to) {
    const line = lineAt(block, at, to);
    if (isEmptyLine(block.bytes, at, line.next) || (title && title.depth > 0 && line.depth < title.depth)) break;
    if (title && line.depth === 0 && title.depth === 0 && isLayer(block, line)) break;
    const name = [HEADER, BODY].find((word) => isText(block, line, word));
    if (name) {
      if (name === BODY) into.put('\n', line.from, line.from);
      section = name;
      title = line;
      depth = -1;
    } else if (section === HEADER) {
      if (depth < 0) depth = line.depth;
      if (line.depth === depth) keepHeader(block, line, depth > title!.depth, into);
    } else if (section === BODY) body.take(line);
    at = line.next;
  }
  into.pass(passDumps(block, passRaw(block, at, to), to));
  return at;
};

function lineAt(block: Block, at: number, to: number): DetailsLine {
  const end = lineEnd(block, at, to);
  const last = block.bytes[end - 1] === 13 && end > at ? end - 1 : end;
  const from = skipBlanks(block.bytes, at, last);
  return { depth: from - at, from, to: last, next: Math.min(end + 1, to) };
}

function isText({ bytes }: Block, { from, to }: DetailsLine, text: string): boolean {
  return to - from === text.length && beginsWith(bytes, from, to, text);
}

/** Where indents got lost, only headers that SIP knows are told from their parts. */
function keepHeader({ bytes }: Block, line: DetailsLine, isIndented: boolean, into: PieceSink): void {
  let { from } = line;
  if (beginsWith(bytes, from, line.to, TRUNCATED)) from = skipBlanks(bytes, from + TRUNCATED.length, line.to);
  if (bytes[from] === 91) return;
  if (
    !isIndented &&
    !headerFacts(/^[\w-]*(?=:)/.exec(latin1(bytes, from, Math.min(line.to, from + LONGEST_WORDS)))?.[0] ?? '')
  )
    return;
  into.keep(from, line.next);
}

/** A line that begins another layer or another packet, where nothing is indented. */
function isLayer({ bytes }: Block, { from, to }: DetailsLine): boolean {
  return /^(?:Frame \d|Ethernet II, |Internet Protocol|Session Initiation Protocol)/.test(
    latin1(bytes, from, Math.min(to, from + 40)),
  );
}

/** Behind the message as raw text, which a setting of Wireshark adds. */
function passRaw(block: Block, from: number, to: number): number {
  if (from >= to || !isText(block, lineAt(block, from, to), RAW)) return from;
  for (let at = lineAt(block, from, to).next; at < to; at = lineAt(block, at, to).next)
    if (lineAt(block, at, to).depth === 0) return at;
  return to;
}

/** Behind the bytes of the packet, which follow an empty line. */
function passDumps(block: Block, from: number, to: number): number {
  let behind = from;
  for (let at = from; at < to; ) {
    const line = lineAt(block, at, to);
    if (!isEmptyLine(block.bytes, at, line.next)) {
      const dump = hexLine(block.bytes, at, line.to);
      const isPart =
        (dump && dump.offset >= 0) ||
        DUMP.test(latin1(block.bytes, line.from, Math.min(line.to, line.from + LONGEST_WORDS)));
      if (!isPart) break;
      behind = line.next;
    }
    at = line.next;
  }
  return behind;
}
