import { type Span, slice } from '../base/text.ts';
import type { SipMessage } from '../sip/message.ts';
import { withoutValue } from '../sip/repairs.ts';
import { listValues, parseNameAddr, parseUri } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const pAssertedIdentityCount: MessageRule = {
  id: 'p-asserted-identity-count',
  group: 'header-count',
  scope: 'message',
  title: 'P-Asserted-Identity holds more than one sip and one tel URI.',
  spec: 'RFC 3325 §9.1',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    User-Agent: Cisco-SIPGateway/IOS-12.x
    P-Asserted-Identity: "Jennings, Cullen" <sip:fluffy@example.org>
    P-Asserted-Identity: <tel:+14085264000>
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    P-Asserted-Identity: <sip:alice@example.org>, "Alice" <sips:alice@example.com>
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ P-Asserted-Identity takes one sip and one tel URI; this is another sip URI.
  `,
  reads: { outline: ['p-asserted-identity'] },
  check(message, report) {
    const seen = new Set<string>();
    for (const value of listValues(message, 'p-asserted-identity')) {
      const scheme = schemeOf(message, value);
      if (!scheme) continue;
      if (seen.has(scheme) || seen.size >= 2) {
        report(value, `P-Asserted-Identity takes one sip and one tel URI; this is another ${scheme} URI.`);
        return;
      }
      seen.add(scheme);
    }
  },
  fix: withoutValue,
};

/** In lower case, sips counted as sip; '' where the value is no URI. */
function schemeOf(message: SipMessage, value: Span): string {
  if (!slice(message.text, value).includes(':')) return '';
  const { scheme } = parseUri(message.text, parseNameAddr(message.text, value).uri);
  return scheme === 'sips' ? 'sip' : scheme;
}
