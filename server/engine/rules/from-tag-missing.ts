import type { Repair } from '../base/repair.ts';
import { header } from '../sip/message.ts';
import { repair } from '../sip/repairs.ts';
import { tokenOf } from '../sip/soundValues.ts';
import { tagOf } from '../sip/values.ts';
import type { CallRule, Reported } from './rule.ts';

export const fromTagMissing: CallRule = {
  id: 'from-tag-missing',
  group: 'header-presence',
  scope: 'call',
  title: 'From has no tag.',
  spec: 'RFC 3261 §8.1.1.3; RFC 3261 §19.3',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    REGISTER sip:contoso.com SIP/2.0
    Via: SIP/2.0/TLS 10.56.64.122:2157
    Max-Forwards: 70
    FROM: "Alice;desk" <sip:alice@contoso.com;user=phone>;epid=bd4bd366c2; TAG = 58b76ebb1c
    To: sip:alice@contoso.com
    Call-ID: 72a1fb3c
    CSeq: 1 REGISTER
    Content-Length: 0
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060
    From: <sip:alice@example.org;tag=inside>
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ From has no tag, the sender's half of the dialog's name.
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    User-Agent: Cisco VoIP Gateway/ IOS 12.x/ SIP enabled
    Content-Length: 0

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.10:5060
    From: <sip:alice@example.org;tag=inside>
    To: <sip:bob@example.org>;tag=7
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Content-Length: 0
  `,
  check(call, report) {
    for (const where of call.messages) {
      const from = header(where.message, 'from');
      // A response copies the From of its request: one fault, said once.
      if (!from || where.respondsTo || where.retransmissionOf || where.message.kind === 'unknown') continue;
      if (tagOf(where.message, 'from') === undefined) {
        report(where, from.value, "From has no tag, the sender's half of the dialog's name.");
      }
    }
  },
  fix: mended,
};

/** The same tag in all messages of the call whose From is this one. */
function mended({ message, at, flow, call }: Reported): readonly Repair[] {
  const tag = `;tag=${tokenOf(message, 'from')}`;
  const own = flow();
  const others = call().messages.filter(
    (one) => one.index !== own.index && one.fromUri === own.fromUri && tagOf(one.message, 'from') === undefined,
  );
  const edits = others.flatMap((one) => {
    const field = header(one.message, 'from');
    return field ? [{ from: field.value.to, to: field.value.to, text: tag, in: one.index }] : [];
  });
  return repair(`Add '${tag}' to From`, [{ from: at.to, to: at.to, text: tag }, ...edits]);
}
