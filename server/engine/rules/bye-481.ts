import type { Call, FlowMessage } from '../flow/call.ts';
import { dialogKey, headOf, isRequest, named, sentMessages } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const bye481: CallRule = {
  id: 'bye-481',
  group: 'dialogs',
  scope: 'call',
  title: 'A BYE is answered 481: the other side has no such dialog, usually because it ended it itself.',
  spec: 'RFC 3261 §15.1.2; RFC 5407 §3.2.1',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    SIP/2.0 200 OK
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  bad: `
    BYE sip:bob@192.0.2.9 SIP/2.0
    ^^^ Answered 481 by message 3: the other side had ended the dialog itself with message 2, so that nothing is lost.
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    BYE sip:alice@192.0.2.1 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK2
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 2 BYE

    SIP/2.0 481 Dialog does not exist
            ^^^ Answers the BYE in message 1: this side had ended the dialog itself with message 2, so that nothing is lost.
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  needs: ['BYE', '481'],
  check(call, report) {
    const byes = firstByes(call);
    for (const response of call.messages) {
      const bye = response.respondsTo;
      if (response.status !== 481 || response.method !== 'BYE' || !bye || response.retransmissionOf) continue;
      const other = byes.get(`${bye.toTag} ${bye.fromTag}`);
      const ended = other && other.order < response.order ? other : null;
      const own = ended ? [{ in: ended, at: headOf(ended), text: 'The other BYE of this dialog.' }] : [];
      const cause = ended
        ? `side had ended the dialog itself with ${named(ended)}, so that nothing is lost.`
        : 'side knows no such dialog: it had ended before, or the tags are not those of the dialog.';
      const answer = { in: response, at: headOf(response), text: 'The answer.' };
      report(bye, headOf(bye), `Answered 481 by ${named(response)}: the other ${cause}`, [...own, answer]);
      const asked = { in: bye, at: headOf(bye), text: 'The BYE that is answered.' };
      report(response, headOf(response), `Answers the BYE in ${named(bye)}: this ${cause}`, [asked, ...own]);
    }
  },
};

/** The first BYE of each side of each dialog, by its From and To tag. */
function firstByes(call: Call): Map<string, FlowMessage> {
  const byes = new Map<string, FlowMessage>();
  for (const message of sentMessages(call)) {
    if (message.method !== 'BYE' || !isRequest(message) || !dialogKey(message)) continue;
    const key = `${message.fromTag} ${message.toTag}`;
    if (!byes.has(key)) byes.set(key, message);
  }
  return byes;
}
