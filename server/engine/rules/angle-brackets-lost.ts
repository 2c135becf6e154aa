import { addressesOf } from '../sip/addresses.ts';
import { hasLostBrackets } from '../sip/lostBrackets.ts';
import type { MessageRule } from './rule.ts';

export const angleBracketsLost: MessageRule = {
  id: 'angle-brackets-lost',
  group: 'header-syntax',
  scope: 'message',
  title: 'No URI of the message stands in angle brackets: a page took them for marks of its own.',
  spec: 'RFC 3261 §20.10; RFC 3261 §25.1',
  severity: { strict: 'off', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Route: <sip:192.0.2.1;lr>
    From: sip:alice@example.org;tag=1
    To: sip:bob@example.org
    Contact: sip:alice@192.0.2.4;transport=tcp
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Route: sip:192.0.2.1;lr
           ^^^^^^^^^^^^^^^^ No URI of this message stands in angle brackets: a page took them for marks of its own.
    From: sip:alice@example.org;tag=1
    To: sip:bob@example.org
    Contact: sip:alice@192.0.2.4;transport=tcp
  `,
  check(message, report) {
    const first = addressesOf(message)[0];
    if (first && hasLostBrackets(message))
      report(first.address, 'No URI of this message stands in angle brackets: a page took them for marks of its own.');
  },
};
