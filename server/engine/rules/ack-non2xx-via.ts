import { quote } from '../base/quote.ts';
import { type Span, slice } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { failureAcks } from '../flow/invites.ts';
import { branchAt, named, pointTo } from '../flow/sequence.ts';
import { address, param, sameParty } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const ackNon2xxVia: CallRule = {
  id: 'ack-non2xx-via',
  group: 'transactions',
  scope: 'call',
  title: 'The ACK to a failure is not made as the INVITE was: other branch, Request-URI or To tag.',
  spec: 'RFC 3261 §17.1.1.3',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'off' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 486 Busy Here
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    ACK sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK

    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKc
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKc
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKd
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 ACK
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 486 Busy Here
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    ACK sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb
                                      ^^^^^^^^ The ACK to 486 (message 2) must have the branch of the INVITE (message 1): with another one it acknowledges nothing, and the answer is sent again.
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 ACK

    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKc
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    SIP/2.0 404 Not Found
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKc
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=x
    Call-ID: 1@example.org
    CSeq: 2 INVITE

    ACK sip:bob@192.0.2.9 SIP/2.0
        ^^^^^^^^^^^^^^^^^ The Request-URI must be that of the INVITE (message 4), “sip:bob@example.org”: otherwise it acknowledges nothing.
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKc
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=y
                                  ^ The To tag must be that of 404 (message 5), “x”: otherwise it acknowledges nothing.
    Call-ID: 1@example.org
    CSeq: 2 ACK
  `,
  needs: ['ACK'],
  check(call, report) {
    for (const { ack, invite, failure } of failureAcks(call)) {
      const related = [pointTo(invite, 'The INVITE.'), pointTo(failure, 'The answer that is acknowledged.')];
      const answer = `${failure.status} (${named(failure)})`;
      const tag = tagAt(ack);
      if (ack.branch !== invite.branch) {
        const text = `The ACK to ${answer} must have the branch of the INVITE (${named(invite)}): with another one it acknowledges nothing, and the answer is sent again.`;
        report(ack, branchAt(ack), text, related);
      } else if (tag && failure.toTag && failure.toTag !== ack.toTag) {
        report(
          ack,
          tag,
          `The To tag must be that of ${answer}, ${quote(failure.toTag)}: otherwise it acknowledges nothing.`,
          related,
        );
      }
      const uri = targetOf(invite);
      const own = ack.message.kind === 'request' ? ack.message.at.uri : null;
      if (own && !sameParty(uri, targetOf(ack))) {
        report(
          ack,
          own,
          `The Request-URI must be that of the INVITE (${named(invite)}), ${quote(uri)}: otherwise it acknowledges nothing.`,
          related,
        );
      }
    }
  },
};

function targetOf({ message }: FlowMessage): string {
  return message.kind === 'request' ? slice(message.text, message.at.uri) : '';
}

function tagAt({ message }: FlowMessage): Span | null {
  return param(address(message, 'to')?.params ?? [], 'tag')?.value ?? null;
}
