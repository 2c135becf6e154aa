import { slice } from '../base/text.ts';
import { headerSpelledLike } from '../sip/registry.ts';
import { renamed } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const headerNameTypoHyphen: MessageRule = {
  id: 'header-name-typo-hyphen',
  group: 'header-syntax',
  scope: 'message',
  title: 'The header name is a known one but for its hyphens.',
  spec: 'RFC 3261 §20',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    NOTIFY sip:alice@example.org SIP/2.0
    CSEQ: 2 NOTIFY
    CALL-ID: 08501c03562b4515a1ad55e367dd503d
    subscription-state: active;expires=3600
    X_Foo: 1
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    UserAgent: UCCAPI/4.0.7577.0
    ^^^^^^^^^ UserAgent is no known header; did you mean User-Agent?
    P_Preferred_Identity: "Alice" <sip:alice@example.org>
    ^^^^^^^^^^^^^^^^^^^^ P_Preferred_Identity is no known header; did you mean P-Preferred-Identity?
  `,
  reads: { outline: [] },
  check(message, report) {
    for (const field of message.headers) {
      const name = slice(message.text, field.name);
      const meant = headerSpelledLike(name);
      if (meant) report(field.name, `${name} is no known header; did you mean ${meant.name}?`);
    }
  },
  fix: (reported) => renamed(reported, headerSpelledLike(slice(reported.message.text, reported.at))?.name, 'sure'),
};
