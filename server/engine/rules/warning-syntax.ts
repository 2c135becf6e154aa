import { misfits } from '../sip/valueGrammar.ts';
import type { MessageRule } from './rule.ts';

export const warningSyntax: MessageRule = {
  id: 'warning-syntax',
  group: 'header-values',
  scope: 'message',
  title: 'A Warning is not a code of three digits, a host and a text in quotes.',
  spec: 'RFC 3261 §20.43; RFC 4475 §3.1.2.5',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SIP/2.0 488 Not Acceptable Here
    Warning: 370 devnull "Choose a bigger pipe", 399 192.0.2.1:5060 "a, b"
    Warning: 399 Polycom VVX 411 "Failed to find a codec"
  `,
  bad: `
    SIP/2.0 503 Service Unavailable
    Warning: 1812 overture "In Progress"
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ Warning must be three digits, a host and a text in quotes, not “1812 overture "In Progress"”.
  `,
  reads: { each: ['warning'] },
  check(message, report) {
    for (const { at, text } of misfits(message, 'warning')) report(at, text);
  },
};
