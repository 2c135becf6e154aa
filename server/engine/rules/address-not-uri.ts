import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { addressesOf } from '../sip/addresses.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { headerFacts } from '../sip/registry.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*\s*:/i;
/** `bob@biloxi.example.com`, `192.0.2.1:5060`: what only lacks its scheme. */
const BARE = /^(?:[\w.!~*'()&=+$,?%-]+@[\w.-]+|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/;
const HOST_AND_PORT = /^[\w-]+(?:\.[\w-]+)+:\d/;

export const addressNotUri: MessageRule = {
  id: 'address-not-uri',
  group: 'header-values',
  scope: 'message',
  title: 'A header that holds an address has something else: no URI with a scheme stands there.',
  spec: 'RFC 3261 §20.10; RFC 3261 §25.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'off' },
  good: `
    REGISTER sip:example.org SIP/2.0
    From: "bob" <sip:bob@example.org>;tag=1
    To: tel:+1-555-0100
    Contact: "a, b" <sip:b@192.0.2.4>, im:bob@example.org, <urn:service:sos>
    Route: <...>
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    From: <alice@example.org>;tag=1
           ^^^^^^^^^^^^^^^^^ From needs a URI with a scheme; did you mean “sip:alice@example.org”?
    To: 1541
        ^^^^ To needs a URI with a scheme, such as “sip:bob@example.org”, not “1541”.
    Contact: (sip:alice@192.0.2.4>
             ^^^^^^^^^^^^^^^^^^^^^ Contact needs a URI with a scheme, such as “sip:bob@example.org”, not “(sip:alice@192.0.2.4>”.
  `,
  reads: { each: 'address', form: true },
  check(message, report, { answers }) {
    const addresses = addressesOf(message);
    for (const [index, { field, address }] of addresses.entries()) {
      if (answers && (field.id === 'from' || field.id === 'to')) continue;
      // The first half of a name with a comma in it: display-name-unquoted.
      if (!address.bracketed && addresses[index + 1]?.field === field) continue;
      const uri = slice(message.text, address.uri);
      if (uri === '' || uri === '*' || isPlaceholder(uri) || (SCHEME.test(uri) && !HOST_AND_PORT.test(uri))) continue;
      const name = headerFacts(field.id)?.name ?? field.id;
      const hint = BARE.test(uri)
        ? `; did you mean ${quote(`sip:${uri}`)}?`
        : `, such as “sip:bob@example.org”, not ${quote(uri)}.`;
      report(address.uri, `${name} needs a URI with a scheme${hint}`);
    }
  },
  fix: ({ message, at }) =>
    BARE.test(slice(message.text, at))
      ? repair('Insert the scheme', [{ from: at.from, to: at.from, text: 'sip:' }], 'sure')
      : [],
};
