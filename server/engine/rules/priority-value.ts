import { quote } from '../base/quote.ts';
import { nearest, slice } from '../base/text.ts';
import { header } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { knownValues } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

const KNOWN: readonly string[] = knownValues.priorityValues;

/** What other systems call it. */
const OTHERS: Readonly<Record<string, string>> = { high: 'urgent', medium: 'normal', low: 'non-urgent' };

export const priorityValue: MessageRule = {
  id: 'priority-value',
  group: 'header-values',
  scope: 'message',
  title: 'Priority is none of the registered ones.',
  spec: 'RFC 3261 §20.26; RFC 6878 §3',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Priority: Urgent
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Priority: high
              ^^^^ “high” is no registered priority, as emergency, urgent, normal and non-urgent are.
  `,
  reads: { each: ['priority'] },
  check(message, report) {
    const at = header(message, 'priority')?.value;
    const value = at ? slice(message.text, at) : '';
    if (!at || !value || isPlaceholder(value) || KNOWN.includes(value.toLowerCase())) return;
    const near = nearest(value, KNOWN);
    const advice = near ? `; is ${near} meant?` : ', as emergency, urgent, normal and non-urgent are.';
    report(at, `${quote(value)} is no registered priority${advice}`);
  },
  fix: (reported) => {
    const written = slice(reported.message.text, reported.at);
    const near = nearest(written, KNOWN) ?? OTHERS[written.toLowerCase()];
    return near ? replaced(reported, near) : [];
  },
};
