import { quote } from '../base/quote.ts';
import { type Span, slice } from '../base/text.ts';
import { addressesIn } from '../sip/addresses.ts';
import { headers, type SipMessage } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { isSeconds, misfits, SECONDS } from '../sip/valueGrammar.ts';
import { param } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const expiresSyntax: MessageRule = {
  id: 'expires-syntax',
  group: 'header-values',
  scope: 'message',
  title: 'Expires, Min-Expires or the expires of a Contact is not a number of seconds that fits into 32 bits.',
  spec: 'RFC 3261 §20.19; RFC 3261 §20.23; RFC 3261 §10.2.1.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    REGISTER sip:example.org SIP/2.0
    Expires: 0
    Min-Expires: 4294967295
    Contact: <sip:alice@192.0.2.1;expires=never>;expires=2592000, <sip:alice@192.0.2.2>
    Contact: <sip:alice@192.0.2.3>;expires=...
  `,
  bad: `
    REGISTER sip:example.org SIP/2.0
    Expires: Thu, 01 Dec 1994 16:00:00 GMT
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Expires must be a number of seconds from 0 to 4294967295, not “Thu, 01 Dec 1994 16:00:00 GMT”.
    Contact: <sip:user@192.0.2.1>;expires=280297596632815
                                          ^^^^^^^^^^^^^^^ The expires of a Contact must be a number of seconds from 0 to 4294967295, not “280297596632815”.
  `,
  reads: { each: ['expires', 'min-expires', 'contact'] },
  check(message, report) {
    for (const id of ['expires', 'min-expires']) for (const { at, text } of misfits(message, id)) report(at, text);
    for (const at of contactExpires(message)) {
      const value = slice(message.text, at);
      if (!isSeconds(value) && !isPlaceholder(value))
        report(at, `The expires of a Contact must be ${SECONDS}, not ${quote(value)}.`);
    }
  },
};

/** The values of the expires parameters; the whole parameter where it has no value. */
function contactExpires(message: SipMessage): Span[] {
  return headers(message, 'contact')
    .flatMap((field) => addressesIn(message, field))
    .map(({ address }) => param(address.params, 'expires'))
    .filter((entry) => entry !== undefined)
    .map((entry) => (entry.value && entry.value.to > entry.value.from ? entry.value : entry));
}
