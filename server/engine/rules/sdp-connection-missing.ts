import { portOf, type SdpSection, sessionDescriptions } from '../sip/sdp.ts';
import type { MessageRule } from './rule.ts';

export const sdpConnectionMissing: MessageRule = {
  id: 'sdp-connection-missing',
  group: 'sdp',
  scope: 'message',
  title: 'A medium has no address: there is a line c= neither for it nor for the session.',
  spec: 'RFC 8866 §5.7',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 4000 RTP/AVP 0
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    t=0 0
    m=audio 4000 RTP/AVP 0
    c=IN IP4 192.0.2.1
    m=video 0 RTP/AVP 31
    m=video 4002 RTP/AVP 31
    ^^^^^^^^^^^^^^^^^^^^^^^ This medium has no address: a line c= is needed here or in the part on the session.
  `,
  needs: ['sdp'],
  check(message, report) {
    for (const { session, media, whole } of sessionDescriptions(message)) {
      if (!whole || hasAddress(session)) continue;
      for (const medium of media) {
        if (hasAddress(medium) || portOf(message.text, medium) === 0) continue;
        report(medium.line, 'This medium has no address: a line c= is needed here or in the part on the session.');
      }
    }
  },
};

function hasAddress({ lines }: SdpSection): boolean {
  return lines.some(({ type }) => type === 'c');
}
