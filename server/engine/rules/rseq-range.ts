import { slice } from '../base/text.ts';
import type { Call, FlowMessage } from '../flow/call.ts';
import { named } from '../flow/sequence.ts';
import { header } from '../sip/message.ts';
import { CSEQ_LIMIT, misfits } from '../sip/valueGrammar.ts';
import type { CallReport, CallRule } from './rule.ts';

export const rseqRange: CallRule = {
  id: 'rseq-range',
  group: 'header-values',
  scope: 'call',
  title: 'RSeq is no number it may be, or is not one more than that of the reliable response before.',
  spec: 'RFC 3262 §3; RFC 3262 §7.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 180 Ringing
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    RSeq: 2147483647

    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:carol@example.org>;tag=c
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    RSeq: 1

    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    RSeq: 2147483648

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 180 Ringing
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    RSeq: 2147483648
          ^^^^^^^^^^ The first RSeq of a transaction must be below 2147483648, so that there is room to count.

    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    RSeq: 2147483651
          ^^^^^^^^^^ RSeq must be 2147483649, one more than in message 2: the caller waits for that one, and sends no PRACK.

    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:carol@example.org>;tag=c
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    RSeq: 0
          ^ RSeq must be a number from 1 to 4294967295, not “0”.

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
  `,
  needs: ['rseq'],
  check(call, report) {
    for (const where of call.messages)
      if (!where.retransmissionOf) for (const { at, text } of misfits(where.message, 'rseq')) report(where, at, text);
    for (const responses of countedTogether(call)) checkOrder(responses, report);
  },
};

interface Reliable {
  readonly where: FlowMessage;
  readonly rseq: number;
}

/** The reliable responses of one dialog in one transaction, for each transaction that the trace shows whole. */
function countedTogether(call: Call): Reliable[][] {
  const groups = new Map<string, Reliable[]>();
  for (const where of call.messages) {
    const value = header(where.message, 'rseq')?.value;
    const rseq = value ? Number(slice(where.message.text, value)) : Number.NaN;
    const request = where.respondsTo;
    if (!Number.isInteger(rseq) || rseq < 1 || !request || where.retransmissionOf || !isWhole(request)) continue;
    const key = `${request.index} ${where.toTag}`;
    const group = groups.get(key);
    if (group) group.push({ where, rseq });
    else groups.set(key, [{ where, rseq }]);
  }
  return [...groups.values()];
}

function isWhole(request: FlowMessage): boolean {
  return (request.responses.at(-1)?.status ?? 0) >= 200;
}

function checkOrder(responses: readonly Reliable[], report: CallReport): void {
  const seen = new Set<number>();
  let last: Reliable | null = null;
  for (const response of responses) {
    if (seen.has(response.rseq)) continue; // sent again, or seen on another hop
    seen.add(response.rseq);
    const at = header(response.where.message, 'rseq')!.value;
    if (!last && response.rseq >= CSEQ_LIMIT) {
      const why = 'so that there is room to count';
      report(response.where, at, `The first RSeq of a transaction must be below ${CSEQ_LIMIT}, ${why}.`);
    } else if (last && response.rseq !== last.rseq + 1) {
      const related = [{ in: last.where, at: header(last.where.message, 'rseq')!.value, text: 'The RSeq before.' }];
      report(
        response.where,
        at,
        `RSeq must be ${last.rseq + 1}, one more than in ${named(last.where)}: the caller waits for that one, and sends no PRACK.`,
        related,
      );
    }
    last = response;
  }
}
