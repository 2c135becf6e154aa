import type { Call, FlowMessage } from '../flow/call.ts';
import { acceptances, misnumberedAcks } from '../flow/invites.ts';
import { headOf, isRequest, named, pointTo, sentMessages } from '../flow/sequence.ts';

/** What a caller sends only once it has the answer. */
const DIALOG_METHODS = new Set(['BYE', 'INFO', 'REFER', 'INVITE', 'MESSAGE']);

import type { CallRule } from './rule.ts';

export const ackMissing: CallRule = {
  id: 'ack-missing',
  group: 'transactions',
  scope: 'call',
  title: 'A 2xx to an INVITE is not acknowledged although the dialog goes on.',
  spec: 'RFC 3261 §13.2.2.4',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK4
    From: <sip:carol@example.org>;tag=c
    To: <sip:bob@example.org>
    Call-ID: 2@example.org
    CSeq: 5 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK4
    From: <sip:carol@example.org>;tag=c
    To: <sip:bob@example.org>;tag=d
    Call-ID: 2@example.org
    CSeq: 5 INVITE
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
            ^^^ No ACK to this 200 is in the trace, although its dialog goes on with message 3: the answer is sent again for 32 seconds, then the callee ends the call.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  needs: ['INVITE', '2xx'],
  check(call, report) {
    const sent = sentMessages(call);
    const numbers = strayAcks(call);
    const lastOf = lastRequests(sent);
    for (const { response, invite, ack } of acceptances(call)) {
      if (ack || numbers.has(`${response.fromTag} ${response.toTag}`)) continue;
      const proof = lastOf.get(`${response.fromTag} ${response.toTag}`);
      if (!proof || proof.order <= response.order) continue;
      const text = `No ACK to this ${response.status} is in the trace, although its dialog goes on with ${named(proof)}: the answer is sent again for 32 seconds, then the callee ends the call.`;
      report(response, headOf(response), text, [
        pointTo(invite, 'The INVITE.'),
        pointTo(proof, 'The caller goes on without an ACK.'),
      ]);
    }
  },
};

/** The last request of the caller in each dialog, which would have come after an ACK. */
function lastRequests(sent: readonly FlowMessage[]): Map<string, FlowMessage> {
  const last = new Map<string, FlowMessage>();
  for (const message of sent) {
    const counts = isRequest(message) && message.toTag && DIALOG_METHODS.has(message.method);
    if (counts) last.set(`${message.fromTag} ${message.toTag}`, message);
  }
  return last;
}

/** The dialogs with an ACK of which another rule says that its number is wrong. */
function strayAcks(call: Call): Set<string> {
  return new Set(misnumberedAcks(call).map(({ ack }) => `${ack.fromTag} ${ack.toTag}`));
}
