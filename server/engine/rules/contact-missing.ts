import { isSuccessOf, lacks } from '../sip/presence.ts';
import { withHeader } from '../sip/repairs.ts';
import { soundValue } from '../sip/soundValues.ts';
import { methodOf } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const REQUESTS = ['INVITE', 'SUBSCRIBE', 'REFER', 'UPDATE', 'NOTIFY'];
const ANSWERED = ['INVITE', 'SUBSCRIBE', 'REFER', 'UPDATE'];

export const contactMissing: MessageRule = {
  id: 'contact-missing',
  group: 'header-presence',
  scope: 'message',
  title: 'A request that makes or refreshes a dialog, or its 2xx, has no Contact.',
  spec: 'RFC 3261 §8.1.1.8; RFC 3261 §12.1.1; RFC 3265 §7.1; RFC 3311 §6; RFC 3515 §2.2',
  severity: { strict: 'error', trace: 'warning', ms: 'info', doc: 'off' },
  good: `
    BENOTIFY sip:10.29.107.208:2157;transport=tls;ms-opaque=ae7937d6e6;ms-received-cid=29500;grid SIP/2.0
    Via: SIP/2.0/TLS 10.29.106.52:5061;branch=z9hG4bK74B6E95E.6011A72A;branched=FALSE
    Authentication-Info: Kerberos rspauth="602306092A86", srand="E8F4A9CD", snum="173", qop="auth"
    Max-Forwards: 70
    To: <sip:alice@contoso.com>;tag=8ca1c2ecee;epid=bd4bd366c2
    From: <sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B>;tag=0C390080
    Call-ID: e4687f7cae464055aae47121f976c941
    CSeq: 9 BENOTIFY
    Event: conference
    subscription-state: active;expires=3600
    Content-Length: 0
  `,
  bad: `
    SIP/2.0 200 OK
    ^^^^^^^^^^^^^^ A 200 response to INVITE has no Contact, the target of later requests in the dialog.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 314159 INVITE
    Content-Length: 0
  `,
  reads: { outline: ['cseq'] },
  check(message, report) {
    if (!lacks(message, 'contact')) return;
    if (message.kind === 'request' && REQUESTS.includes(message.method)) {
      report(message.startLine, `${message.method} has no Contact, the target of later requests in the dialog.`);
    } else if (isSuccessOf(message, ANSWERED)) {
      const what = `A ${message.status} response to ${methodOf(message)}`;
      report(message.startLine, `${what} has no Contact, the target of later requests in the dialog.`);
    }
  },
  fix: (reported) => withHeader(reported, 'Contact', soundValue(reported.message, 'Contact', [])),
};
