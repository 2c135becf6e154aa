import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { named } from '../flow/sequence.ts';
import { header } from '../sip/message.ts';
import { misfits } from '../sip/valueGrammar.ts';
import type { CallReport, CallRule } from './rule.ts';

export const rackSyntax: CallRule = {
  id: 'rack-syntax',
  group: 'header-values',
  scope: 'call',
  title: 'RAck is not an RSeq, a CSeq number and a method, or names no response that was sent reliably.',
  spec: 'RFC 3262 §7.2; RFC 3262 §3',
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
    RSeq: 0776656

    PRACK sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 PRACK
    RAck: 776656 1 INVITE

    PRACK sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: its-beginning-is-not-in-the-trace@example.org
    CSeq: 2 PRACK
    RAck: 5 9
      INVITE
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
    RSeq: 776656

    PRACK sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 PRACK
    RAck: 1 INVITE
          ^^^^^^^^ RAck must be an RSeq, a CSeq number and a method, as in “776656 1 INVITE”, not “1 INVITE”.

    PRACK sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK3
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 3 PRACK
    RAck: 776656 2 INVITE
          ^^^^^^^^^^^^^^^ No response before is “776656 2 INVITE”; message 2 is “776656 1 INVITE”: this acknowledges nothing, and the response is sent again.
  `,
  needs: ['rack'],
  check(call, report) {
    const seen = new Set<string>();
    let last: FlowMessage | null = null;
    for (const where of call.messages) {
      const name = where.status > 100 ? reliableName(where) : '';
      if (name) {
        seen.add(name);
        last = where;
      }
      if (where.message.kind !== 'request' || where.retransmissionOf) continue;
      const faults = misfits(where.message, 'rack');
      for (const { at, text } of faults) report(where, at, text);
      if (!faults.length && last && !call.partial) checkMatch(where, { seen, last }, report);
    }
  },
};

/** @param before the reliable responses seen so far, and the last of them */
function checkMatch(prack: FlowMessage, before: { seen: Set<string>; last: FlowMessage }, report: CallReport): void {
  const rack = header(prack.message, 'rack')?.value;
  const wanted = rack && prack.method === 'PRACK' ? plainWords(slice(prack.message.text, rack)) : '';
  if (!rack || !wanted || before.seen.has(wanted)) return;
  const { last } = before;
  // The response between may have been lost on its way to whoever made the trace.
  if (Number(wanted.split(' ')[0]) === rseqOf(last) + 1) return;
  const at = header(last.message, 'rseq')!.value;
  const text = `No response before is ${quote(wanted)}; ${named(last)} is ${quote(reliableName(last))}: this acknowledges nothing, and the response is sent again.`;
  report(prack, rack, text, [{ in: last, at, text: 'The last reliable response.' }]);
}

/** What RAck says of a reliable response: RSeq, CSeq number and method; '' for any other. */
function reliableName(response: FlowMessage): string {
  const rseq = rseqOf(response);
  return response.cseq && rseq > 0 ? `${rseq} ${response.cseq.number} ${response.cseq.method}` : '';
}

function rseqOf({ message }: FlowMessage): number {
  const value = header(message, 'rseq')?.value;
  return value ? Number(slice(message.text, value)) : 0;
}

/** Numbers without zeros in front, one blank between the words; '' for a placeholder. */
function plainWords(rack: string): string {
  const [rseq, cseq, method] = rack.split(/\s+/);
  return method ? `${Number(rseq)} ${Number(cseq)} ${method}` : '';
}
