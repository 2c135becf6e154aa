import { nearest, slice } from '../base/text.ts';
import { allMethods, methodFacts } from '../sip/registry.ts';
import { withMethod } from '../sip/repairs.ts';
import { isToken } from '../sip/valueGrammar.ts';
import type { MessageRule } from './rule.ts';

export const methodUnknown: MessageRule = {
  id: 'method-unknown',
  group: 'start-line',
  scope: 'message',
  title: 'The method is neither registered nor a known extension.',
  spec: 'RFC 3261 §7.1',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    BENOTIFY sip:10.29.107.208:2308;transport=tls;ms-opaque=3c71125d8b;ms-received-cid=200;grid SIP/2.0
    CSeq: 3 BENOTIFY
  `,
  bad: `
    INVTE sip:bob@biloxi.example.com SIP/2.0
    ^^^^^ INVTE is no known method; did you mean INVITE?
    CSeq: 314159 INVTE
  `,
  reads: { outline: [] },
  check(message, report) {
    if (message.kind !== 'request' || !isToken(message.method)) return;
    const name = message.method;
    if (methodFacts(name) || methodFacts(name.toUpperCase())) return;
    const hint = nearestMethod(name);
    report(message.at.method, `${name} is no known method${hint ? `; did you mean ${hint}?` : '.'}`);
  },
  fix: (reported) => {
    const meant = nearestMethod(slice(reported.message.text, reported.at));
    return meant ? withMethod(reported.message, meant, 'likely') : [];
  },
};

function nearestMethod(name: string): string | undefined {
  return nearest(
    name,
    allMethods.filter((method) => !method.legacy).map((method) => method.name),
  );
}
