import { quote } from '../base/quote.ts';
import { isBlank, type Span, slice } from '../base/text.ts';
import { addressesOf, newUris } from '../sip/addresses.ts';
import { replaced } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

// biome-ignore lint/complexity/noUselessEscapeInRegex: a caret first would mean the opposite
const ILLEGAL = /[\s"<>\\\^`{|}]|[\u0080-\uDBFF][\uDC00-\uDFFF]?|[\uDC00-\uFFFF]/;
const SCHEME = /^([a-z][a-z0-9+.-]*)\s*:/i;

export const uriIllegalChar: MessageRule = {
  id: 'uri-illegal-char',
  group: 'uris',
  scope: 'message',
  title:
    'A URI holds a character that it may not hold as it is: a blank, a quotation mark, a bracket, or one beyond ASCII.',
  spec: 'RFC 3261 §25.1; RFC 3261 §19.1.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:sips%3Auser%40example.com@example.net;ms-route-sig=aal-PcEIaipyZlYF3-1w_yVGO SIP/2.0
    From: "Jö <\\"x\\">" <sip:j%C3%B6rg@[2001:db8::9:1]:5060>;tag=x
    To: Jürgen Schmidt <sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B>
    Contact: <sip:*72#@192.0.2.1:5060;transport=tcp?Subject=a%20b&Priority=urgent>, <tel:+1 (555) 0100>
    Route: <sip:p1.example.org;lr>, <sip:a;b;c=d?e,!$&'()*+-./_~@h>
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    From: <sip:j o@example.org>;tag=x
                ^ A URI must not hold a blank; it is written %20.
    To: <sip:jörg@example.org>
              ^ A URI must not hold “ö”; it is written %C3%B6.
    Contact: <sip : (null)@192.0.2.1>
                 ^ There must be no blank between the scheme of a URI and its colon.
    Route: < sip:p1.example.org;lr>
            ^ No blank may stand between the angle bracket and the URI.
  `,
  reads: { each: 'address', form: true },
  check(message, report, context) {
    for (const { uri } of newUris(message, context)) {
      const fault = faultOf(slice(message.text, uri));
      if (fault) report({ from: uri.from + fault.from, to: uri.from + fault.to }, fault.text);
    }
    for (const { address } of addressesOf(message)) {
      const gap = address.bracketed ? gapBefore(message.text, address.uri) : null;
      if (gap) report(gap, 'No blank may stand between the angle bracket and the URI.');
    }
  },
  fix: (reported) => {
    const sign = slice(reported.message.text, reported.at);
    const isEncoded = reported.text.includes('it is written');
    return isEncoded ? replaced(reported, escaped(sign), 'sure') : replaced(reported, '', 'sure');
  },
};

/** The blanks between an angle bracket and its URI (RFC 4475 §3.1.2.14). */
function gapBefore(text: string, uri: Span): Span | null {
  let from = uri.from;
  while (from > 0 && isBlank(text.charCodeAt(from - 1))) from--;
  return from < uri.from && text[from - 1] === '<' ? { from, to: uri.from } : null;
}

function faultOf(uri: string): { from: number; to: number; text: string } | null {
  const scheme = SCHEME.exec(uri);
  if (!scheme || scheme[1]!.toLowerCase() === 'tel') return null; // tel-uri
  const name = scheme[1]!;
  if (scheme[0].length > name.length + 1) {
    const text = 'There must be no blank between the scheme of a URI and its colon.';
    return { from: name.length, to: scheme[0].length - 1, text };
  }
  const found = ILLEGAL.exec(uri);
  if (!found) return null;
  const sign = found[0];
  const fold = /[ \t]*[\r\n]+[ \t]*/.exec(uri);
  if (fold && fold.index <= found.index)
    return { from: fold.index, to: fold.index + fold[0].length, text: 'A URI must stand on one line.' };
  const shown = /\s/.test(sign) ? 'a blank' : quote(sign);
  const text = `A URI must not hold ${shown}; it is written ${escaped(sign)}.`;
  return { from: found.index, to: found.index + sign.length, text };
}

function escaped(sign: string): string {
  const isLoneSurrogate = sign.length === 1 && sign >= '\uD800' && sign <= '\uDFFF';
  return isLoneSurrogate ? '%EF%BF%BD' : encodeURIComponent(sign);
}
