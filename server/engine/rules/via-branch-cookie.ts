import { quote } from '../base/quote.ts';
import type { Repair } from '../base/repair.ts';
import { type Span, slice, span } from '../base/text.ts';
import { repair } from '../sip/repairs.ts';
import { tokenOf } from '../sip/soundValues.ts';
import { param, vias } from '../sip/values.ts';
import type { MessageRule, Reported } from './rule.ts';

const COOKIE = 'z9hG4bK';

export const viaBranchCookie: MessageRule = {
  id: 'via-branch-cookie',
  group: 'header-values',
  scope: 'message',
  title: 'The branch of a request does not begin with “z9hG4bK”, so that it cannot be relied upon to be unique.',
  spec: 'RFC 3261 §8.1.1.7; RFC 4475 §3.2.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'off' },
  good: `
    OPTIONS sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;received=192.0.2.1;branch = z9hG4bK.E5IZKkXb9;rport
    Via: SIP/2.0/UDP 192.0.2.9:5060;branch=0
    Call-ID: 41e2a6f0-1@192.0.2.1
    CSeq: 10 OPTIONS
  `,
  bad: `
    OPTIONS sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=0
                                           ^ The branch must begin with “z9hG4bK”, not with “0”.
  `,
  reads: { each: ['via'], form: true },
  check(message, report) {
    if (message.kind !== 'request') return;
    const branch = param(vias(message)[0]?.params ?? [], 'branch')?.value;
    const value = branch ? slice(message.text, branch) : '';
    if (!branch || !value) return;
    if (value === COOKIE) report(branch, `Behind “${COOKIE}” the branch must hold something that is unique.`);
    if (value.startsWith(COOKIE)) return;
    const start = value.slice(0, COOKIE.length);
    report(branch, `The branch must begin with “${COOKIE}”, not with ${quote(start)}.`);
  },
  fix: mended,
};

/** The cookie before the branch, and in all messages of the call that have the same branch on top. */
function mended({ message, at, flow, call }: Reported): readonly Repair[] {
  const branch = slice(message.text, at);
  const isBare = branch === COOKIE;
  const text = isBare ? tokenOf(message, 'branch') : COOKIE;
  const place = (value: Span) => span(isBare ? value.to : value.from, isBare ? value.to : value.from);
  const same = call().messages.filter((one) => one.index !== flow().index && one.branch === branch);
  const edits = same.flatMap((one) => {
    const value = param(one.vias[0]?.params ?? [], 'branch')?.value;
    return value ? [{ ...place(value), text, in: one.index }] : [];
  });
  return repair(`Add '${text}' to the branch`, [{ ...place(at), text }, ...edits]);
}
