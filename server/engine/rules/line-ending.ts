import { type Span, span, type TextEdit } from '../base/text.ts';
import type { SipMessage } from '../sip/message.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const lineEnding: MessageRule = {
  id: 'line-ending',
  group: 'start-line',
  scope: 'message',
  title: 'Lines of the header section end in CR alone, or some in CRLF and some in LF.',
  spec: 'RFC 3261 §7',
  severity: { strict: 'hint', trace: 'off', ms: 'off', doc: 'off' },
  good: `
    OPTIONS sip:bob@example.org SIP/2.0
    CSeq: 1 OPTIONS
    Max-Forwards: 70

  `,
  bad: `
    OPTIONS sip:bob@example.org SIP/2.0\r
    CSeq: 1 OPTIONS
    ^^^^^^^^^^^^^^^ This line ends in LF, others of the message in CRLF; all must end in CRLF.
    Max-Forwards: 70\r
    \r
  `,
  check(message, report, context) {
    if (context.reflowed) return;
    const first = firstOf(message);
    if (first.cr) report(first.cr, 'This line ends in CR alone; lines must end in CRLF.');
    else if (first.lf && first.crlf) {
      report(first.lf, 'This line ends in LF, others of the message in CRLF; all must end in CRLF.');
    }
  },
  fix: ({ message: { text, startLine, body } }) => {
    const edits: TextEdit[] = [];
    for (let at = startLine.from; at < body.from; at++) {
      const length = text.startsWith('\r\n', at) ? 2 : /[\r\n]/.test(text[at]!) ? 1 : 0;
      if (length === 1) edits.push({ from: at, to: at + 1, text: '\r\n' });
      if (length === 2) at++;
    }
    return repair('End all lines of the head in CRLF', edits, 'sure');
  },
};

/** The first line of the start line and header section with each kind of end. */
function firstOf({ text, startLine, body }: SipMessage): { cr?: Span; lf?: Span; crlf?: Span } {
  const found: { cr?: Span; lf?: Span; crlf?: Span } = {};
  let start = startLine.from;
  for (let at = start; at < body.from; at++) {
    const code = text.charCodeAt(at);
    if (code !== 13 && code !== 10) continue;
    const isCrlf = code === 13 && text.charCodeAt(at + 1) === 10;
    found[code === 10 ? 'lf' : isCrlf ? 'crlf' : 'cr'] ??= span(start, Math.max(at, start + 1));
    if (isCrlf) at++;
    start = at + 1;
  }
  return found;
}
