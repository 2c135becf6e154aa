import { misfits } from '../sip/valueGrammar.ts';
import type { MessageRule } from './rule.ts';

export const timestampSyntax: MessageRule = {
  id: 'timestamp-syntax',
  group: 'header-values',
  scope: 'message',
  title: 'Timestamp is not a number of seconds, with a delay perhaps.',
  spec: 'RFC 3261 §20.38',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SIP/2.0 100 Trying
    Timestamp: 54.21 0.3
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Timestamp: 12:31:07
               ^^^^^^^^ Timestamp must be a number of seconds, and maybe the delay, as in “54.21 0.3”, not “12:31:07”.
  `,
  reads: { each: ['timestamp'] },
  check(message, report) {
    for (const { at, text } of misfits(message, 'timestamp')) report(at, text);
  },
};
