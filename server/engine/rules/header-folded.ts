import { slice, trimmed } from '../base/text.ts';
import { fieldAt } from '../sip/edits.ts';
import { unfold } from '../sip/message.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const headerFolded: MessageRule = {
  id: 'header-folded',
  group: 'header-syntax',
  scope: 'message',
  title: 'A header goes on in a second line, which is legal but trips some parsers.',
  spec: 'RFC 3261 §7.3.1',
  severity: { strict: 'hint', trace: 'off', ms: 'off', doc: 'off' },
  good: `
    MESSAGE sip:bob@example.org SIP/2.0
    Subject: I know you are there
    Content-Type: text/plain

      pick up the phone
  `,
  bad: `
    MESSAGE sip:bob@example.org SIP/2.0
    Subject: I know you are there,
      pick up the phone
      ^^^^^^^^^^^^^^^^^ The header Subject goes on in this line; one line for each header is safer.
    Content-Type: text/plain

  `,
  reads: { each: 'field', having: '\n' },
  check(message, report) {
    for (const field of message.headers) {
      const lines = slice(message.text, field).split(/\r\n|\r|\n/);
      // One that no blank begins is another fault: header-line-broken.
      if (lines.length < 2 || !/^[ \t]/.test(lines[1]!)) continue;
      const from = message.text.indexOf(lines[1]!, field.from + lines[0]!.length + 1);
      const name = slice(message.text, field.name);
      report(
        trimmed(message.text, from, from + lines[1]!.length),
        `The header ${name} goes on in this line; one line for each header is safer.`,
      );
    }
  },
  fix: ({ message, at }) => {
    const field = fieldAt(message, at.from);
    const text = field ? unfold(slice(message.text, field.value)) : '';
    return field ? repair('Write the header on one line', [{ ...field.value, text }], 'sure') : [];
  },
};
