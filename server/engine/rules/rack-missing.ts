import { headerValue, type SipMessage } from '../sip/message.ts';
import { lacks } from '../sip/presence.ts';
import { withHeader } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const rackMissing: MessageRule = {
  id: 'rack-missing',
  group: 'header-presence',
  scope: 'message',
  title: 'PRACK has no RAck.',
  spec: 'RFC 3262 §7.2',
  severity: { strict: 'error', trace: 'error', ms: 'error', doc: 'warning' },
  good: `
    PRACK sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 2 PRACK
    RACK: 776656 1 INVITE
  `,
  bad: `
    PRACK sip:bob@192.0.2.4 SIP/2.0
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ PRACK has no RAck, which names the response it acknowledges.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 2 PRACK
    RSeq: 776656
  `,
  reads: { outline: [] },
  check(message, report) {
    if (message.kind === 'request' && message.method === 'PRACK' && lacks(message, 'rack')) {
      report(message.startLine, 'PRACK has no RAck, which names the response it acknowledges.');
    }
  },
  fix: (reported) => {
    const known = reported.neighbours().map(acknowledgement);
    const value = known.find((one) => one !== undefined);
    return value ? withHeader(reported, 'RAck', value) : [];
  },
};

/** What acknowledges a reliable provisional response: its RSeq and its CSeq. */
function acknowledgement(message: SipMessage): string | undefined {
  const number = message.kind === 'response' ? headerValue(message, 'rseq') : undefined;
  return number && `${number} ${headerValue(message, 'cseq')?.replace(/\s+/, ' ')}`;
}
