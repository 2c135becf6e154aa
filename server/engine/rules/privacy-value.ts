import { quote } from '../base/quote.ts';
import { nearest, type Span, slice, trimmed } from '../base/text.ts';
import { headers } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { knownValues } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

const KNOWN: readonly string[] = knownValues.privacyValues;

export const privacyValue: MessageRule = {
  id: 'privacy-value',
  group: 'header-values',
  scope: 'message',
  title: 'Privacy names a kind that is not known, none together with others, or parts them by commas.',
  spec: 'RFC 3323 §4.2; RFC 3325 §9.3; RFC 7044 §10.1',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Privacy: Id ; header;critical

    SIP/2.0 200 OK
    Privacy: none
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Privacy: id, heder
               ^ The kinds of Privacy are parted by semicolons, not by commas.
                 ^^^^^ “heder” is no known kind of privacy; is header meant?
    Privacy: none;user
             ^^^^ The kind none stands alone: it says that no privacy is wanted.
  `,
  reads: { each: ['privacy'] },
  check(message, report) {
    for (const { value } of headers(message, 'privacy')) {
      const whole = slice(message.text, value);
      if (isPlaceholder(whole)) continue;
      const comma = whole.indexOf(',');
      const at = value.from + comma;
      if (comma >= 0) report({ from: at, to: at + 1 }, 'The kinds of Privacy are parted by semicolons, not by commas.');
      const kinds = kindsIn(message.text, value);
      for (const kind of kinds) {
        const text = textAbout(slice(message.text, kind), kinds.length);
        if (text) report(kind, text);
      }
    }
  },
  fix: (reported) => {
    const written = slice(reported.message.text, reported.at);
    if (written === ',') return replaced(reported, ';');
    const near = nearest(written, KNOWN);
    return near && near !== written.toLowerCase() ? replaced(reported, near) : [];
  },
};

function kindsIn(text: string, value: Span): Span[] {
  const kinds: Span[] = [];
  let from = value.from;
  for (const part of slice(text, value).split(/[;,]/)) {
    const kind = trimmed(text, from, from + part.length);
    if (kind.to > kind.from) kinds.push(kind);
    from += part.length + 1;
  }
  return kinds;
}

function textAbout(kind: string, count: number): string {
  const name = kind.toLowerCase();
  if (name === 'none' && count > 1) return 'The kind none stands alone: it says that no privacy is wanted.';
  if (KNOWN.includes(name)) return '';
  const near = nearest(kind, KNOWN);
  return `${quote(kind)} is no known kind of privacy${near ? `; is ${near} meant?` : '.'}`;
}
