import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { headers } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { withContentLength } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const contentLengthSyntax: MessageRule = {
  id: 'content-length-syntax',
  group: 'header-values',
  scope: 'message',
  title: 'Content-Length is not a number of octets.',
  spec: 'RFC 3261 §20.14; RFC 4475 §3.1.2.3',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    BYE sip:bob@example.org SIP/2.0
    CONTENT-LENGTH:0000

    MESSAGE sip:bob@example.org SIP/2.0
    Content-Length: ...
  `,
  bad: `
    BYE sip:bob@example.org SIP/2.0
    l: -5
       ^^ Content-Length must be a number of octets such as 0 or 142, not “-5”.
  `,
  reads: { each: ['content-length'] },
  check(message, report) {
    for (const { value } of headers(message, 'content-length')) {
      const written = slice(message.text, value);
      if (!written || /^\d+$/.test(written) || isPlaceholder(written)) continue;
      report(value, `Content-Length must be a number of octets such as 0 or 142, not ${quote(written)}.`);
    }
  },
  fix: withContentLength,
};
