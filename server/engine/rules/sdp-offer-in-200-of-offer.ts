import { unansweredOffers } from '../flow/offers.ts';
import { headOf, named, pointTo } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const sdpOfferIn200OfOffer: CallRule = {
  id: 'sdp-offer-in-200-of-offer',
  group: 'sdp',
  scope: 'call',
  title: 'An INVITE with an offer was accepted, but no answer came.',
  spec: 'RFC 3261 §13.2.1; RFC 3264 §4',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Content-Type: application/sdp

    v=0

    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Require: 100rel
    RSeq: 1
    Content-Type: application/sdp

    v=0

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Content-Length: 0
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Content-Type: application/sdp

    v=0

    SIP/2.0 200 OK
            ^^^ The INVITE (message 1) has an offer, this 200 no answer: the caller does not know where to send media, and may end the call.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Content-Length: 0
  `,
  needs: ['sdp'],
  check(call, report) {
    for (const { invite, response, preview } of unansweredOffers(call)) {
      const lost = 'the caller does not know where to send media, and may end the call.';
      const seen = preview ? ` (that in ${named(preview)} is not reliable)` : '';
      const text = `The INVITE (${named(invite)}) has an offer, this ${response.status} no answer${seen}: ${lost}`;
      const related = [pointTo(invite, 'The INVITE with the offer.')];
      if (preview) related.push(pointTo(preview, 'A session description that is sent once only, and may be lost.'));
      report(response, headOf(response), text, related);
    }
  },
};
