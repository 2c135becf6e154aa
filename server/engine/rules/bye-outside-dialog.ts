import { quote } from '../base/quote.ts';
import type { Call, FlowMessage } from '../flow/call.ts';
import { changedTags } from '../flow/changedTags.ts';
import { dialogKey, headOf, isRequest, named } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const byeOutsideDialog: CallRule = {
  id: 'bye-outside-dialog',
  group: 'dialogs',
  scope: 'call',
  title: 'A BYE belongs to no dialog that an INVITE of its call has made.',
  spec: 'RFC 3261 §15',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    BYE sip:alice@192.0.2.1 SIP/2.0
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 BYE

    BYE sip:carol@192.0.2.7 SIP/2.0
    From: <sip:alice@example.org>;tag=x
    To: <sip:carol@example.org>;tag=y
    Call-ID: began-before-the-trace@example.org
    CSeq: 7 BYE
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    BYE sip:bob@192.0.2.9 SIP/2.0
    ^^^ No INVITE has made a dialog with the tags “x” and “y”; that of message 2 has “a” and “b”: it is answered 481, and the call goes on.
    From: <sip:alice@example.org>;tag=x
    To: <sip:bob@example.org>;tag=y
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  needs: ['BYE'],
  check(call, report) {
    if (call.partial || !call.traceHasWholeDialogs || !peerIsVisible(call)) return;
    const dialogs = inviteDialogs(call);
    const lost = 'it is answered 481, and the call goes on.';
    const changed = new Set(changedTags(call).map(({ request }) => request)); // another rule says so
    for (const bye of call.messages) {
      const key = bye.method === 'BYE' && isRequest(bye) && !bye.retransmissionOf ? dialogKey(bye) : '';
      if (!key || dialogs.has(key) || changed.has(bye)) continue;
      const text = `No INVITE has made a dialog with the tags ${quote(bye.fromTag)} and ${quote(bye.toTag)}`;
      const known = dialogs.values().next().value;
      if (!known) report(bye, headOf(bye), `${text}: ${lost}`);
      else {
        const related = [{ in: known, at: headOf(known), text: 'A dialog of this call.' }];
        const its = `that of ${named(known)} has ${quote(known.fromTag)} and ${quote(known.toTag)}`;
        report(bye, headOf(bye), `${text}; ${its}: ${lost}`, related);
      }
    }
  },
};

/** The first message that shows each dialog: an answer with a To tag, or a later INVITE or ACK inside it (RFC 3261 §12.1). */
function inviteDialogs(call: Call): Map<string, FlowMessage> {
  const dialogs = new Map<string, FlowMessage>();
  for (const message of call.messages) {
    const shows = isRequest(message) ? isInside(message.method) : message.status < 300 && message.method === 'INVITE';
    const key = shows ? dialogKey(message) : '';
    if (key && !dialogs.has(key)) dialogs.set(key, message);
  }
  return dialogs;
}

/** Methods that live only inside a dialog of an INVITE (or, with UPDATE and PRACK, an early one). */
function isInside(method: string): boolean {
  return ['INVITE', 'ACK', 'UPDATE', 'PRACK', 'INFO'].includes(method);
}

/** With one direction of the traffic only, the tag of the other side is not known. */
function peerIsVisible(call: Call): boolean {
  return call.messages.some(({ status, method }) => status > 0 && method !== 'BYE');
}
