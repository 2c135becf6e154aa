import { quote } from '../base/quote.ts';
import type { Repair } from '../base/repair.ts';
import { type Span, slice, trimmed } from '../base/text.ts';
import { newUris, soundUris } from '../sip/addresses.ts';
import { replaced } from '../sip/repairs.ts';
import { param, type SipUri } from '../sip/values.ts';
import type { MessageRule, Reported } from './rule.ts';

/** Digits and what may part them (RFC 3966 §3); a local number may hold the letters A to F, * and # as well. */
const NOT_GLOBAL = /[^\d().-]/;
const NOT_LOCAL = /[^\da-f*#().-]/i;

export const telUri: MessageRule = {
  id: 'tel-uri',
  group: 'uris',
  scope: 'message',
  title:
    'A tel URI is neither a global number with “+” nor a local one with its phone-context, or holds what no number has.',
  spec: 'RFC 3966 §3; RFC 3966 §5.1.5',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE tel:+1-201-555-0123;isub=1411 SIP/2.0
    From: "Alice" <tel:+78442>;tag=1
    To: <tel:7042;phone-context=example.com>
    P-Asserted-Identity: <tel:+1(201)555.0123>
    History-Info: <tel:*21#;Phone-Context=+1914>;index=1
  `,
  bad: `
    INVITE tel:5550123 SIP/2.0
               ^^^^^^^ A number without “+” is local and needs a phone-context, as in “tel:5550123;phone-context=example.org”.
    To: <tel:+1 (201) 555 0123>
               ^ A telephone number must not hold a blank; “-” may part its digits.
    Contact: <tel:+1800FLOWERS>
                       ^ A telephone number must not hold “F”; “-” may part its digits.
    Reply-To: <tel:>
               ^^^^ The URI holds no telephone number.
  `,
  reads: { each: 'address', form: true },
  check(message, report, context) {
    for (const { uri } of newUris(message, context)) {
      const fault = uri.scheme === 'tel' ? faultOf(message.text, uri) : null;
      if (fault) report(fault.at, fault.text);
    }
  },
  fix: (reported) => {
    const { message, at } = reported;
    const written = slice(message.text, at);
    if (/^\s$/.test(written)) return withoutBlanks(reported);
    if (!/needs a phone-context/.test(reported.text)) return [];
    const context = replaced(reported, `${written};phone-context=example.org`, 'possible');
    return /^\d/.test(written) ? [...context, ...replaced(reported, `+${written}`, 'possible')] : context;
  },
};

function faultOf(text: string, uri: SipUri): { at: Span; text: string } | null {
  const at = trimmed(text, uri.host.from, uri.host.to);
  const number = slice(text, at);
  if (!/[\da-f*#]/i.test(number)) return { at: uri, text: 'The URI holds no telephone number.' };
  const plus = number.startsWith('+') ? 1 : 0;
  const stray = (plus ? NOT_GLOBAL : NOT_LOCAL).exec(number.slice(plus));
  if (stray) {
    const from = at.from + plus + stray.index;
    const shown = /\s/.test(stray[0]) ? 'a blank' : quote(stray[0]);
    return { at: { from, to: from + 1 }, text: `A telephone number must not hold ${shown}; “-” may part its digits.` };
  }
  if (plus || param(uri.params, 'phone-context')) return null;
  const example = quote(`tel:${number};phone-context=example.org`);
  return { at, text: `A number without “+” is local and needs a phone-context, as in ${example}.` };
}

function withoutBlanks({ message, at }: Reported): Repair[] {
  const host = soundUris(message).find(({ uri }) => uri.host.from <= at.from && at.to <= uri.host.to)?.uri.host;
  if (!host) return [];
  const number = trimmed(message.text, host.from, host.to);
  return replaced({ message, at: number }, slice(message.text, number).replace(/\s+/g, '-'));
}
