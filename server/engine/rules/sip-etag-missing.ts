import { isSuccessOf, lacks } from '../sip/presence.ts';
import { withHeader } from '../sip/repairs.ts';
import { tokenOf } from '../sip/soundValues.ts';
import type { MessageRule } from './rule.ts';

export const sipEtagMissing: MessageRule = {
  id: 'sip-etag-missing',
  group: 'header-presence',
  scope: 'message',
  title: 'A 2xx response to PUBLISH has no SIP-ETag.',
  spec: 'RFC 3903 §6; RFC 3903 §11.3.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    SIP/2.0 412 Conditional Request Failed
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK74b43
    From: <sip:bob@example.org>;tag=9fxced76sl
    To: <sip:bob@example.org>;tag=1
    Call-ID: 98798798@192.0.2.10
    CSeq: 70 PUBLISH
  `,
  bad: `
    SIP/2.0 200 OK
    ^^^^^^^^^^^^^^ A 200 response to PUBLISH has no SIP-ETag, without which what was published cannot be refreshed.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK74b43
    From: <sip:bob@example.org>;tag=9fxced76sl
    To: <sip:bob@example.org>;tag=1
    Call-ID: 98798798@192.0.2.10
    CSeq: 70 PUBLISH
    Expires: 1800
  `,
  reads: { outline: ['cseq'] },
  check(message, report) {
    if (!isSuccessOf(message, ['PUBLISH']) || !lacks(message, 'sip-etag')) return;
    const what = `A ${message.status} response to PUBLISH`;
    report(message.startLine, `${what} has no SIP-ETag, without which what was published cannot be refreshed.`);
  },
  fix: (reported) => withHeader(reported, 'SIP-ETag', tokenOf(reported.message, 'etag'), 'possible'),
};
