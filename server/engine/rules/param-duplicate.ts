import { quote } from '../base/quote.ts';
import { type Span, slice, span } from '../base/text.ts';
import { grammarOf, holdsParams, paramsOf, valuesOf } from '../sip/grammar.ts';
import { withoutParam } from '../sip/repairs.ts';
import type { Param } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

/** Lists of features, which look repeated where they differ in letter case only. */
const FEATURES = new Set(['contact-list-or-star', 'contact-feature-list', 'feature-caps-list']);

export const paramDuplicate: MessageRule = {
  id: 'param-duplicate',
  group: 'header-syntax',
  scope: 'message',
  title: 'A parameter stands twice in one header value.',
  spec: 'RFC 3261 §7.3.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    REGISTER sip:example.org SIP/2.0
    Via: SIP/2.0/UDP h1;branch=z9hG4bK1;rport, SIP/2.0/UDP h2;branch=z9hG4bK2;rport
    From: "x;tag=1;tag=2" <sip:a@example.org;lr;lr>;tag=1
    Contact: <sip:a@192.0.2.1>;+g.oma.sip-im;+G.oma.sip-im;q=0.5
    WWW-Authenticate: Digest realm="a", nonce="b", realm="c"
    P-Charging-Function-Addresses: ccf=192.0.2.7;ccf=192.0.2.8
  `,
  bad: `
    REGISTER sip:example.org SIP/2.0
    From: <sip:a@example.org>;tag=1;epid=2;Tag=3
                                           ^^^ The parameter “tag” stands here for the second time.
    Contact: <sip:a@192.0.2.1>;q=0.5;q=0.6
                                     ^ The parameter “q” stands here for the second time.
  `,
  reads: { each: 'field', having: ';', form: true },
  check(message, report) {
    const { text } = message;
    for (const field of message.headers) {
      if (!holdsParams(field) || grammarOf(field) === 'generic-params') continue;
      const keyOf = FEATURES.has(grammarOf(field)) ? nameAsWritten : nameOf;
      for (const value of valuesOf(message, field)) {
        const seen = new Set<string>();
        for (const param of paramsOf(text, value)) {
          const key = keyOf(text, param);
          if (seen.has(key))
            report(nameSpan(param), `The parameter ${quote(param.name)} stands here for the second time.`);
          seen.add(key);
        }
      }
    }
  },
  fix: withoutParam,
};

function nameOf(_text: string, param: Param): string {
  return param.name;
}

function nameAsWritten(text: string, param: Param): string {
  return slice(text, nameSpan(param));
}

function nameSpan(param: Param): Span {
  return span(param.from, param.from + param.name.length);
}
