import type { Confidence } from '../base/repair.ts';
import { addToList } from '../sip/edits.ts';
import { header, type SipRequest } from '../sip/message.ts';
import { isSuccessOf } from '../sip/presence.ts';
import { repair } from '../sip/repairs.ts';
import { hasOption, listValues, param, parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const sessionTimerHeaders: MessageRule = {
  id: 'session-timer-headers',
  group: 'header-presence',
  scope: 'message',
  title: 'Session-Expires stands without timer support in a request, or without refresher in a 2xx.',
  spec: 'RFC 4028 §7.1; RFC 4028 §9',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK4b43c2ff8
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    x: 1800
  `,
  bad: `
    SIP/2.0 200 OK
    Via: SIP/2.0/TLS 10.56.64.122:2157;received=10.29.107.208
    CSeq: 1 INVITE
    Session-Expires: 720
                     ^^^ Session-Expires in a 2xx response says who refreshes: refresher=uac or refresher=uas.
    Supported: timer
  `,
  needs: ['session-expires'],
  check(message, report) {
    const field = header(message, 'session-expires');
    if (!field) return;
    if (message.kind === 'request' && !mentionsTimer(message) && !isForwarded(message)) {
      report(field.value, 'Session-Expires needs the option tag timer in Supported or Require.');
    } else if (isSuccessOf(message, ['INVITE', 'UPDATE'])) {
      const params = parseParams(message.text, field.value.from, field.value.to);
      if (param(params, 'refresher')) return;
      report(field.value, 'Session-Expires in a 2xx response says who refreshes: refresher=uac or refresher=uas.');
    }
  },
  fix: ({ message, at }) => {
    if (message.kind === 'request')
      return repair("Add 'timer' to Supported", [addToList(message, 'Supported', 'timer')]);
    const to = header(message, 'session-expires')?.value.to ?? at.to;
    const refreshed = (by: string, confidence: Confidence) =>
      repair(`Add ';refresher=${by}'`, [{ from: to, to, text: `;refresher=${by}` }], confidence);
    return [...refreshed('uac', 'likely'), ...refreshed('uas', 'possible')];
  },
};

function mentionsTimer(message: SipRequest): boolean {
  return hasOption(message, 'supported', 'timer') || hasOption(message, 'require', 'timer');
}

/** A proxy may have added Session-Expires for a caller that knows no timers (RFC 4028 §8.1). */
function isForwarded(message: SipRequest): boolean {
  return listValues(message, 'via').length > 1;
}
