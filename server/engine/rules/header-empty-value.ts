import { slice } from '../base/text.ts';
import { fieldAt } from '../sip/edits.ts';
import { isStructured } from '../sip/grammar.ts';
import { headerFacts } from '../sip/registry.ts';
import { withHeaderSet, withoutRow } from '../sip/repairs.ts';
import { SOUND, soundValue } from '../sip/soundValues.ts';
import type { MessageRule } from './rule.ts';

/** Headers whose grammar makes the value optional. */
const MAY_BE_EMPTY = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'accept-resource-priority',
  'allow',
  'organization',
  'p-early-media',
  'recv-info',
  'subject',
  'supported',
]);

export const headerEmptyValue: MessageRule = {
  id: 'header-empty-value',
  group: 'header-syntax',
  scope: 'message',
  title: 'A header that needs a value has none.',
  spec: 'RFC 3261 §25.1; RFC 3261 §20.1; RFC 6086 §5.2.2',
  severity: { strict: 'error', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    OPTIONS sip:bob@example.org SIP/2.0
    Supported:
    Allow:
    Accept:
    Subject:
    k:
    X-Trace-Id:
  `,
  bad: `
    OPTIONS sip:bob@example.org SIP/2.0
    Call-ID:
    ^^^^^^^ The header Call-ID needs a value.
    User-Agent:
    ^^^^^^^^^^ The header User-Agent needs a value.
  `,
  reads: { each: 'field', form: true },
  check(message, report) {
    for (const field of message.headers) {
      const facts = headerFacts(field.id);
      if (field.value.from < field.value.to || !facts?.sure || MAY_BE_EMPTY.has(field.id)) continue;
      if (isStructured(field) || facts.grammar === 'product-list') {
        report(field.name, `The header ${slice(message.text, field.name)} needs a value.`);
      }
    }
  },
  fix: (reported) => {
    const field = fieldAt(reported.message, reported.at.from);
    const name = SOUND.find((one) => one.toLowerCase() === field?.id);
    if (!field || !name) return withoutRow(reported);
    return withHeaderSet(reported, name, soundValue(reported.message, name, reported.neighbours()));
  },
};
