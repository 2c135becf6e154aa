import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { headerFacts } from '../sip/registry.ts';
import type { MessageRule } from './rule.ts';

export const compactFormUnknown: MessageRule = {
  id: 'compact-form-unknown',
  group: 'header-syntax',
  scope: 'message',
  title: 'A header name of one letter is no known compact form.',
  spec: 'RFC 3261 §7.3.3',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    o: presence
    u: presence, dialog
    K: 100rel
    x: 1800;refresher=uac
    b: <sip:alice@example.org>
  `,
  bad: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    z: 1
    ^ “z” is the compact form of no header.
  `,
  reads: { outline: [] },
  check(message, report) {
    for (const field of message.headers) {
      const name = slice(message.text, field.name);
      if (/^[a-z]$/i.test(name) && !headerFacts(name))
        report(field.name, `${quote(name)} is the compact form of no header.`);
    }
  },
};
