import { slice } from '../base/text.ts';
import { statusFacts } from '../sip/registry.ts';
import type { MessageRule } from './rule.ts';

export const statusCodeUnregistered: MessageRule = {
  id: 'status-code-unregistered',
  group: 'start-line',
  scope: 'message',
  title: 'The status code is not in the IANA registry.',
  spec: 'RFC 3261 §8.1.3.2; RFC 3261 §27.4',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SIP/2.0 480 Away
    CSeq: 2 MESSAGE
  `,
  bad: `
    SIP/2.0 477 Send failed (477/TM)
            ^^^ 477 is no registered status code; it is treated like 400.
    CSeq: 2 INVITE
  `,
  reads: { outline: [] },
  check(message, report) {
    if (message.kind !== 'response') return;
    const code = slice(message.text, message.at.status);
    const facts = statusFacts(message.status);
    if (!/^[1-6]\d\d$/.test(code) || (facts && !facts.unregistered)) return;
    const name = facts ? ` (seen in traffic as “${facts.reason}”)` : '';
    report(
      message.at.status,
      `${code} is no registered status code${name}; it is treated like ${sameClass(message.status)}.`,
    );
  },
};

/** What an unknown code is treated like: x00, and 183 for a provisional one. */
function sameClass(status: number): number {
  return status < 200 ? 183 : Math.floor(status / 100) * 100;
}
