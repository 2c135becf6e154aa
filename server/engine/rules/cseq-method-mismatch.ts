import { quote } from '../base/quote.ts';
import { methodFacts } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import { parseCSeq } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const cseqMethodMismatch: MessageRule = {
  id: 'cseq-method-mismatch',
  group: 'header-values',
  scope: 'message',
  title: 'The method in CSeq is not that of the request.',
  spec: 'RFC 3261 §8.1.1.5; RFC 3261 §20.16',
  severity: { strict: 'error', trace: 'error', ms: 'error', doc: 'error' },
  good: `
    ACK sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKnashds9
    CSeq: 314159  ACK
  `,
  bad: `
    BYE sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKnashds9
    CSeq: 1 INVITE
            ^^^^^^ The method in CSeq must be that of the request, “BYE”, not “INVITE”.
  `,
  reads: { outline: ['cseq'] },
  check(message, report) {
    const cseq = parseCSeq(message);
    if (!cseq || message.kind !== 'request' || cseq.method === message.method) return;
    const isCaseOfStartLine = cseq.method === message.method.toUpperCase() && !methodFacts(message.method);
    if (isCaseOfStartLine) return; // method-case says it at the start line
    const wanted = quote(message.method);
    report(cseq.at.method, `The method in CSeq must be that of the request, ${wanted}, not ${quote(cseq.method)}.`);
  },
  fix: (reported) => (reported.message.kind === 'request' ? replaced(reported, reported.message.method) : []),
};
