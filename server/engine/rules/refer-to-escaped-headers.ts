import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { soundUris } from '../sip/addresses.ts';
import { replaced } from '../sip/repairs.ts';
import { uriHeaders } from '../sip/uriHeaders.ts';
import type { MessageRule } from './rule.ts';

/** What parts the pieces of a URI and so must be escaped in them. */
const PARTING = /[;=@,]/g;

export const referToEscapedHeaders: MessageRule = {
  id: 'refer-to-escaped-headers',
  group: 'header-values',
  scope: 'message',
  title: 'A header field in the URI of Refer-To holds ; = @ or & as they are; they must be escaped.',
  spec: 'RFC 3515 §2.1; RFC 3261 §19.1.2; RFC 3261 §25.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    REFER sip:bob@192.0.2.4 SIP/2.0
    Refer-To: <sip:dave@example.org;user=phone?Replaces=1%40h%3Bto-tag%3D2%3Bfrom-tag%3D3&Require=replaces>;x=y@z
    Contact: <sip:who?@192.0.2.4>
  `,
  bad: `
    REFER sip:bob@192.0.2.4 SIP/2.0
    Refer-To: <sip:dave@example.org?Replaces=1@h;to-tag=2;from-tag=3>
                                             ^^^^^^^^^^^^^^^^^^^^^^^ In a header field inside a URI “@”, “;” and “=” must be written %40, %3B and %3D.
    Refer-To: <sip:example.org?Replaces=1@h%3Bto-tag%3D2&Subject=you&me>
                                        ^^^^^^^^^^^^^^^^ In a header field inside a URI “@” must be written %40.
                                                                     ^^ A header field inside a URI is a name and a value, as in “Subject=x”; an “&” in a value is written %26.
  `,
  reads: { each: ['refer-to'] },
  check(message, report) {
    for (const { field, uri } of soundUris(message)) {
      if (field?.id !== 'refer-to') continue;
      for (const entry of uriHeaders(message.text, uri)) {
        if (!entry.value) {
          const advice = 'as in “Subject=x”; an “&” in a value is written %26';
          report(entry, `A header field inside a URI is a name and a value, ${advice}.`);
          continue;
        }
        const signs = [...new Set(slice(message.text, entry.value).match(PARTING))];
        if (!signs.length) continue;
        const codes = signs.map(escaped);
        const text = `In a header field inside a URI ${joined(signs.map(quote))} must be written ${joined(codes)}.`;
        report(entry.value, text);
      }
    }
  },
  fix: (reported) => {
    const { message, at } = reported;
    const written = slice(message.text, at);
    const mended = written.replace(PARTING, escaped);
    if (mended !== written) return replaced(reported, mended);
    return message.text[at.from - 1] === '&'
      ? replaced({ message, at: { from: at.from - 1, to: at.from } }, '%26')
      : [];
  },
};

function escaped(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
