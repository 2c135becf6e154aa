import type { Span } from '../base/text.ts';
import { newUris, soundUris } from '../sip/addresses.ts';
import { repair } from '../sip/repairs.ts';
import type { SipUri } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const uriEscape: MessageRule = {
  id: 'uri-escape',
  group: 'uris',
  scope: 'message',
  title: 'A percent sign in a URI is not followed by two hexadecimal digits.',
  spec: 'RFC 3261 §25.1; RFC 3261 §19.1.2',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    REGISTER sip:[fe80::1%eth0] SIP/2.0
    From: "100% \\"%Z%45\\"" <sip:null-%00-null@example.com>;tag=1
    To: <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>;x=100%
    Contact: <sip:a%40b@example.org?Subject=100%25>
  `,
  bad: `
    INVITE sip:100%@example.org SIP/2.0
                  ^ A percent sign in a URI is followed by two hexadecimal digits; where it means itself, it is written %25.
    From: <sip:a%4gb@example.org;x=%>;tag=1
                ^ A percent sign in a URI is followed by two hexadecimal digits; where it means itself, it is written %25.
  `,
  reads: { each: 'address', having: '%', form: true },
  check(message, report, context) {
    for (const { uri } of newUris(message, context)) {
      const at = strayPercents(message.text, uri)[0];
      if (!at) continue;
      const text =
        'A percent sign in a URI is followed by two hexadecimal digits; where it means itself, it is written %25.';
      report(at, text);
    }
  },
  fix: ({ message, at }) => {
    const found = soundUris(message).find(({ uri }) => uri.from <= at.from && at.to <= uri.to);
    const places = found ? strayPercents(message.text, found.uri) : [];
    return repair(
      "Replace '%' by '%25'",
      places.map((place) => ({ ...place, text: '%25' })),
    );
  },
};

/** The percent signs that begin no escape; behind one in an IPv6 address stands its zone. */
function strayPercents(text: string, { scheme, host, from, to }: SipUri): Span[] {
  if (!scheme) return [];
  const all = [...text.slice(from, to).matchAll(/%(?![0-9a-f]{2})/gi)].map(({ index }) => from + index);
  const isZone = (at: number) => at >= host.from && at < host.to && text[host.from] === '[';
  return all.filter((at) => !isZone(at)).map((at) => ({ from: at, to: at + 1 }));
}
