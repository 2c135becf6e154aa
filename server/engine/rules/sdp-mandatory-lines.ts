import { sessionDescriptions } from '../sip/sdp.ts';
import type { MessageRule } from './rule.ts';

const MANDATORY = new Map([
  ['v', { what: 'the version', single: true }],
  ['o', { what: 'who made it', single: true }],
  ['s', { what: 'the name of the session', single: true }],
  ['t', { what: 'when it takes place', single: false }],
]);

export const sdpMandatoryLines: MessageRule = {
  id: 'sdp-mandatory-lines',
  group: 'sdp',
  scope: 'message',
  title: 'A session description lacks one of the lines that each must have, or has it twice.',
  spec: 'RFC 8866 §5',
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
    i=a title
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    ^^^ The session description has no line s= (the name of the session), which each must have.
    o=alice 1 1 IN IP4 192.0.2.1
    o=alice 1 2 IN IP4 192.0.2.1
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ A session description has one line o=; this is another one.
    t=0 0
  `,
  needs: ['sdp'],
  check(message, report) {
    for (const { lines, whole } of sessionDescriptions(message)) {
      for (const [type, { what, single }] of MANDATORY) {
        const found = lines.filter((line) => line.type === type);
        if (found.length === 0 && whole)
          report(lines[0]!, `The session description has no line ${type}= (${what}), which each must have.`);
        if (found.length > 1 && single)
          report(found[1]!, `A session description has one line ${type}=; this is another one.`);
      }
    }
  },
};
