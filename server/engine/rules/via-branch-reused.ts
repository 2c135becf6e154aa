import { span } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { branchAt, isRequest, isUnique, named, sentBy } from '../flow/sequence.ts';
import { called, repair } from '../sip/repairs.ts';
import { branchOf } from '../sip/soundValues.ts';
import type { CallRule } from './rule.ts';

export const viaBranchReused: CallRule = {
  id: 'via-branch-reused',
  group: 'header-values',
  scope: 'call',
  title: 'Two different requests bear the same branch, which must be unique over space and time.',
  spec: 'RFC 3261 §8.1.1.7',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'off' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@192.0.2.1
    CSeq: 1 INVITE

    CANCEL sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@192.0.2.1
    CSeq: 1 CANCEL

    SIP/2.0 487 Request Terminated
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@192.0.2.1
    CSeq: 1 INVITE

    ACK sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@192.0.2.1
    CSeq: 1 ACK

    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@192.0.2.1
    CSeq: 2 INVITE
  `,
  bad: `
    INFO sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@192.0.2.1
    CSeq: 2 INFO

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa
                                           ^^^^^^^^ This branch is that of another request already: message 1, CSeq 2 INFO; the receiver may take this one for the same and not act on it.
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@192.0.2.1
    CSeq: 3 BYE
  `,
  check(call, report) {
    const owners = new Map<string, FlowMessage>();
    for (const request of call.messages) {
      const key = isRequest(request) && !request.retransmissionOf ? keyOf(request) : '';
      const owner = owners.get(key);
      if (key && !owner) owners.set(key, request);
      if (!key || !owner?.cseq || !request.cseq || owner.cseq.number === request.cseq.number) continue;
      const text = `This branch is that of another request already: ${named(owner)}, CSeq ${owner.cseq.number} ${owner.cseq.method}; the receiver may take this one for the same and not act on it.`;
      report(request, branchAt(request), text, [
        { in: owner, at: branchAt(owner), text: 'The branch is used here first.' },
      ]);
    }
  },
  fix: ({ message, at, flow, call }) => {
    const own = flow();
    const text = branchOf(message);
    const answers = call().messages.filter(
      (one) => one.status && one.branch === own.branch && one.cseq?.number === own.cseq?.number,
    );
    const edits = answers.map((one) => ({ ...span(branchAt(one).from, branchAt(one).to), text, in: one.index }));
    return repair(`Give it the branch ${called(text)}`, [{ ...at, text }, ...edits], 'possible');
  },
};

/** ACK and CANCEL rightly share branch and number with their INVITE; without the cookie a branch does not claim to be unique. */
function keyOf(request: FlowMessage): string {
  return isUnique(request) ? `${sentBy(request)} ${request.branch}`.toLowerCase() : '';
}
