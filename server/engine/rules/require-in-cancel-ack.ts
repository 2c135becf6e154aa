import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { inviteFinder } from '../flow/invites.ts';
import { pointTo } from '../flow/sequence.ts';
import { withoutHeader, withoutValue } from '../sip/repairs.ts';
import { listValues } from '../sip/values.ts';
import type { CallReport, CallRule } from './rule.ts';

const HEADERS = ['Require', 'Proxy-Require'];

export const requireInCancelAck: CallRule = {
  id: 'require-in-cancel-ack',
  group: 'header-presence',
  scope: 'call',
  title: 'CANCEL requires an extension, or ACK one that its INVITE did not.',
  spec: 'RFC 3261 §9.1; RFC 3261 §8.2.2.3',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Require: 100rel, Timer
    Content-Length: 0

    ACK sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKnashds9
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 1 ACK
    Require: timer
    Content-Length: 0

    ACK sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKnashds10
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 2 ACK
    Require: timer
    Content-Length: 0
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Require: 100rel
    Content-Length: 0

    CANCEL sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 CANCEL
    Require: 100rel
             ^^^^^^ CANCEL must not require anything: there is no Require in it.
    Content-Length: 0

    ACK sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 1 ACK
    Require: 100rel, precondition
                     ^^^^^^^^^^^^ ACK may require only what its INVITE did; “precondition” is not in the INVITE's Require.
    Content-Length: 0
  `,
  needs: ['ACK|CANCEL', 'require|proxy-require'],
  check(call, report) {
    const inviteOf = inviteFinder(call);
    const requiredBy = requiredOnce();
    for (const where of call.messages) {
      if (where.message.kind !== 'request' || where.retransmissionOf) continue;
      const invite = ['ACK', 'CANCEL'].includes(where.method) ? inviteOf(where) : undefined;
      for (const name of HEADERS) {
        if (where.method === 'CANCEL') reportCancel(where, name, invite, report);
        else if (invite) reportAck({ where, name, invite, allowed: requiredBy(invite, name) }, report);
      }
    }
  },
  fix: (reported) => (reported.flow().method === 'CANCEL' ? withoutHeader(reported) : withoutValue(reported)),
};

function reportCancel(where: FlowMessage, name: string, invite: FlowMessage | undefined, report: CallReport): void {
  const [first] = listValues(where.message, name.toLowerCase());
  if (first)
    report(
      where,
      first,
      `CANCEL must not require anything: there is no ${name} in it.`,
      invite ? [pointTo(invite, 'The INVITE that is cancelled.')] : [],
    );
}

interface Acknowledgement {
  readonly where: FlowMessage;
  readonly name: string;
  readonly invite: FlowMessage;
  readonly allowed: ReadonlySet<string>;
}

function reportAck({ where, name, invite, allowed }: Acknowledgement, report: CallReport): void {
  const related = { in: invite, at: invite.message.startLine, text: 'The INVITE that is acknowledged' };
  for (const option of listValues(where.message, name.toLowerCase())) {
    const tag = slice(where.message.text, option);
    if (allowed.has(tag.toLowerCase())) continue;
    const text = `ACK may require only what its INVITE did; ${quote(tag)} is not in the INVITE's ${name}.`;
    report(where, option, text, [related]);
  }
}

/** Reads the option tags of each INVITE once, however many ACKs it has. */
function requiredOnce(): (invite: FlowMessage, name: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return (invite, name) => {
    const key = `${invite.order} ${name}`;
    const options = known.get(key) ?? tagsOf(invite, name);
    known.set(key, options);
    return options;
  };
}

function tagsOf({ message }: FlowMessage, name: string): Set<string> {
  return new Set(listValues(message, name.toLowerCase()).map((option) => slice(message.text, option).toLowerCase()));
}
