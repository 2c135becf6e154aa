import { inviteFinder } from '../flow/invites.ts';
import { withoutParam } from '../sip/repairs.ts';
import { address, param } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const toTagInitial: CallRule = {
  id: 'to-tag-initial',
  group: 'header-presence',
  scope: 'call',
  title: 'REGISTER, or the CANCEL of a first INVITE, has a To tag.',
  spec: 'RFC 3261 §10.2; RFC 3261 §9.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    INVITE sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 2 INVITE
    Content-Length: 0

    CANCEL sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 2 CANCEL
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

    CANCEL sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
                              ^^^^^^^^^^^ CANCEL copies the To of its INVITE, and that has no tag.
    Call-ID: a84b4c76e66710
    CSeq: 1 CANCEL
    Content-Length: 0
  `,
  check(call, report) {
    const inviteOf = inviteFinder(call);
    for (const where of call.messages) {
      if (where.message.kind !== 'request' || where.retransmissionOf) continue;
      const tag = param(address(where.message, 'to')?.params ?? [], 'tag');
      if (!tag) continue;
      const invite = where.method === 'CANCEL' ? inviteOf(where) : undefined;
      if (where.method === 'REGISTER') report(where, tag, 'REGISTER is outside any dialog, so To has no tag.');
      else if (invite && !invite.toTag) {
        const related = { in: invite, at: invite.message.startLine, text: 'The INVITE that is cancelled' };
        report(where, tag, 'CANCEL copies the To of its INVITE, and that has no tag.', [related]);
      }
    }
  },
  fix: withoutParam,
};
