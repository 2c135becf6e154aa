import { quote } from '../base/quote.ts';
import { nearest } from '../base/text.ts';
import { allMethods, methodFacts } from '../sip/registry.ts';
import { parseCSeq } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const cseqUnknownMethodResponse: MessageRule = {
  id: 'cseq-unknown-method-response',
  group: 'header-values',
  scope: 'message',
  title: 'A response answers a method that is not known.',
  spec: 'RFC 3261 §20.16; RFC 4475 §3.1.2.18',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SIP/2.0 200 OK
    Via: SIP/2.0/TLS 10.0.0.1:5061;branch=z9hG4bK1
    CSeq: 7 SERVICE
  `,
  bad: `
    SIP/2.0 501 Not Implemented
    Via: SIP/2.0/TLS 10.0.0.1:5061;branch=z9hG4bK1
    CSeq: 2 INVTE
            ^^^^^ “INVTE” is no known method; is INVITE meant?
  `,
  reads: { each: ['cseq'] },
  check(message, report) {
    const cseq = parseCSeq(message);
    if (!cseq || message.kind !== 'response' || methodFacts(cseq.method)) return;
    const method = cseq.method.length > 40 ? undefined : nearest(cseq.method, names());
    const question = method ? `; is ${method} meant?` : '.';
    report(cseq.at.method, `${quote(cseq.method)} is no known method${question}`);
  },
};

function names(): string[] {
  return allMethods.filter((method) => !method.legacy).map((method) => method.name);
}
