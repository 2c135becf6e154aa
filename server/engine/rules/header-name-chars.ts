import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { headerFacts } from '../sip/registry.ts';
import type { MessageRule } from './rule.ts';

const TOKEN_CHARS = /[\w\-.!%*+`'~]/g;
/** Typographic characters and control characters, which other rules name. */
const OTHER_FAULTS = /[\u2010-\u2015\u2212\u00a0\u2018-\u201f\ufffd\x00-\x08\x0a-\x1f\x7f]/g;
/** Signs that a line comes from a log: a time or a number first, a mark, or a whole sentence. */
const LOG_LINE = /^[\d[<({|>#=-]|(?:\S+[ \t]+){3}/;

export const headerNameChars: MessageRule = {
  id: 'header-name-chars',
  group: 'header-syntax',
  scope: 'message',
  title: 'A header name holds a character that is not allowed in a name.',
  spec: 'RFC 3261 §7.3.1; RFC 3261 §25.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    P_Preferred_Identity: <sip:alice@example.org>
    !interesting-Header0123456789_*+\`.%indeed'~: pct-encoded
    2024-07-02 10:15:00 [worker 3] still inside the message
    Max-Forwards: 70
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    User Agent: Softphone 1.0
    ^^^^^^^^^^ A header name must not contain a blank; did you mean User-Agent?
    X/Foo: 1
    ^^^^^ A header name must not contain “/”.
    Max-Forwards: 70
  `,
  reads: { outline: [] },
  check(message, report) {
    for (const field of message.headers) {
      const name = slice(message.text, field.name);
      const wrong = name.replace(TOKEN_CHARS, '').replace(OTHER_FAULTS, '')[0];
      if (!wrong || LOG_LINE.test(name) || isValueOfOther(name)) continue;
      const known = headerFacts(name.replace(/[ \t]+/g, '-'))?.name;
      const shown = /\s/.test(wrong) ? 'a blank' : `${quote(wrong)}`;
      report(field.name, `A header name must not contain ${shown}${known ? `; did you mean ${known}?` : '.'}`);
    }
  },
};

/** A known name followed by something else lacks its colon, which is another fault. */
function isValueOfOther(name: string): boolean {
  const word = /^[\w-]{2,}/.exec(name)?.[0];
  return word !== undefined && headerFacts(word) !== undefined;
}
