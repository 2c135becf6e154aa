import { replaced } from '../sip/repairs.ts';
import { misfits } from '../sip/valueGrammar.ts';
import type { MessageRule } from './rule.ts';

export const mimeVersion: MessageRule = {
  id: 'mime-version',
  group: 'header-values',
  scope: 'message',
  title: 'MIME-Version is not 1.0, the only version there is.',
  spec: 'RFC 3261 §20.24',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    MESSAGE sip:bob@example.org SIP/2.0
    Mime-Version: 1.0
  `,
  bad: `
    MESSAGE sip:bob@example.org SIP/2.0
    MIME-Version: 2
                  ^ MIME-Version must be 1.0, not “2”.
  `,
  reads: { each: ['mime-version'] },
  check(message, report) {
    for (const { at, text } of misfits(message, 'mime-version')) report(at, text);
  },
  fix: (reported) => replaced(reported, '1.0'),
};
