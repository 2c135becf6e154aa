import { slice } from '../base/text.ts';
import { misfits } from '../sip/valueGrammar.ts';
import type { MessageRule } from './rule.ts';

/** As devices wrote it before the standard: upper case, hyphens, braces. */
const EARLIER = /^\{?(?:[\da-f]-?){32}\}?(?:;|$)/i;

export const sessionIdValue: MessageRule = {
  id: 'session-id-value',
  group: 'header-values',
  scope: 'message',
  title: 'Session-ID is not 32 lower-case hexadecimal digits, with those of the other side behind remote=.',
  spec: 'RFC 7989 §5',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000

    ACK sip:bob@example.org SIP/2.0
    Session-ID: ab30317f1a784dc48ff824d0d3715d86
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Session-ID: X-17
                ^^^^ Session-ID must be 32 lower-case hexadecimal digits, with “;remote=” and 32 more, not “X-17”.
  `,
  reads: { each: ['session-id'] },
  check(message, report) {
    for (const { at, text } of misfits(message, 'session-id')) {
      if (EARLIER.test(slice(message.text, at))) report(at, text, 'hint');
      else report(at, text);
    }
  },
};
