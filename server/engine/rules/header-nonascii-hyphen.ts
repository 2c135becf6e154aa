import { type Span, slice, span, type TextEdit } from '../base/text.ts';
import { fieldAt } from '../sip/edits.ts';
import { grammarOf, holdsAddresses, isStructured, paramsOf, valuesOf } from '../sip/grammar.ts';
import type { HeaderField, SipMessage } from '../sip/message.ts';
import { eachOutside } from '../sip/outside.ts';
import { repair } from '../sip/repairs.ts';
import { parseNameAddr } from '../sip/values.ts';
import type { MessageRule, Report } from './rule.ts';

/** What word processors and web pages put in the place of `-`, a blank, `'` and `"`. */
const LOOKALIKE = /[\u2010-\u2015\u2212\u00a0\u2018-\u201f]/g;

export const headerNonasciiHyphen: MessageRule = {
  id: 'header-nonascii-hyphen',
  group: 'header-syntax',
  scope: 'message',
  title: 'A typographic hyphen, blank or quote stands in a name or token, where only ASCII is allowed.',
  spec: 'RFC 3261 §25.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'warning' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    From: "Ann‑Marie “Amy” d’Arc" <sip:amy@example.org>;tag=1
    Subject: Lunch – at noon’s stroke?
    User-Agent: Téléphone “Pro” 2.0
    Reason: SIP;cause=486;text="Besetzt – später"
  `,
  bad: `
    SIP/2.0 401 Unauthorized
    WWW‑Authenticate: NTLM realm="SIP Communications Service"
       ^ The hyphen U+2011 is expected to be an ASCII “-” here.
    From: “Alice” <sip:alice@example.org>;tag=1
          ^ The quote U+201C is expected to be an ASCII “"” here.
                ^ The quote U+201D is expected to be an ASCII “"” here.
    CSeq: 1\u00a0REGISTER
           ^ The blank U+00A0 is expected to be an ASCII blank here.
  `,
  reads: { each: 'field', having: '\u0080' },
  check(message, report) {
    for (const field of message.headers) checkField(message, field, report);
  },
  fix: ({ message, at }) => {
    const field = fieldAt(message, at.from);
    const edits: TextEdit[] = [];
    const replace: Report = (place) => edits.push({ ...place, text: asciiFor(slice(message.text, place)) });
    if (field) checkField(message, field, replace);
    return repair('Write plain ASCII in this header', edits, 'sure');
  },
};

function checkField(message: SipMessage, field: HeaderField, report: Report): void {
  reportAll(message.text, field.name, report);
  if (isStructured(field)) checkValue(message, field, report);
}

function checkValue(message: SipMessage, field: HeaderField, report: Report): void {
  if (!/[^\x00-\x7f]/.test(slice(message.text, field.value)) || grammarOf(field).startsWith('call-id')) return;
  if (holdsAddresses(field)) for (const value of valuesOf(message, field)) checkAddress(message.text, value, report);
  else
    eachOutside(message.text, field.value, (at) => {
      reportAll(message.text, span(at, at + 1), report);
    });
}

/** Of an address the parameters, and the quotes around the name: in the name itself every letter is somebody's own. */
function checkAddress(text: string, value: Span, report: Report): void {
  const { display } = parseNameAddr(text, value);
  if (display && /^[\u201c-\u201f]/.test(slice(text, display))) {
    reportAll(text, span(display.from, display.from + 1), report);
    reportAll(text, span(display.to - 1, display.to), report);
  }
  for (const { from, to } of paramsOf(text, value)) {
    eachOutside(text, span(from, to), (at) => {
      reportAll(text, span(at, at + 1), report);
    });
  }
}

function reportAll(text: string, part: Span, report: Report): void {
  for (const found of slice(text, part).matchAll(LOOKALIKE)) {
    const at = part.from + found.index;
    report(span(at, at + 1), describe(found[0]));
  }
}

function describe(char: string): string {
  const code = `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const ascii = asciiFor(char);
  if (ascii === ' ') return `The blank ${code} is expected to be an ASCII blank here.`;
  const what = ascii === '-' ? 'hyphen' : 'quote';
  return `The ${what} ${code} is expected to be an ASCII “${ascii}” here.`;
}

function asciiFor(char: string): string {
  if (char === '\u00a0') return ' ';
  if (char < '\u2018' || char === '\u2212') return '-';
  return char < '\u201c' ? "'" : '"';
}
