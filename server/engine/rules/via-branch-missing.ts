import type { Repair } from '../base/repair.ts';
import { span } from '../base/text.ts';
import { repair } from '../sip/repairs.ts';
import { branchOf } from '../sip/soundValues.ts';
import { param, vias } from '../sip/values.ts';
import type { MessageRule, Reported } from './rule.ts';

export const viaBranchMissing: MessageRule = {
  id: 'via-branch-missing',
  group: 'header-values',
  scope: 'message',
  title: 'The top Via of a request has no branch, which would tell its transaction from others.',
  spec: 'RFC 3261 §8.1.1.7; RFC 3261 §20.42',
  severity: { strict: 'error', trace: 'warning', ms: 'hint', doc: 'off' },
  good: `
    SIP/2.0 202 Accepted
    From: "Alice"<sip:alice@contoso.com>;tag=58b76ebb1c;epid=bd4bd366c2
    To: <sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B>;tag=3C150080
    Call-ID: cfc48d02676c47379c7083eb783ad2ab
    CSeq: 2 INFO
    Via: SIP/2.0/TLS 10.56.65.217:2157;received=10.29.107.208;ms-received-port=2157;ms-received-cid=29500
  `,
  bad: `
    INFO sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B SIP/2.0
    Via: SIP/2.0/TLS 10.56.65.217:2157
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The top Via of a request needs a branch that begins with “z9hG4bK”.
    Via: SIP/2.0/TLS 10.56.65.200
  `,
  reads: { each: ['via'], form: true },
  check(message, report) {
    const top = vias(message)[0];
    if (message.kind !== 'request' || !top?.transport) return;
    const branch = param(top.params, 'branch');
    if (branch?.value && branch.value.to > branch.value.from) return;
    report(branch ?? top, 'The top Via of a request needs a branch that begins with “z9hG4bK”.');
  },
  fix: mended,
};

/** A branch for the request, and the same in the responses that bring back its Via. */
function mended({ message, at, flow }: Reported): readonly Repair[] {
  const branch = `branch=${branchOf(message)}`;
  const top = vias(message)[0];
  const empty = top && param(top.params, 'branch');
  const own = empty ? { from: at.from, to: at.to, text: branch } : { from: at.to, to: at.to, text: `;${branch}` };
  const edits = flow().responses.flatMap(({ index, vias: [brought] }) => {
    if (!brought || param(brought.params, 'branch')) return [];
    return [{ ...span(brought.to, brought.to), text: `;${branch}`, in: index }];
  });
  return repair(`Add '${branch}'`, [own, ...edits]);
}
