import { slice } from '../base/text.ts';
import { attributes, isRtp, payloadType, portOf, sessionDescriptions } from '../sip/sdp.ts';
import type { MessageRule } from './rule.ts';

export const sdpDynamicPtWithoutRtpmap: MessageRule = {
  id: 'sdp-dynamic-pt-without-rtpmap',
  group: 'sdp',
  scope: 'message',
  title: 'A payload type that has no meaning of its own is offered without a=rtpmap, which gives it one.',
  spec: 'RFC 3551 §6; RFC 3264 §5.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 4000 RTP/AVP 0 34 101
    a=rtpmap:101 telephone-event/8000
    m=video 0 RTP/AVP 97
    m=message 5060 sip null
    m=application 4002 UDP/DTLS/SCTP 99
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 4000 RTP/SAVP 0 96
                            ^^ Payload type 96 means nothing by itself: a line a=rtpmap:96 is expected.
    a=rtpmap:97 opus/48000/2
  `,
  needs: ['sdp'],
  check(message, report) {
    for (const { media, whole } of sessionDescriptions(message))
      for (const medium of whole ? media : []) {
        if (!isRtp(message.text, medium) || portOf(message.text, medium) === 0) continue;
        const mapped = new Set(
          attributes(medium, 'rtpmap').map((map) => slice(message.text, payloadType(message.text, map))),
        );
        for (const format of medium.formats) {
          const type = slice(message.text, format);
          if (!isDynamic(type) || mapped.has(type)) continue;
          report(format, `Payload type ${type} means nothing by itself: a line a=rtpmap:${type} is expected.`);
        }
      }
  },
};

/** 35 to 63 are free too, for those who run out of 96 to 127 (RFC 3551 §3). */
function isDynamic(type: string): boolean {
  const number = /^\d{2,3}$/.test(type) ? Number(type) : 0;
  return (number >= 96 && number <= 127) || (number >= 35 && number <= 63);
}
