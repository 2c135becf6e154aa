import { slice } from '../base/text.ts';
import { header } from '../sip/message.ts';
import { isNumber, MOST_SECONDS } from '../sip/valueGrammar.ts';
import type { MessageRule } from './rule.ts';

const YEAR = 365 * 24 * 3600;

export const expiresLarge: MessageRule = {
  id: 'expires-large',
  group: 'header-values',
  scope: 'message',
  title: 'Expires is longer than a year.',
  spec: 'RFC 3261 §20.19',
  severity: { strict: 'hint', trace: 'off', ms: 'off', doc: 'off' },
  good: `
    SUBSCRIBE sip:alice@example.org SIP/2.0
    Expires: 31536000
  `,
  bad: `
    SUBSCRIBE sip:alice@example.org SIP/2.0
    Expires: 99999999
             ^^^^^^^^ Expires is longer than a year; an hour or a day is usual.
  `,
  reads: { each: ['expires'] },
  check(message, report) {
    const field = header(message, 'expires');
    if (field && isNumber(slice(message.text, field.value), YEAR + 1, MOST_SECONDS))
      report(field.value, 'Expires is longer than a year; an hour or a day is usual.');
  },
};
