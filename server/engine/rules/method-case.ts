import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { methodFacts } from '../sip/registry.ts';
import { withMethod } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const methodCase: MessageRule = {
  id: 'method-case',
  group: 'start-line',
  scope: 'message',
  title: 'The method is not written in upper case.',
  spec: 'RFC 3261 §7.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
    TO :
      sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
    CSEQ: 0009
      INVITE
  `,
  bad: `
    invite sip:bob@biloxi.example.com SIP/2.0
    ^^^^^^ Methods are case-sensitive: write INVITE, not “invite”.
    CSeq: 314159 invite
  `,
  reads: { outline: [] },
  check(message, report) {
    if (message.kind !== 'request' || methodFacts(message.method)) return;
    const upper = message.method.toUpperCase();
    if (methodFacts(upper)) {
      report(message.at.method, `Methods are case-sensitive: write ${upper}, not ${quote(message.method)}.`);
    }
  },
  fix: ({ message, at }) => withMethod(message, slice(message.text, at).toUpperCase(), 'sure'),
};
