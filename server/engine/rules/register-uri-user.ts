import { newSipUris } from '../sip/addresses.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const registerUriUser: MessageRule = {
  id: 'register-uri-user',
  group: 'uris',
  scope: 'message',
  title: 'The Request-URI of a REGISTER names a user; it is to name the domain alone.',
  spec: 'RFC 3261 §10.2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    REGISTER sip:example.org;transport=tcp SIP/2.0
    From: <sip:alice@example.org>;tag=1
    To: <sip:alice@example.org>
  `,
  bad: `
    REGISTER sip:alice@example.org SIP/2.0
                 ^^^^^^ The Request-URI of a REGISTER names the domain alone, without “user@”; To names the user.
    To: <sip:alice@example.org>
  `,
  reads: { each: ['start-line'] },
  check(message, report, context) {
    if (message.kind !== 'request' || message.method !== 'REGISTER') return;
    const uri = newSipUris(message, context).find(({ field }) => !field)?.uri;
    if (!uri?.user) return;
    const text = 'The Request-URI of a REGISTER names the domain alone, without “user@”; To names the user.';
    report({ from: uri.user.from, to: (uri.password ?? uri.user).to + 1 }, text);
  },
  fix: ({ at }) => repair('Name the domain alone', [{ ...at, text: '' }]),
};
