import { slice } from '../base/text.ts';
import { attributes, isRtp, payloadType, portOf, type SdpMedium, sessionDescriptions } from '../sip/sdp.ts';
import type { MessageRule, Report } from './rule.ts';

export const sdpRtpmapUnused: MessageRule = {
  id: 'sdp-rtpmap-unused',
  group: 'sdp',
  scope: 'message',
  title: 'a=rtpmap is about a payload type that the medium does not have, or that has one already.',
  spec: 'RFC 8866 §6.6',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 4000 RTP/AVP 9 96
    a=rtpmap:9 G722/8000
    a=rtpmap:96 opus/48000/2
    m=video 0 RTP/AVP 31
    a=rtpmap:99 H264/90000
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 4000 RTP/AVP 9 97
    a=rtpmap:96 opus/48000/2
             ^^ The medium has no payload type 96: this line is about nothing.
    a=rtpmap:97 iLBC/8000
    a=rtpmap:97 G7221/16000
             ^^ Payload type 97 has an a=rtpmap already, another one.
  `,
  needs: ['sdp'],
  check(message, report) {
    for (const { media } of sessionDescriptions(message))
      for (const medium of media) {
        if (isRtp(message.text, medium) && portOf(message.text, medium) !== 0) checkMaps(message.text, medium, report);
      }
  },
};

/** The same line twice, as some devices send it, harms nobody. */
function checkMaps(text: string, medium: SdpMedium, report: Report): void {
  const formats = new Set(medium.formats.map((format) => slice(text, format)));
  const known = new Map<string, string>();
  for (const map of attributes(medium, 'rtpmap')) {
    const at = payloadType(text, map);
    const type = slice(text, at);
    const value = slice(text, map.value).toLowerCase();
    if (type && !formats.has(type)) report(at, `The medium has no payload type ${type}: this line is about nothing.`);
    else if (known.has(type) && known.get(type) !== value)
      report(at, `Payload type ${type} has an a=rtpmap already, another one.`);
    known.set(type, value);
  }
}
