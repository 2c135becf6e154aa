import { slice } from '../base/text.ts';
import { methodFacts } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import { misfits } from '../sip/valueGrammar.ts';
import type { MessageRule } from './rule.ts';

export const cseqSyntax: MessageRule = {
  id: 'cseq-syntax',
  group: 'header-values',
  scope: 'message',
  title: 'CSeq is not a number and a method.',
  spec: 'RFC 3261 §20.16',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    INVITE sip:vivekg@chair-dnrc.example.com SIP/2.0
    CSEQ: 0009
      INVITE
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    CSeq: INVITE
          ^^^^^^ CSeq must be a number and a method, as in “1 INVITE”, not “INVITE”.
  `,
  reads: { each: ['cseq'] },
  check(message, report) {
    for (const { at, text } of misfits(message, 'cseq')) report(at, text);
  },
  fix: (reported) => {
    const method = methodFacts(slice(reported.message.text, reported.at).trim())?.name;
    return method ? replaced(reported, `1 ${method}`) : [];
  },
};
