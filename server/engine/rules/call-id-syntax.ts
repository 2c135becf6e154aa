import { slice } from '../base/text.ts';
import { header } from '../sip/message.ts';
import type { MessageRule } from './rule.ts';

export const callIdSyntax: MessageRule = {
  id: 'call-id-syntax',
  group: 'header-values',
  scope: 'message',
  title: 'Call-ID holds a blank, a comma or a second @, or nothing stands on one side of its @.',
  spec: 'RFC 3261 §25.1; RFC 3261 §20.8',
  severity: { strict: 'error', trace: 'info', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    i:
      {C263F024-15CC-4B33}!"(a)<b>%Z~+=_'*/\\?@[2001:db8::9:1]
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Call-ID: a84b4c76 e66710@example.org
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ Call-ID must be one word without a blank, as in “a84b4c76e66710@example.org”.
  `,
  reads: { each: ['call-id'], form: true },
  check(message, report) {
    const field = header(message, 'call-id');
    const fault = field && faultOf(slice(message.text, field.value));
    if (field && fault)
      report(field.value, `Call-ID must be one word without ${fault}, as in “a84b4c76e66710@example.org”.`);
  },
};

function faultOf(value: string): string | undefined {
  if (/\s/.test(value)) return 'a blank';
  if (value.includes(',')) return 'a comma';
  if (value.endsWith('@') || value.startsWith('@')) return 'an @ at its end or beginning';
  return value.indexOf('@') !== value.lastIndexOf('@') ? 'a second @' : undefined;
}
