import { misfits } from '../sip/valueGrammar.ts';
import type { MessageRule } from './rule.ts';

export const retryAfterSyntax: MessageRule = {
  id: 'retry-after-syntax',
  group: 'header-values',
  scope: 'message',
  title: 'Retry-After is not a number of seconds, with a comment and parameters perhaps.',
  spec: 'RFC 3261 §20.33; RFC 4475 §3.1.2.5',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SIP/2.0 503 Service Unavailable
    Retry-After: 18000 (in a meeting (long));duration=3600
  `,
  bad: `
    SIP/2.0 503 Service Unavailable
    Retry-After: 949302838503028349304023988
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ Retry-After must be a number of seconds, as in “5 (busy);duration=3600”, not “949302838503028349304023988”.
  `,
  reads: { each: ['retry-after'] },
  check(message, report) {
    for (const { at, text } of misfits(message, 'retry-after')) report(at, text);
  },
};
