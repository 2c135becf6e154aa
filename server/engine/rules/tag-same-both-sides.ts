import { quote } from '../base/quote.ts';
import { address, param, tagOf } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const tagSameBothSides: MessageRule = {
  id: 'tag-same-both-sides',
  group: 'header-values',
  scope: 'message',
  title: 'From and To have the same tag, as if one party had made both.',
  spec: 'RFC 3261 §19.3',
  severity: { strict: 'hint', trace: 'off', ms: 'off', doc: 'off' },
  good: `
    BYE sip:bob@192.0.2.4 SIP/2.0
    From: <sip:alice@example.org>;tag=abc
    To: <sip:bob@example.org>;tag=ABC
  `,
  bad: `
    BYE sip:bob@192.0.2.4 SIP/2.0
    From: <sip:alice@example.org>;tag=1
    To: <sip:bob@example.org>;tag=1
                              ^^^^^ From has the tag “1” already; each side makes its own, at random.
  `,
  reads: { outline: ['from', 'to'] },
  check(message, report) {
    const tag = tagOf(message, 'to');
    const at = param(address(message, 'to')?.params ?? [], 'tag');
    if (tag && at && tag === tagOf(message, 'from'))
      report(at, `From has the tag ${quote(tag)} already; each side makes its own, at random.`);
  },
};
