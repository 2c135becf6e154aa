import { slice } from '../base/text.ts';
import { replaced } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const requestUriBrackets: MessageRule = {
  id: 'request-uri-brackets',
  group: 'start-line',
  scope: 'message',
  title: 'The Request-URI stands in angle brackets.',
  spec: 'RFC 3261 §7.1; RFC 4475 §3.1.2.7',
  severity: { strict: 'error', trace: 'error', ms: 'error', doc: 'error' },
  good: `
    MESSAGE sip:bob%3Cdesk%3E@example.org SIP/2.0
    Route: <sip:proxy.example.org;lr>
  `,
  bad: `
    MESSAGE <sip:bob@example.org> SIP/2.0
            ^^^^^^^^^^^^^^^^^^^^^ A Request-URI must stand without angle brackets.
    Route: <sip:proxy.example.org;lr>
  `,
  reads: { each: ['start-line'], having: '<>' },
  check(message, report) {
    if (message.kind !== 'request') return;
    const uri = slice(message.text, message.at.uri);
    if (uri.startsWith('<') || uri.endsWith('>')) {
      report(message.at.uri, 'A Request-URI must stand without angle brackets.');
    }
  },
  fix: (reported) => replaced(reported, slice(reported.message.text, reported.at).replace(/^<|>$/g, ''), 'sure'),
};
