import { type Span, slice, trimmed } from '../base/text.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

const BREAK = /(?:\r\n|\r|\n)(?=[^ \t\r\n])/g;

export const headerLineBroken: MessageRule = {
  id: 'header-line-broken',
  group: 'header-syntax',
  scope: 'message',
  title: 'A header goes on in a line that does not begin with a blank: a page or a mail broke it.',
  spec: 'RFC 3261 §7.3.1',
  severity: { strict: 'error', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060
     ;branch=z9hG4bK87asdks7
    Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY,
      INFO, PUBLISH, MESSAGE
    From: <sip:alice@example.org>;tag=1,
    X-Note: 1;
    Max-Forwards: 70 
    Subject hi
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY,
    INFO, PUBLISH, MESSAGE
    ^^^^^^^^^^^^^^^^^^^^^^ This goes on with the header Allow, but no blank begins the line: a page or a mail broke it.
    To: 
    <sip:bob@example.org>;tag=b27e1a1d33761e85846fc98f5f3a7e58.4d21
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This goes on with the header To, but no blank begins the line: a page or a mail broke it.
  `,
  reads: { each: 'field', having: '\n' },
  check({ text, headers }, report, { profiles }) {
    for (const field of headers) {
      const rest = brokenOff(text, field);
      if (!rest) continue;
      const name = slice(text, field.name);
      report(rest, `This goes on with the header ${name}, but no blank begins the line: a page or a mail broke it.`);
      // What broke one line broke the others, too.
      if (!profiles.includes('strict')) return;
    }
  },
  fix: ({ message: { text }, at }) => {
    let from = at.from;
    while (/\s/.test(text[from - 1] ?? '')) from--;
    return repair('Join it to the line before', [{ from, to: at.from, text: ' ' }], 'sure');
  },
};

/** The first line of a header that goes on with it unmarked. */
function brokenOff(text: string, field: Span): Span | null {
  BREAK.lastIndex = 0;
  const found = BREAK.exec(slice(text, field));
  if (!found) return null;
  const from = field.from + found.index + found[0].length;
  const rest = /^[^\r\n]*/.exec(text.slice(from, field.to))![0];
  return trimmed(text, from, from + rest.length);
}
