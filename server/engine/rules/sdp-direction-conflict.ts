import { trimmed } from '../base/text.ts';
import { sessionDescriptions } from '../sip/sdp.ts';
import type { MessageRule } from './rule.ts';

const DIRECTIONS = new Set(['sendrecv', 'sendonly', 'recvonly', 'inactive']);

export const sdpDirectionConflict: MessageRule = {
  id: 'sdp-direction-conflict',
  group: 'sdp',
  scope: 'message',
  title: 'Two directions are given for the same medium, or for the session.',
  spec: 'RFC 8866 §6.7',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    a=recvonly
    m=audio 4000 RTP/AVP 0
    a=sendonly
    a=sendonly
    m=video 4002 RTP/AVP 31
    a=inactive
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
    m=audio 4000 RTP/AVP 0
    a=sendonly
    a=recvonly
    ^^^^^^^^^^ The direction is a=sendonly already: one of the two is wrong.
  `,
  needs: ['sdp'],
  check(message, report) {
    for (const { session, media } of sessionDescriptions(message))
      for (const section of [session, ...media]) {
        const [first, ...others] = section.attributes.filter(({ name }) => DIRECTIONS.has(name));
        const other = first && others.find(({ name }) => name !== first.name);
        if (other)
          report(
            trimmed(message.text, other.line.from, other.line.to),
            `The direction is a=${first.name} already: one of the two is wrong.`,
          );
      }
  },
};
