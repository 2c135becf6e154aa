import { slice } from '../base/text.ts';
import { dateFault } from '../sip/date.ts';
import { header } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { called, repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const dateSyntax: MessageRule = {
  id: 'date-syntax',
  group: 'header-values',
  scope: 'message',
  title: 'Date is not written as SIP asks, is not in GMT, or names the wrong day of the week.',
  spec: 'RFC 3261 §20.17; RFC 4475 §3.1.2.12',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    SIP/2.0 200 OK
    CSeq: 1 REGISTER
    Date: Sat, 13 Nov 2010 23:29:00 GMT
  `,
  bad: `
    INVITE sip:user@example.com SIP/2.0
    Date: Fri, 01 Jan 2010 16:00:00 EST
                                    ^^^ The time zone of Date must be GMT, not “EST”.
  `,
  reads: { each: ['date'] },
  check(message, report) {
    const field = header(message, 'date');
    const value = field ? slice(message.text, field.value) : '';
    const fault = value && !isPlaceholder(value) ? dateFault(value) : null;
    if (!field || !fault) return;
    const { from } = field.value;
    report({ from: from + fault.at.from, to: from + fault.at.to }, fault.text, fault.most);
  },
  fix: ({ message }) => {
    const field = header(message, 'date');
    const moment = field ? Date.parse(slice(message.text, field.value)) : Number.NaN;
    if (!field || Number.isNaN(moment)) return [];
    const text = new Date(moment).toUTCString();
    return repair(`Write ${called(text)}`, [{ ...field.value, text }]);
  },
};
