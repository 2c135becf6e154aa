import { isUnsolicited, lacks } from '../sip/presence.ts';
import { withHeader } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const subscriptionStateMissing: MessageRule = {
  id: 'subscription-state-missing',
  group: 'header-presence',
  scope: 'message',
  title: 'NOTIFY or BENOTIFY has no Subscription-State.',
  spec: 'RFC 6665 §8.2.3; RFC 3265 §7.2',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    BENOTIFY sip:10.29.107.208:2157;transport=tls;ms-opaque=ae7937d6e6;ms-received-cid=29500;grid SIP/2.0
    Via: SIP/2.0/TLS 10.29.106.52:5061;branch=z9hG4bK74B6E95E.6011A72A;branched=FALSE
    Max-Forwards: 70
    To: <sip:alice@contoso.com>;tag=8ca1c2ecee;epid=bd4bd366c2
    Content-Length: 0
    From: <sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B>;tag=0C390080
    Call-ID: e4687f7cae464055aae47121f976c941
    CSeq: 9 BENOTIFY
    Event: conference
    subscription-state: active;expires=3600
  `,
  bad: `
    NOTIFY sip:bob@192.0.2.10 SIP/2.0
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ NOTIFY has no Subscription-State, which says whether the subscription goes on.
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1d2b
    From: <sip:alice@example.org>;tag=ffd2
    To: <sip:bob@example.org>;tag=9fxced76sl
    Contact: <sip:alice@192.0.2.1>
    Call-ID: 3848276298220188511@example.org
    CSeq: 8775 NOTIFY
    Event: message-summary
    Content-Length: 0
  `,
  reads: { outline: [] },
  check(message, report) {
    if (message.kind !== 'request' || (message.method !== 'NOTIFY' && message.method !== 'BENOTIFY')) return;
    if (!lacks(message, 'subscription-state')) return;
    const text = `${message.method} has no Subscription-State, which says whether the subscription goes on.`;
    report(message.startLine, text, isUnsolicited(message) ? 'hint' : undefined);
  },
  fix: (reported) => withHeader(reported, 'Subscription-State', 'active'),
};
