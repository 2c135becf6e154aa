import { slice, trimmed } from '../base/text.ts';
import { sessionDescriptions } from '../sip/sdp.ts';
import type { MessageRule } from './rule.ts';

export const sdpVersion: MessageRule = {
  id: 'sdp-version',
  group: 'sdp',
  scope: 'message',
  title: 'A session description is of a version other than 0, the only one there is.',
  spec: 'RFC 8866 §5.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    t=0 0
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=1
      ^ The version of a session description is 0: there is no other.
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    t=0 0
  `,
  needs: ['sdp'],
  check(message, report) {
    for (const { lines } of sessionDescriptions(message)) {
      const first = lines[0];
      if (first?.type !== 'v') continue;
      const at = trimmed(message.text, first.value.from, first.value.to);
      if (slice(message.text, at) === '0') continue;
      const empty = at.from === at.to;
      report(empty ? first : at, 'The version of a session description is 0: there is no other.');
    }
  },
};
