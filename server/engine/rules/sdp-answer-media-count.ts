import { slice } from '../base/text.ts';
import { mismatchedAnswers } from '../flow/offers.ts';
import { named } from '../flow/sequence.ts';
import { lineBreakOf } from '../sip/edits.ts';
import { repair } from '../sip/repairs.ts';
import type { CallRule } from './rule.ts';

export const sdpAnswerMediaCount: CallRule = {
  id: 'sdp-answer-media-count',
  group: 'sdp',
  scope: 'call',
  title: 'An answer has other media than the offer: more, fewer, or in another order.',
  spec: 'RFC 3264 §6',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    t=0 0
    m=audio 4000 RTP/AVP 0
    m=video 4002 RTP/AVP 31

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Content-Type: application/sdp

    v=0
    o=bob 1 1 IN IP4 192.0.2.9
    s=-
    t=0 0
    m=audio 5000 RTP/AVP 0
    m=video 0 RTP/AVP 31
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
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 4000 RTP/AVP 0
    m=video 4002 RTP/AVP 31

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Content-Type: application/sdp

    v=0
    o=bob 1 1 IN IP4 192.0.2.9
    s=-
    c=IN IP4 192.0.2.9
    t=0 0
    m=audio 5000 RTP/AVP 0
    ^^^^^^^^^^^^^^^^^^^^^^ The offer (message 1) has 2 media, this answer 1: a medium that is not wanted is answered with port 0. The two sides take different media for the same.
  `,
  needs: ['sdp'],
  check(call, report) {
    for (const { answer, at, text, offer } of mismatchedAnswers(call)) {
      const lines = offer.description.media;
      const where = lines[0]?.line ?? offer.description;
      report(answer.sent, at, `${text} The two sides take different media for the same.`, [
        { in: offer.sent, at: where, text: `The media of the offer in ${named(offer.sent)}.` },
      ]);
    }
  },
  fix: ({ message, at, flow, call }) => {
    const found = mismatchedAnswers(call()).find(
      (one) => one.answer.sent.index === flow().index && one.at.from === at.from,
    );
    const { media } = found?.answer.description ?? { media: [] };
    if (!found?.fewer) return [];
    const missing = found.offer.description.media.slice(media.length).map(({ line, port }) => {
      const { text } = found.offer.description;
      return port ? `${text.slice(line.from, port.from)}0${text.slice(port.to, line.to).trimEnd()}` : slice(text, line);
    });
    const end = found.answer.description.to;
    const added = missing.map((line) => `${lineBreakOf(message)}${line}`).join('');
    return repair('Answer the other media with port 0', [{ from: end, to: end, text: added }]);
  },
};
