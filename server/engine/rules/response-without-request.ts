import { quote } from '../base/quote.ts';
import type { FlowMessage } from '../flow/call.ts';
import { answers, misnumbered } from '../flow/echo.ts';
import { isRequest, named } from '../flow/sequence.ts';
import type { CallReport, CallRule } from './rule.ts';

const DROPPED = 'nobody waits for this response, and it is dropped.';

export const responseWithoutRequest: CallRule = {
  id: 'response-without-request',
  group: 'transactions',
  scope: 'call',
  title: 'A response answers no request of its call.',
  spec: 'RFC 3261 §17.1.3; RFC 3261 §8.1.3.3',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 5 OPTIONS

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;received=198.51.100.7
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 5 OPTIONS

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK9
    From: <sip:carol@example.org>;tag=c
    To: <sip:bob@example.org>;tag=b
    Call-ID: began-before-the-trace@example.org
    CSeq: 9 BYE
  `,
  bad: `
    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 5 OPTIONS

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 9 OPTIONS
          ^^^^^^^^^ No earlier request of this call is “9 OPTIONS”; message 1 is “5 OPTIONS”: nobody waits for this response, and it is dropped.
  `,
  needs: ['response'],
  check(call, report) {
    if (call.partial) return;
    const paired = new Set([...answers(call), ...misnumbered(call)].map(({ response }) => response));
    const requests = new Map<string, FlowMessage>();
    for (const message of call.messages) {
      const { cseq, method } = message;
      if (!cseq || message.retransmissionOf) continue;
      if (isRequest(message)) requests.set(method, message);
      else if (message.status && !paired.has(message)) unpaired(message, requests.get(method), report);
    }
  },
};

/** @param near the request that was probably meant: the last one with the same method */
function unpaired(response: FlowMessage, near: FlowMessage | undefined, report: CallReport): void {
  if (!response.cseq) return;
  const at = { from: response.cseq.at.number.from, to: response.cseq.at.method.to };
  if (!near?.cseq) report(response, at, `No earlier request of this call is ${quote(cseqText(response))}: ${DROPPED}`);
  else {
    const related = [{ in: near, at: near.cseq.at.number, text: `The request is ${quote(cseqText(near))}.` }];
    report(response, at, difference(response, near), related);
  }
}

function difference(response: FlowMessage, near: FlowMessage): string {
  const wanted = cseqText(response);
  if (cseqText(near) !== wanted) {
    return `No earlier request of this call is ${quote(wanted)}; ${named(near)} is ${quote(cseqText(near))}: ${DROPPED}`;
  }
  const what = near.fromTag === response.fromTag ? 'Via branch' : 'From tag';
  return `The request ${quote(wanted)} (${named(near)}) has another ${what}: this response does not answer it, and is dropped.`;
}

function cseqText({ cseq }: FlowMessage): string {
  return cseq ? `${cseq.number} ${cseq.method}` : '';
}
