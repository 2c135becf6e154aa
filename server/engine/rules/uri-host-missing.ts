import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { newSipUris } from '../sip/addresses.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { isHost } from '../sip/valueGrammar.ts';
import type { MessageRule } from './rule.ts';

/** Blanks, brackets and letters beyond ASCII have a rule of their own: uri-illegal-char. Asterisks hide a name. */
const OF_OTHERS = /[^!-~]|["<>\\^`{|}*]/;

export const uriHostMissing: MessageRule = {
  id: 'uri-host-missing',
  group: 'uris',
  scope: 'message',
  title: 'A sip or sips URI has no host, or one that is neither a name nor an address.',
  spec: 'RFC 3261 §19.1.1; RFC 3261 §25.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:nm SIP/2.0
    From: <sip:anonymous@anonymous.invalid>;tag=1
    To: <sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B>
    Contact: <sip:[2001:db8::9:1]:5061;transport=tls>, <sips:192.0.2.1>
    Route: <sip:...;lr>
  `,
  bad: `
    INVITE sip:bob@ SIP/2.0
           ^^^^^^^^ The URI has no host; one is expected behind “sip:bob@”.
    From: <sip:;transport=tcp>;tag=1
           ^^^^^^^^^^^^^^^^^^ The URI has no host; one is expected behind “sip:”.
    To: <sip:bob@[2001:db8::9:1>
                 ^^^^^^^^^^^^^^ The host of a URI must be a name or an IP address, not “[2001:db8::9:1”.
    Contact: <sip:alice@sbc_1.example.org>
                        ^^^^^^^^^^^^^^^^^ The name of a host holds no underscore; many resolvers refuse it.
  `,
  reads: { each: 'address', form: true },
  check(message, report, context) {
    for (const { uri } of newSipUris(message, context)) {
      const host = slice(message.text, uri.host);
      if (!host) {
        const before = quote(message.text.slice(uri.from, uri.host.from));
        report(uri, `The URI has no host; one is expected behind ${before}.`);
      } else if (!isHost(host) && !OF_OTHERS.test(host) && !isPlaceholder(host)) {
        report(uri.host, `The host of a URI must be a name or an IP address, not ${quote(host)}.`);
      } else if (/^\w[\w.-]*$/.test(host) && host.includes('_')) {
        report(uri.host, 'The name of a host holds no underscore; many resolvers refuse it.', 'hint');
      }
    }
  },
};
