import { slice } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { isRequest, named } from '../flow/sequence.ts';
import { header } from '../sip/message.ts';
import { paramValue, type Via } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const maxForwardsZero: CallRule = {
  id: 'max-forwards-zero',
  group: 'header-values',
  scope: 'call',
  title: 'A request with Max-Forwards: 0 was forwarded all the same.',
  spec: 'RFC 3261 §16.3',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa
    Max-Forwards: 0
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@192.0.2.1
    CSeq: 1 OPTIONS

    SIP/2.0 483 Too Many Hops
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@192.0.2.1
    CSeq: 1 OPTIONS

    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKb
    Max-Forwards: 1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@192.0.2.1
    CSeq: 2 OPTIONS

    OPTIONS sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.5:5060;branch=z9hG4bKc
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKb
    Max-Forwards: 0
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@192.0.2.1
    CSeq: 2 OPTIONS
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa
    Max-Forwards: 0
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@192.0.2.1
    CSeq: 1 INVITE

    INVITE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.5:5060;branch=z9hG4bKb
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa
    Max-Forwards: 70
                  ^^ This request came in with Max-Forwards: 0 (message 1); it should have been answered 483, not forwarded.
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@192.0.2.1
    CSeq: 1 INVITE
  `,
  check(call, report) {
    const spent = new Map<string, FlowMessage>();
    for (const request of call.messages) {
      if (!isRequest(request) || request.retransmissionOf) continue;
      const [top, ...lower] = request.vias.map((via) => keyOf(request, via));
      const before = spent.size ? lower.map((key) => spent.get(key)).find((found) => found) : undefined;
      if (before) {
        const text = `This request came in with Max-Forwards: 0 (${named(before)}); it should have been answered 483, not forwarded.`;
        report(request, placeIn(request), text, [{ in: before, at: placeIn(before), text: 'No hop is left here.' }]);
      } else if (top && hopsLeft(request) === '0') spent.set(top, request);
    }
  },
};

/** A hop of one request: the copy that a proxy sends on has it below the proxy's own Via. */
function keyOf({ message: { text }, cseq, fromTag }: FlowMessage, via: Via): string {
  const branch = paramValue(text, via.params, 'branch');
  return branch && cseq ? [slice(text, via.host), branch, cseq.number, cseq.method, fromTag].join(' ') : '';
}

function hopsLeft({ message }: FlowMessage): string {
  const field = header(message, 'max-forwards');
  return field ? slice(message.text, field.value).replace(/^0+(?=\d)/, '') : '';
}

function placeIn({ message }: FlowMessage) {
  return header(message, 'max-forwards')?.value ?? message.startLine;
}
