import { octets } from '../base/text.ts';
import { measureBody } from '../sip/contentLength.ts';
import { vias } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

/** Octets that pass most links in one packet (RFC 3261 §18.1.1). */
const MOST = 1300;

export const messageTooBig: MessageRule = {
  id: 'message-too-big',
  group: 'bodies',
  scope: 'message',
  title: 'A request is sent over UDP, or is a MESSAGE, and has more than 1300 octets.',
  spec: 'RFC 3261 §18.1.1; RFC 3428 §8',
  severity: { strict: 'hint', trace: 'off', ms: 'off', doc: 'off' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1
    Content-Type: application/sdp

    v=0
    ${'a=candidate:1 1 udp 2130706431 192.0.2.1 4000 typ host\n    '.repeat(25)}
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    ^^^^^^ This request has 1516 octets. What is more than 1300 is to be sent over TCP: over UDP it is cut into fragments, of which one is easily lost.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    Content-Type: application/sdp

    v=0
    ${'a=candidate:1 1 udp 2130706431 192.0.2.1 4000 typ host\n    '.repeat(25)}
  `,
  check(message, report) {
    if (message.kind !== 'request') return;
    const isUdp = vias(message)[0]?.transport === 'UDP';
    if (!isUdp && message.method !== 'MESSAGE') return;
    // A line break may have been CRLF, but no message is full of them.
    if (octets(message.text, message.startLine.from, message.to) * 1.5 < MOST) return;
    const size = measureBody(message.text, { from: message.startLine.from, to: message.to }).core.crlf;
    if (size <= MOST) return;
    const why = isUdp
      ? `What is more than ${MOST} is to be sent over TCP: over UDP it is cut into fragments, of which one is easily lost.`
      : `A MESSAGE may have ${MOST} at most: on its way it may come to a hop over UDP.`;
    report(message.at.method, `This request has ${size} octets. ${why}`);
  },
};
