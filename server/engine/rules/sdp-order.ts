import { type SdpLine, sessionDescriptions } from '../sip/sdp.ts';
import type { MessageRule, Report } from './rule.ts';

interface Order {
  readonly whose: string;
  readonly order: string;
}

const SESSION: Order = { whose: "the session's", order: 'v o s i u e p c b t r z k a' };
const MEDIUM: Order = { whose: "a medium's", order: 'm i c b k a' };

export const sdpOrder: MessageRule = {
  id: 'sdp-order',
  group: 'sdp',
  scope: 'message',
  title: 'The lines of a session description are not in the order that they must have.',
  spec: 'RFC 8866 §5',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    c=IN IP4 192.0.2.1
    b=AS:64
    t=0 0
    r=7d 1h 0 25h
    t=1 1
    k=clear:x
    a=sendrecv
    m=audio 4000 RTP/AVP 0
    i=talk
    c=IN IP4 192.0.2.1
    c=IN IP4 192.0.2.2
    b=AS:64
    a=ptime:20
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    t=0 0
    c=IN IP4 192.0.2.1
    ^^^^^^^^^^^^^^^^^^ This line belongs before t=: the order of the session's lines is v o s i u e p c b t r z k a.
    m=audio 4000 RTP/AVP 0
    a=ptime:20
    c=IN IP4 192.0.2.1
    ^^^^^^^^^^^^^^^^^^ This line belongs before a=: the order of a medium's lines is m i c b k a.
  `,
  needs: ['sdp'],
  check(message, report) {
    for (const { session, media } of sessionDescriptions(message)) {
      checkOrder(session.lines, SESSION, report);
      for (const { lines } of media) checkOrder(lines, MEDIUM, report);
    }
  },
};

/** Reports the first line that stands behind one it belongs before. */
function checkOrder(lines: readonly SdpLine[], { whose, order }: Order, report: Report): void {
  let last = '';
  for (const line of lines) {
    const rank = rankOf(order, line.type);
    if (rank < 0) continue;
    if (rank < rankOf(order, last)) {
      report(line, `This line belongs before ${last}=: the order of ${whose} lines is ${order}.`);
      return;
    }
    last = line.type;
  }
}

/** Lines of a time may follow each other in groups; k= is a thing of the past, and may stand anywhere. */
function rankOf(order: string, type: string): number {
  if (type === 'k' || type.length !== 1) return -1;
  return order.indexOf(type === 'r' || type === 'z' ? 't' : type);
}
