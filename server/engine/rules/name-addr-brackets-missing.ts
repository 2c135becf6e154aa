import { quote } from '../base/quote.ts';
import { type Span, slice } from '../base/text.ts';
import { addressesOf, type HeaderAddress } from '../sip/addresses.ts';
import { hasLostBrackets } from '../sip/lostBrackets.ts';
import { headerFacts } from '../sip/registry.ts';
import { repair } from '../sip/repairs.ts';
import type { Param } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const NAMES = ['from', 'to', 'contact', 'refer-to', 'referred-by', 'reply-to', 'remote-party-id'];
const IDENTITIES = /^p-(?:asserted-identity|preferred-identity|called-party-id|associated-uri|served-user)$/;
/** Parameters that only a URI has; any other one after a bare URI is the header's own, rightly. */
const OF_URIS = ['transport', 'lr', 'maddr', 'user', 'ttl', 'method', 'gruu', 'opaque', 'gr', 'ob'];

export const nameAddrBracketsMissing: MessageRule = {
  id: 'name-addr-brackets-missing',
  group: 'header-values',
  scope: 'message',
  title: 'A URI with parameters, a comma, a question mark or a display name before it is not in angle brackets.',
  spec: 'RFC 3261 §20; RFC 3261 §20.10',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    MESSAGE sip:bob@example.org;transport=tcp SIP/2.0
    From: sip:alice@example.org;tag=49583
    To: sip:bob@example.org;rtcweb-breaker=no
    Contact: sip:a@192.0.2.1;q=0.7;expires=3600, "Mr. Watson, a;lr" <sip:w@192.0.2.1;transport=tcp>;q=0.1
    P-Asserted-Identity: tel:+14085264000, <sip:alice@example.org;user=phone>
    Refer-To: <sip:carol@example.org?Replaces=12345%40192.0.2.1%3Bto-tag%3D1>
  `,
  bad: `
    REFER sip:bob@example.org SIP/2.0
    Contact: sip:alice@192.0.2.1;transport=tcp;q=0.7
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Contact needs its URI in angle brackets; without them “transport” is no parameter of the URI.
    From: "Alice" sip:alice@example.org;tag=1
                  ^^^^^^^^^^^^^^^^^^^^^ From needs its URI in angle brackets, because a display name stands before it.
    To: Bob sip:bob@example.org
            ^^^^^^^^^^^^^^^^^^^ To needs its URI in angle brackets, because a display name stands before it.
    Refer-To: sip:carol@example.org?Subject=hello
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Refer-To needs its URI in angle brackets, because it holds “?”.
  `,
  reads: { each: 'address', form: true },
  check(message, report, { profiles }) {
    if (!profiles.includes('strict') && hasLostBrackets(message)) return;
    for (const entry of addressesOf(message)) {
      const { field, address } = entry;
      const isWatched = NAMES.includes(field.id) || IDENTITIES.test(field.id);
      if (!isWatched || address.bracketed || !/^[a-z][a-z0-9+.-]*:/i.test(slice(message.text, address.uri))) continue;
      const fault = faultOf(message.text, entry);
      const name = headerFacts(field.id)?.name ?? field.id;
      if (fault) report(fault.at, `${name} needs its URI in angle brackets${fault.because}`);
    }
  },
  fix: ({ message, at }) =>
    repair('Put the URI in angle brackets', [{ ...at, text: `<${slice(message.text, at)}>` }], 'sure'),
};

function faultOf(text: string, { address }: HeaderAddress): { at: Span; because: string } | null {
  const { display, uri, params } = address;
  if (display) return { at: uri, because: ', because a display name stands before it.' };
  const misplaced = params.filter((entry) => isOfUri(text, entry));
  const first = misplaced[0];
  const last = misplaced.at(-1);
  if (first && last) {
    const because = `; without them ${quote(first.name)} is no parameter of the URI.`;
    return { at: { from: uri.from, to: last.to }, because };
  }
  const sign = /[,?]/.exec(slice(text, uri))?.[0];
  // Several addresses in a row are another fault: header-single-comma-list.
  if (!sign || /,\s*(?:<|[a-z][a-z0-9+.-]*:)/i.test(slice(text, address))) return null;
  return { at: uri, because: `, because it holds “${sign}”.` };
}

/** A quoted value is never a URI parameter's: Microsoft's Contact;gruu="…" is the header's own. */
function isOfUri(text: string, { name, value }: Param): boolean {
  return OF_URIS.includes(name) && !(value && text.charCodeAt(value.from) === 34);
}
