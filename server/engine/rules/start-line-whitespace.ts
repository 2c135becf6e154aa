import { type Span, slice, span } from '../base/text.ts';
import type { SipMessage } from '../sip/message.ts';
import { replaced } from '../sip/repairs.ts';
import type { MessageRule, Reported } from './rule.ts';

export const startLineWhitespace: MessageRule = {
  id: 'start-line-whitespace',
  group: 'start-line',
  scope: 'message',
  title: 'The parts of the start line are not separated by exactly one blank.',
  spec: 'RFC 3261 §7.1; RFC 4475 §3.1.2.9; RFC 4475 §3.1.2.10',
  severity: { strict: 'warning', trace: 'hint', ms: 'hint', doc: 'off' },
  good: `
    SIP/2.0 200\x20
    Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
    CSeq: 39 INVITE
  `,
  bad: `
    ACK  sip:bob@biloxi.example.com SIP/2.0\x20
       ^^ One blank is expected here.
                                           ^ No blank is expected at the end of the request line.
    CSeq: 314159 ACK
  `,
  reads: { each: ['start-line'] },
  check(message, report) {
    if (message.kind === 'unknown') return;
    const { text, startLine } = message;
    const parts = separated(message);
    if (parts[0]!.from > startLine.from) {
      report(span(startLine.from, parts[0]!.from), 'No blank is expected at the start of the start line.');
    }
    for (let index = 1; index < parts.length; index++) {
      const gap = span(parts[index - 1]!.to, parts[index]!.from);
      if (slice(text, gap) !== ' ') report(gap, 'One blank is expected here.');
    }
    const last = parts.at(-1)!;
    if (message.kind === 'request' && last.to < startLine.to) {
      report(span(last.to, startLine.to), 'No blank is expected at the end of the request line.');
    }
  },
  fix: (reported) => replaced(reported, isBetween(reported) ? ' ' : '', 'sure'),
};

/** The parts that one blank must separate; a reason phrase may begin and end with blanks of its own. */
function separated(message: Exclude<SipMessage, { kind: 'unknown' }>): Span[] {
  return message.kind === 'request'
    ? [message.at.method, message.at.uri, message.at.version]
    : [message.at.version, message.at.status];
}

function isBetween({ message: { startLine }, at }: Reported): boolean {
  return at.from > startLine.from && at.to < startLine.to;
}
