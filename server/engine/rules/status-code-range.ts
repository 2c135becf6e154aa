import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { knownHeaders } from '../sip/grammar.ts';
import type { MessageRule } from './rule.ts';

export const statusCodeRange: MessageRule = {
  id: 'status-code-range',
  group: 'start-line',
  scope: 'message',
  title: 'The status code is not a number from 100 to 699.',
  spec: 'RFC 3261 §7.2; RFC 4475 §3.1.2.19',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    SIP/2.0 603 Decline
    Via: SIP/2.0/UDP 10.0.0.7:5060;branch=z9hG4bK776asdhds
    CSeq: 63104 INVITE
  `,
  bad: `
    SIP/2.0 4294967301 better not break the receiver
            ^^^^^^^^^^ The status code must be a number from 100 to 699, not “4294967301”.
    Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
    CSeq: 353494 INVITE
  `,
  reads: { outline: [] },
  check(message, report) {
    if (message.kind !== 'response' || knownHeaders(message) < 2) return;
    const code = slice(message.text, message.at.status);
    if (!/^[1-6]\d\d$/.test(code)) {
      report(message.at.status, `The status code must be a number from 100 to 699, not ${quote(code)}.`);
    }
  },
};
