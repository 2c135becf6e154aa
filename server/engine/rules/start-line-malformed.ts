import { quote } from '../base/quote.ts';
import type { Repair } from '../base/repair.ts';
import { slice, span } from '../base/text.ts';
import { knownHeaders } from '../sip/grammar.ts';
import type { SipMessage, SipUnknown } from '../sip/message.ts';
import { methodFacts } from '../sip/registry.ts';
import { repair, replaced } from '../sip/repairs.ts';
import type { MessageRule, Report, Reported } from './rule.ts';

const TOKEN = /^[\w\-.!%*+`'~]+$/;
const VERSION = /^SIP\/\d+\.\d+$/i;
/** How other protocols that look alike end their start lines. */
const OTHER_PROTOCOL = /(?:^|\s)(?!SIP\/)[A-Za-z][\w-]*\/\d\.\d(?=\s|$)/i;

export const startLineMalformed: MessageRule = {
  id: 'start-line-malformed',
  group: 'start-line',
  onUnreadable: true,
  scope: 'message',
  title: 'The start line is neither a request line nor a status line.',
  spec: 'RFC 3261 §7.1; RFC 3261 §7.2; RFC 3261 §25.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    2024-07-02T10:15:00.123Z recv 512 bytes from udp/[10.0.0.7]:5060
    Via: SIP/2.0/UDP 10.0.0.7:5060;branch=z9hG4bK776asdhds
    Call-ID: 84b4c76e66710@10.0.0.7
    CSeq: 63104 OPTIONS
  `,
  bad: `
    OPTIONS sip:carol@chicago.example.com
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The request line must end with “SIP/2.0”.
    Via: SIP/2.0/UDP 10.0.0.7:5060;branch=z9hG4bK776asdhds
    Call-ID: 84b4c76e66710@10.0.0.7
    CSeq: 63104 OPTIONS
  `,
  reads: { outline: [] },
  check(message, report) {
    if (!isSip(message)) return;
    if (message.kind === 'request') checkMethod(message.text, message, report);
    if (message.kind === 'unknown') explain(message, report);
  },
  fix: mended,
};

function isSip(message: SipMessage): boolean {
  return knownHeaders(message) >= 2;
}

function checkMethod(text: string, message: Extract<SipMessage, { kind: 'request' }>, report: Report): void {
  if (TOKEN.test(message.method)) return;
  report(message.at.method, `The method must be a token such as INVITE, not ${quote(slice(text, message.at.method))}.`);
}

function explain(message: SipUnknown, report: Report): void {
  const line = slice(message.text, message.startLine);
  const words = line.trim().split(/\s+/);
  const first = words[0] ?? '';
  const start = message.startLine.from + line.indexOf(first);
  if (OTHER_PROTOCOL.test(line)) return;
  if (VERSION.test(first)) explainStatus(message, start + first.length, report);
  else if (/^SIP\b/i.test(first)) {
    report(span(start, start + first.length), `A status line begins with “SIP/2.0”, not ${quote(first)}.`);
  } else if (/^SIP\//i.test(words.at(-1) ?? '')) explainVersion(message, words.at(-1)!, words.length, report);
  else if (isRequestLike(line, first)) report(message.startLine, 'The request line must end with “SIP/2.0”.');
}

/** A method or a SIP URI, and none of the signs of a log's own line. */
function isRequestLike(line: string, first: string): boolean {
  return !/^[<\-[(|]/.test(first) && (methodFacts(first.toUpperCase()) !== undefined || /\bsips?:/i.test(line));
}

function explainVersion(message: SipUnknown, last: string, words: number, report: Report): void {
  if (!VERSION.test(last)) {
    const from = message.startLine.from + slice(message.text, message.startLine).lastIndexOf(last);
    report(span(from, from + last.length), `The request line must end with “SIP/2.0”, not ${quote(last)}.`);
  } else if (words < 3) report(message.startLine, 'A request line needs a method, a Request-URI and “SIP/2.0”.');
  else report(message.startLine, 'A request line begins with a method such as INVITE.');
}

function explainStatus(message: SipUnknown, from: number, report: Report): void {
  const rest = slice(message.text, span(from, message.startLine.to));
  const word = /\S+/.exec(rest);
  const at = word ? span(from + word.index, from + word.index + word[0].length) : message.startLine;
  report(at, 'A status line needs a status code of three digits behind “SIP/2.0”.');
}

/** A version that is mistyped, or is not there at all. */
function mended(reported: Reported): readonly Repair[] {
  const { message, at } = reported;
  const word = slice(message.text, at);
  if (/^SIP\S*$/i.test(word)) return replaced(reported, 'SIP/2.0');
  if (!isRequestLike(word, word.split(/\s/, 1)[0]!) || /\sSIP\/\S*$/i.test(word)) return [];
  return repair("Insert 'SIP/2.0'", [{ from: at.to, to: at.to, text: ' SIP/2.0' }]);
}
