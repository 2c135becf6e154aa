import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { paramsOf, valuesOf } from '../sip/grammar.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { replaced } from '../sip/repairs.ts';
import { isQValue } from '../sip/valueGrammar.ts';
import { param } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const HEADERS = ['contact', 'accept', 'accept-encoding', 'accept-language'];

export const qValue: MessageRule = {
  id: 'q-value',
  group: 'header-values',
  scope: 'message',
  title: 'A q is not a number from 0 to 1 with at most three decimals.',
  spec: 'RFC 3261 §20.10; RFC 3261 §25.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    REGISTER sip:example.org SIP/2.0
    Contact: <sip:alice@192.0.2.1;q=9>;q=0.7, "a;q=2" <sip:alice@192.0.2.2> ; q = 1.000
    Accept: application/sdp;level=1;q=0, text/html;q=...
    Accept-Language: da, en-gb;q=0.123
    P-Vendor: <sip:alice@192.0.2.3>;q=7
  `,
  bad: `
    REGISTER sip:example.org SIP/2.0
    Contact: <sip:alice@192.0.2.1>;q=2, <sip:alice@192.0.2.2>;q=.5
                                     ^ A q must be a number from 0 to 1 with at most three decimals, not “2”.
                                                                ^^ A q must be a number from 0 to 1 with at most three decimals, not “.5”.
    Accept: application/sdp;q=0.7501
                              ^^^^^^ A q must be a number from 0 to 1 with at most three decimals, not “0.7501”.
  `,
  reads: { each: HEADERS, having: ';' },
  check(message, report) {
    for (const field of message.headers) {
      if (!HEADERS.includes(field.id)) continue;
      for (const value of valuesOf(message, field)) {
        const at = param(paramsOf(message.text, value), 'q')?.value;
        const written = at ? slice(message.text, at) : '';
        if (!at || !written || isQValue(written) || isPlaceholder(written)) continue;
        report(at, `A q must be a number from 0 to 1 with at most three decimals, not ${quote(written)}.`);
      }
    }
  },
  fix: (reported) => {
    const written = slice(reported.message.text, reported.at);
    const value = Number(written.replace(',', '.'));
    if (Number.isNaN(value) || written.trim() === '') return [];
    return replaced(reported, String(Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000));
  },
};
