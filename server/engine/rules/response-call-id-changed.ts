import { quote } from '../base/quote.ts';
import type { IdentityNotice } from '../flow/identities.ts';
import type { TraceRule } from './rule.ts';

export const responseCallIdChanged: TraceRule = {
  id: 'response-call-id-changed',
  group: 'transactions',
  scope: 'trace',
  about: 'identities',
  title: 'A response has branch and CSeq of a request, but another Call-ID.',
  spec: 'RFC 3261 §8.2.6.2',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 OPTIONS

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 OPTIONS

    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 2@example.org
    CSeq: 1 OPTIONS

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 2@example.org
    CSeq: 1 OPTIONS

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 3@example.org
    CSeq: 1 OPTIONS
  `,
  bad: `
    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 OPTIONS

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 9@example.org
             ^^^^^^^^^^^^^ Call-ID must be that of the request with this branch (message 1), “1@example.org”: its sender cannot match this response and drops it.
    CSeq: 1 OPTIONS
  `,
  check({ identities }, report) {
    const requests = new Map<string, Map<string, IdentityNotice>>();
    for (const notice of identities) {
      const known = requests.get(notice.transaction);
      if (!notice.transaction) continue;
      if (notice.isRequest) requests.set(notice.transaction, (known ?? new Map()).set(notice.callId, notice));
      else if (known && !known.has(notice.callId)) {
        const request = [...known.values()][0]!;
        const text = `Call-ID must be that of the request with this branch (message ${request.index + 1}), ${quote(request.callId)}: its sender cannot match this response and drops it.`;
        report(notice, text, [{ notice: request, text: 'The request.' }]);
      }
    }
  },
};
