import { quote } from '../base/quote.ts';
import { search, slice, trimmed } from '../base/text.ts';
import { hasBody, header, headerValue, type SipMessage } from '../sip/message.ts';
import { bodyParts } from '../sip/multipart.ts';
import { isPlaceholderBody } from '../sip/placeholder.ts';
import { isExcerpt } from '../sip/presence.ts';
import type { MessageRule } from './rule.ts';

export const sipfragStatusLine: MessageRule = {
  id: 'sipfrag-status-line',
  group: 'bodies',
  scope: 'message',
  title:
    'A NOTIFY about a REFER does not tell its outcome: its body is no message/sipfrag that begins with a status line.',
  spec: 'RFC 3515 §2.4.4; RFC 3515 §2.4.5',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 NOTIFY
    Event: refer;id=7
    Subscription-State: terminated;reason=noresource
    Content-Type: message/sipfrag;version=2.0

    SIP/2.0 603 Declined
  `,
  bad: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 NOTIFY
    Event: refer
    Subscription-State: active;expires=60
    Content-Type: message/sipfrag

    Trying
    ^^^^^^ The body must begin with a status line as SIP/2.0 100 Trying, not with “Trying”: the sender of the REFER does not learn what came of it.
  `,
  needs: ['event'],
  check(message, report) {
    if (!isReferNotification(message) || isExcerpt(message)) return;
    const lost = 'the sender of the REFER does not learn what came of it.';
    if (!hasBody(message)) {
      const cut = !message.blankLine || Number(headerValue(message, 'content-length') ?? 0) > 0;
      if (!cut) report(message.startLine, `The NOTIFY of a REFER must have a message/sipfrag body: ${lost}`);
      return;
    }
    const parts = bodyParts(message);
    const fragment = parts.find(({ type }) => type === 'message/sipfrag');
    const field = header(message, 'content-type');
    if (!fragment && field && parts.some(({ type, body }) => type && !isPlaceholderBody(message.text, body)))
      report(field.value, `The body of a NOTIFY of a REFER must be message/sipfrag: ${lost}`);
    if (!fragment || fragment.encoded || isPlaceholderBody(message.text, fragment.body)) return;
    const core = trimmed(message.text, fragment.body.from, fragment.body.to);
    const at = trimmed(message.text, core.from, search(message.text, 10, core.from, core.to));
    const line = slice(message.text, at);
    if (!/^SIP\/\d+\.\d+[ \t]+\d{3}(?!\d)/i.test(line))
      report(at, `The body must begin with a status line as SIP/2.0 100 Trying, not with ${quote(line)}: ${lost}`);
  },
};

/** Whether a message notifies of what came of a REFER (RFC 3515 §3). */
export function isReferNotification(message: SipMessage): boolean {
  if (message.kind !== 'request' || (message.method !== 'NOTIFY' && message.method !== 'BENOTIFY')) return false;
  return /^refer\s*(?:;|$)/i.test((headerValue(message, 'event') ?? '').trim());
}
