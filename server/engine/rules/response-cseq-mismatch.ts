import { quote } from '../base/quote.ts';
import type { Span } from '../base/text.ts';
import { misnumbered } from '../flow/echo.ts';
import { named } from '../flow/sequence.ts';
import { replaced } from '../sip/repairs.ts';
import type { CSeq } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const responseCseqMismatch: CallRule = {
  id: 'response-cseq-mismatch',
  group: 'transactions',
  scope: 'call',
  title: 'A response has the branch of a request, but another CSeq.',
  spec: 'RFC 3261 §8.2.6.2; RFC 3261 §17.1.3',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    CANCEL sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 CANCEL

    SIP/2.0 481 Call Does Not Exist
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 CANCEL

    SIP/2.0 200 OK
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 4 OPTIONS
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE
          ^^^^^^^^ CSeq must be that of the request with this branch (message 1), “1 INVITE”: its sender cannot match this response and drops it.
  `,
  needs: ['response'],
  check(call, report) {
    for (const { response, request } of misnumbered(call)) {
      if (!request.cseq || !response.cseq) continue;
      const wanted = `${request.cseq.number} ${request.cseq.method}`;
      const text = `CSeq must be that of the request with this branch (${named(request)}), ${quote(wanted)}: its sender cannot match this response and drops it.`;
      const at = { from: request.cseq.at.number.from, to: request.cseq.at.method.to };
      report(response, cseqAt(response.cseq), text, [{ in: request, at, text: 'CSeq of the request.' }]);
    }
  },
  fix: ({ message, at, flow, call }) => {
    const pair = misnumbered(call()).find(({ response }) => response.index === flow().index);
    const cseq = pair?.request.cseq;
    return cseq ? replaced({ message, at }, `${cseq.number} ${cseq.method}`) : [];
  },
};

function cseqAt({ at }: CSeq): Span {
  return { from: at.number.from, to: at.method.to };
}
