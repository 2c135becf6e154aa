import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { namesInFull } from '../sip/edits.ts';
import { headerFacts } from '../sip/registry.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const compactFormMixed: MessageRule = {
  id: 'compact-form-mixed',
  group: 'header-syntax',
  scope: 'message',
  title: 'One header stands in its long and in its compact form in the same message.',
  spec: 'RFC 3261 §7.3.3',
  severity: { strict: 'hint', trace: 'off', ms: 'off', doc: 'off' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    v: SIP/2.0/UDP h1;branch=z9hG4bK1
    v: SIP/2.0/UDP h2;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=1
    t: <sip:bob@example.org>
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP h1;branch=z9hG4bK1
    v: SIP/2.0/UDP h2;branch=z9hG4bK2
    ^ “v” is the compact form of Via, which stands above in its long form.
  `,
  reads: { outline: [] },
  check(message, report) {
    const first = new Map<string, boolean>();
    for (const field of message.headers) {
      const name = slice(message.text, field.name);
      const isCompact = name.length === 1;
      const before = first.get(field.id);
      if (before === undefined) first.set(field.id, isCompact);
      if (before === undefined || before === isCompact) continue;
      const long = headerFacts(field.id)?.name ?? name;
      const text = isCompact
        ? `${quote(name)} is the compact form of ${long}, which stands above in its long form.`
        : `${long} stands above in its compact form.`;
      report(field.name, text);
    }
  },
  fix: ({ message }) => repair('Write the names of headers in full', namesInFull(message), 'sure'),
};
