import { replaced } from '../sip/repairs.ts';
import { misfits } from '../sip/valueGrammar.ts';
import type { MessageRule } from './rule.ts';

export const maxForwardsRange: MessageRule = {
  id: 'max-forwards-range',
  group: 'header-values',
  scope: 'message',
  title: 'Max-Forwards is not a number from 0 to 255.',
  spec: 'RFC 3261 §20.22',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    OPTIONS sip:bob@example.org SIP/2.0
    Max-Forwards: 0
  `,
  bad: `
    OPTIONS sip:bob@example.org SIP/2.0
    Max-Forwards: 300
                  ^^^ Max-Forwards must be a number from 0 to 255, not “300”.
  `,
  reads: { each: ['max-forwards'] },
  check(message, report) {
    if (message.kind !== 'request') return;
    for (const { at, text } of misfits(message, 'max-forwards')) report(at, text);
  },
  fix: (reported) => replaced(reported, '70'),
};
