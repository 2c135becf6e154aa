import { slice, span } from '../base/text.ts';
import { headerFacts } from '../sip/registry.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const headerSpaceBeforeColon: MessageRule = {
  id: 'header-space-before-colon',
  group: 'header-syntax',
  scope: 'message',
  title: 'A blank stands between a header name and its colon, which is legal but unusual.',
  spec: 'RFC 3261 §7.3.1; RFC 4475 §3.1.1.1',
  severity: { strict: 'hint', trace: 'off', ms: 'off', doc: 'off' },
  good: `
    NOTIFY sip:alice@example.org SIP/2.0
    Event:registration
    To:<sip:alice@example.org>;tag=1
  `,
  bad: `
    NOTIFY sip:alice@example.org SIP/2.0
    Event : registration
         ^ No blank is usual between the header name and the colon.
    To:<sip:alice@example.org>;tag=1
  `,
  reads: { outline: [] },
  check(message, report) {
    for (const field of message.headers) {
      if (!headerFacts(slice(message.text, field.name))) continue;
      const colon = message.text.indexOf(':', field.name.to);
      if (colon > field.name.to) {
        report(span(field.name.to, colon), 'No blank is usual between the header name and the colon.');
      }
    }
  },
  fix: ({ at }) => repair('Remove the blank', [{ ...at, text: '' }], 'sure'),
};
