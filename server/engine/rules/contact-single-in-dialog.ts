import { type Span, slice } from '../base/text.ts';
import type { SipMessage } from '../sip/message.ts';
import { isSuccessOf } from '../sip/presence.ts';
import { withoutValue } from '../sip/repairs.ts';
import { listValues, methodOf } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const METHODS = ['INVITE', 'UPDATE', 'SUBSCRIBE', 'NOTIFY', 'REFER'];

export const contactSingleInDialog: MessageRule = {
  id: 'contact-single-in-dialog',
  group: 'header-count',
  scope: 'message',
  title: 'A message that makes or refreshes a dialog has several Contact addresses.',
  spec: 'RFC 3261 §8.1.1.8; RFC 3261 §12.1; RFC 3515 §2.2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    SIP/2.0 302 Moved Temporarily
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK2d4790
    From: <sip:alice@example.org>;tag=1
    To: <sip:bob@example.org>;tag=2
    Call-ID: 3c26700857a87f84@192.0.2.10
    CSeq: 1 INVITE
    User-Agent: PolycomSoundPointIP-SPIP_650-UA/3.3.1
    Contact: <sip:bob@192.0.2.4>, <sip:bob@192.0.2.5>;q=0.5
    Contact: <tel:+15551234>, <mailto:bob@example.org>
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    CSeq: 1 INVITE
    Contact: "Smith, Al" <sip:al@192.0.2.4>
    m: <sip:al@192.0.2.5>;q=0.5
       ^^^^^^^^^^^^^^^^^^^^^^^^ INVITE takes one Contact address, the target of the dialog; this is another.
  `,
  reads: { outline: ['contact', 'cseq'] },
  check(message, report) {
    if (!isAboutDialog(message)) return;
    const second = listValues(message, 'contact').filter((value) => isAddress(message.text, value))[1];
    if (!second) return;
    const what = message.kind === 'request' ? methodOf(message) : `A 2xx response to ${methodOf(message)}`;
    report(second, `${what} takes one Contact address, the target of the dialog; this is another.`);
  },
  fix: withoutValue,
};

function isAboutDialog(message: SipMessage): boolean {
  return (message.kind === 'request' && METHODS.includes(message.method)) || isSuccessOf(message, METHODS);
}

/** Not so the first half of a display name that has a comma and no quotes. */
function isAddress(text: string, value: Span): boolean {
  return slice(text, value).includes(':');
}
