import { type Span, slice, span, trimmed } from '../base/text.ts';
import { lineBreakOf } from '../sip/edits.ts';
import { contentType, headerValue, type SipMessage } from '../sip/message.ts';
import { headerFacts } from '../sip/registry.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const messageBlankLine: MessageRule = {
  id: 'message-blank-line',
  group: 'start-line',
  scope: 'message',
  title: 'No empty line stands between the header section and the body, or at the end of a message without a body.',
  spec: 'RFC 3261 §7; RFC 3261 §7.5',
  severity: { strict: 'error', trace: 'info', ms: 'info', doc: 'off' },
  good: `
    BYE sip:alice@pc33.atlanta.example.com SIP/2.0
    CSeq: 231 BYE
    Content-Length: 0

  `,
  bad: `
    MESSAGE sip:bob@example.org SIP/2.0
    CSeq: 1 MESSAGE
    Content-Type: text/plain
    Content-Length: 18
    Watson, come here.
    ^^^^^^^^^^^^^^^^^^ An empty line is expected between the header section and the body.
  `,
  check(message, report, context) {
    if (message.blankLine || message.kind === 'unknown' || context.reflowed || message.headers.length === 0) return;
    const body = bodyLine(message);
    if (body) report(body, 'An empty line is expected between the header section and the body.');
    else if (context.profiles.includes('strict')) {
      // Logs and pages trim it, so that its absence says something of hand-written text only; editors trim it at the end of a file.
      const isLast = trimmed(message.text, message.to, message.text.length).from === message.text.length;
      const text = 'An empty line is expected at the end of the header section.';
      report(message.startLine, text, isLast ? 'hint' : undefined);
    }
  },
  fix: ({ message, at }) => {
    const end = message.headers.at(-1)!.to;
    const from = at.from > message.startLine.from ? at.from : Math.min(message.to, end + breakAt(message, end));
    const needed = from === end ? 2 : 1;
    return repair('Insert the empty line', [{ from, to: from, text: lineBreakOf(message).repeat(needed) }]);
  },
};

/** The first line of a body that follows the headers at once: XML or SDP, or what has no colon where a body is announced. */
function bodyLine(message: SipMessage): Span | undefined {
  if (message.body.from < message.body.to) {
    const text = slice(message.text, span(message.body.from, Math.min(message.body.to, message.body.from + 200)));
    return trimmed(message.text, message.body.from, message.body.from + text.split(/[\r\n]/)[0]!.length);
  }
  const last = message.headers.at(-1)!;
  const announced = contentType(message) !== '' && headerValue(message, 'content-length') !== '0';
  return announced ? message.stray.find((line) => line.from > last.from && !isHeaderLike(message, line)) : undefined;
}

/** A header without its colon is another fault. */
function isHeaderLike(message: SipMessage, line: Span): boolean {
  return headerFacts(slice(message.text, line).split(/[ \t]/)[0]!) !== undefined;
}

/** The length of the line break at an offset. */
function breakAt({ text }: SipMessage, at: number): number {
  return /^(?:\r\n|[\r\n])?/.exec(text.slice(at, at + 2))![0].length;
}
