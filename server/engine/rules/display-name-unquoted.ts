import { quote } from '../base/quote.ts';
import { type Span, search, slice, span } from '../base/text.ts';
import { holdsAddresses, valuesOf } from '../sip/grammar.ts';
import type { HeaderField, SipMessage } from '../sip/message.ts';
import { repair } from '../sip/repairs.ts';
import { parseNameAddr } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const ALLOWED = /[\w\-.!%*+`'~\s]/;

export const displayNameUnquoted: MessageRule = {
  id: 'display-name-unquoted',
  group: 'header-syntax',
  scope: 'message',
  title: 'A display name without quotes holds a character that needs them.',
  spec: 'RFC 3261 §25.1; RFC 4475 §3.1.2.15',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    SIP/2.0 202 Accepted
    From: "Alice, (Sales)"<sip:alice@contoso.com>;tag=58b76ebb1c;epid=bd4bd366c2
    To: caller-1.x Smith<sip:caller@example.com>
    Contact: Bob <sip:bob@192.0.2.1>, "" <sip:bob@192.0.2.2>, *
    Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>
  `,
  bad: `
    INVITE sip:t.watson@example.com SIP/2.0
    From: Bob (Sales) <sip:bob@example.org>;tag=1
          ^^^^^^^^^^^ The display name must stand in double quotes because it holds “(”.
    To: Watson, Thomas <sip:t.watson@example.com>
        ^^^^^^^^^^^^^^ The display name must stand in double quotes because it holds “,”.
    Contact: <sip:a@192.0.2.1>, Bell, Alexander <sip:a.g.bell@192.0.2.2>
                                ^^^^^^^^^^^^^^^ The display name must stand in double quotes because it holds “,”.
  `,
  reads: { each: 'address', having: '<', form: true },
  check(message, report) {
    for (const field of message.headers.filter(holdsAddresses)) {
      for (const name of displayNames(message, field)) {
        const wrong = offending(slice(message.text, name));
        if (!wrong) continue;
        // Names in UTF-8 are often left without quotes, and understood.
        const most = wrong > '\x7f' ? 'hint' : undefined;
        report(name, `The display name must stand in double quotes because it holds ${quote(wrong)}.`, most);
      }
    }
  },
  fix: ({ message, at }) => {
    const text = `"${slice(message.text, at).replace(/["\\]/g, '\\$&')}"`;
    return repair('Put the display name in quotes', [{ ...at, text }], 'sure');
  },
};

/** The first character that is neither of a token nor a blank; nothing where the name is quoted, or was meant to be. */
function offending(name: string): string | undefined {
  if (/^["\u201c-\u201f]/.test(name)) return undefined;
  const wrong = [...name].filter((char) => !ALLOWED.test(char));
  return wrong.find((char) => char <= '\x7f') ?? wrong[0];
}

/** Names before a `<`; a comma in one of a list makes its first part look like a value of its own. */
function displayNames(message: SipMessage, field: HeaderField): Span[] {
  const names: Span[] = [];
  let before: Span | null = null;
  for (const value of valuesOf(message, field)) {
    const { display, bracketed } = parseNameAddr(message.text, value);
    if (display) names.push(span(before?.from ?? display.from, display.to));
    before = bracketed || !isName(message.text, value) ? null : (before ?? value);
  }
  return names;
}

/** No URI, no parameters and no star. */
function isName(text: string, value: Span): boolean {
  return (
    search(text, 58, value.from, value.to) === value.to &&
    search(text, 59, value.from, value.to) === value.to &&
    slice(text, value) !== '*'
  );
}
