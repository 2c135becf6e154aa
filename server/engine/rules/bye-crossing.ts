import type { Call, FlowMessage } from '../flow/call.ts';
import { dialogKey, headOf, isRequest, named, sentMessages } from '../flow/sequence.ts';
import type { CallRule } from './rule.ts';

export const byeCrossing: CallRule = {
  id: 'bye-crossing',
  group: 'dialogs',
  scope: 'call',
  title: 'Both sides end the dialog at the same time; that is legal.',
  spec: 'RFC 3261 §15.1.2; RFC 5407 §3.2.1',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    BYE sip:carol@192.0.2.7 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=c
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  bad: `
    BYE sip:bob@192.0.2.9 SIP/2.0
    ^^^ Crosses the BYE of the other side, message 2: that is legal, and one of the two may be answered 481.
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    BYE sip:alice@192.0.2.1 SIP/2.0
    ^^^ Crosses the BYE of the other side, message 1: that is legal, and one of the two may be answered 481.
    Via: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK2
    From: <sip:bob@example.org>;tag=b
    To: <sip:alice@example.org>;tag=a
    Call-ID: 1@example.org
    CSeq: 1 BYE

    SIP/2.0 200 OK
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  needs: ['BYE'],
  check(call, report) {
    for (const [first, second] of crossings(call)) {
      for (const [bye, other] of [[first, second] as const, [second, first] as const]) {
        if (bye.responses.some((response) => response.status === 481)) continue; // bye-481 explains that one
        const text = `Crosses the BYE of the other side, ${named(other)}: that is legal, and one of the two may be answered 481.`;
        report(bye, headOf(bye), text, [{ in: other, at: headOf(other), text: 'The other BYE of this dialog.' }]);
      }
    }
  },
};

/** The first BYEs of the two sides of a dialog, the later one sent before the earlier was answered. */
function crossings(call: Call): [FlowMessage, FlowMessage][] {
  const open = new Map<string, FlowMessage>();
  const closed = new Set<string>();
  const pairs: [FlowMessage, FlowMessage][] = [];
  for (const bye of sentMessages(call)) {
    const key = bye.method === 'BYE' && isRequest(bye) ? dialogKey(bye) : '';
    if (!key || closed.has(key)) continue;
    const other = open.get(key);
    if (!other) open.set(key, bye);
    else if (other.fromTag !== bye.fromTag) {
      closed.add(key);
      if (!answeredBefore(other, bye)) pairs.push([other, bye]);
    }
  }
  return pairs;
}

function answeredBefore(bye: FlowMessage, later: FlowMessage): boolean {
  return bye.responses.some((response) => response.status >= 200 && response.order < later.order);
}
