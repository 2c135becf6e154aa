import type { FlowMessage } from '../flow/call.ts';
import { pointTo } from '../flow/sequence.ts';
import { header } from '../sip/message.ts';
import { repair } from '../sip/repairs.ts';
import { tokenOf } from '../sip/soundValues.ts';
import { tagOf } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const toTagMissingResponse: CallRule = {
  id: 'to-tag-missing-response',
  group: 'header-presence',
  scope: 'call',
  title: 'A response other than 100 has not put a tag on To.',
  spec: 'RFC 3261 §8.2.6.2',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Content-Length: 0

    SIP/2.0 100 Trying
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Content-Length: 0

    SIP/2.0 408 Request Timeout
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Content-Length: 0
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Content-Length: 0

    SIP/2.0 486 Busy Here
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
        ^^^^^^^^^^^^^^^^^^^^^ To has no tag; a 486 response must carry one.
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Content-Length: 0
  `,
  needs: ['response'],
  check(call, report) {
    for (const where of call.messages) {
      if (where.message.kind !== 'response' || where.retransmissionOf || isExempt(where)) continue;
      const to = header(where.message, 'to');
      if (!to || tagOf(where.message, 'to') !== undefined) continue;
      if (where.respondsTo?.toTag) continue; // a tag that was lost: response-to-changed
      const related = where.respondsTo ? [pointTo(where.respondsTo, 'The request.')] : [];
      report(where, to.value, `To has no tag; a ${where.status} response must carry one.`, related);
    }
  },
  fix: ({ message, at, flow }) => {
    const siblings = flow().respondsTo?.responses ?? [];
    const known = siblings.find(({ toTag }) => toTag)?.toTag;
    const tag = `;tag=${known ?? tokenOf(message, 'to')}`;
    return repair(`Add '${tag}' to To`, [{ from: at.to, to: at.to, text: tag }]);
  },
};

/** 100 needs no tag, a client that waited in vain makes its 408 itself, and proxies answer a CANCEL as it came (RFC 3665 §3.8). */
function isExempt({ status, method }: FlowMessage): boolean {
  return status <= 100 || status === 408 || (method === 'CANCEL' && status < 300);
}
