import { addToList } from '../sip/edits.ts';
import { header } from '../sip/message.ts';
import { repair, withHeader } from '../sip/repairs.ts';
import { hasOption } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const require100relWithoutRseq: MessageRule = {
  id: 'require-100rel-without-rseq',
  group: 'header-presence',
  scope: 'message',
  title: 'A provisional response has only one of Require: 100rel and RSeq.',
  spec: 'RFC 3262 §3',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Require: timer
    Require: precondition, 100Rel
    RSeq: 4711
  `,
  bad: `
    SIP/2.0 183 Session Progress
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Require: 100rel asks for a PRACK, but there is no RSeq for it to name.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Require: 100rel
  `,
  reads: { outline: ['require'] },
  check(message, report) {
    if (message.kind !== 'response' || message.status <= 100 || message.status >= 200) return;
    const isReliable = hasOption(message, 'require', '100rel');
    const isNumbered = header(message, 'rseq') !== undefined;
    if (isReliable && !isNumbered) {
      report(message.startLine, 'Require: 100rel asks for a PRACK, but there is no RSeq for it to name.');
    } else if (isNumbered && !isReliable) {
      report(message.startLine, 'RSeq numbers a reliable response, but there is no Require: 100rel.');
    }
  },
  fix: (reported) => {
    const { message } = reported;
    if (!header(message, 'rseq')) return withHeader(reported, 'RSeq', '1');
    return repair("Add '100rel' to Require", [addToList(message, 'Require', '100rel')]);
  },
};
