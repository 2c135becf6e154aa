import { quote } from '../base/quote.ts';
import { nearest, slice } from '../base/text.ts';
import { newUris } from '../sip/addresses.ts';
import { replaced } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

const KNOWN = ['sip', 'sips', 'tel', 'im', 'pres', 'urn', 'http', 'https', 'mailto', 'cid'];
/** A host with a port reads like a scheme with a number; that the scheme is missing is another fault. */
const HOST_AND_PORT = /^[^:]*:\d{1,5}(?:;|$)/;

export const uriSchemeUnknown: MessageRule = {
  id: 'uri-scheme-unknown',
  group: 'uris',
  scope: 'message',
  title: 'The scheme of an address is none that SIP servers route.',
  spec: 'RFC 3261 §19.1; RFC 3261 §8.2.2.1',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE urn:service:sos SIP/2.0
    From: <SIPS:alice@example.org>;tag=1
    To: tel:+1-201-555-0123
    Contact: <im:alice@example.org>, <mailto:alice@example.org>
    Route: <proxy.example.org:5060>
    P-Asserted-Identity: "Alice" <pres:alice@example.org>
  `,
  bad: `
    OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0
            ^^^^^^^^^ “soap.beep” is no scheme that SIP servers route; one that does not know it answers 416.
    From: <spi:alice@example.org>;tag=1
           ^^^ “spi” is no scheme that SIP servers route; is sip meant?
  `,
  reads: { each: 'address', form: true },
  check(message, report, context) {
    for (const { uri } of newUris(message, context)) {
      if (!uri.scheme || KNOWN.includes(uri.scheme) || HOST_AND_PORT.test(slice(message.text, uri))) continue;
      const near = nearest(uri.scheme, KNOWN);
      const advice = near ? `is ${near} meant?` : 'one that does not know it answers 416.';
      const at = { from: uri.from, to: uri.from + uri.scheme.length };
      report(at, `${quote(slice(message.text, at))} is no scheme that SIP servers route; ${advice}`);
    }
  },
  fix: (reported) => {
    const near = nearest(slice(reported.message.text, reported.at), KNOWN);
    return near ? replaced(reported, near) : [];
  },
};
