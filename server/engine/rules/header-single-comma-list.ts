import { type Span, slice, trimmed } from '../base/text.ts';
import { headers, type SipMessage } from '../sip/message.ts';
import { repair } from '../sip/repairs.ts';
import { splitList } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

// Event, Call-ID, CSeq and the numbers have a rule of their own that finds the comma as part of a malformed value.
const NAMES = ['From', 'To', 'Refer-To'];

export const headerSingleCommaList: MessageRule = {
  id: 'header-single-comma-list',
  group: 'header-count',
  scope: 'message',
  title: 'From, To or Refer-To holds several addresses, joined by commas.',
  spec: 'RFC 3261 §7.3.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    REFER sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: Smith, Bob <sip:bob,desk@example.org>;tag=1928301774
    To: "Jones, Carol" <sip:carol@example.org>;tag=314159
    Call-ID: a84b4c76e66710
    CSeq: 314 REFER
    Refer-To: <sip:dave@example.org?Replaces=12345%40192.0.2.1%3Bto-tag%3D1,2>
    Contact: <sip:a@192.0.2.10>
  `,
  bad: `
    OPTIONS sip:bob@example.org SIP/2.0
    From: <sip:alice@example.org>;tag=1, <sip:al@example.org>
                                         ^^^^^^^^^^^^^^^^^^^^ From takes one address, not a list.
    To: <sip:bob@example.org>
  `,
  reads: { each: NAMES.map((name) => name.toLowerCase()), having: ',' },
  check(message, report) {
    for (const name of NAMES) {
      const extra = secondAddress(message, name.toLowerCase());
      if (extra) report(extra, `${name} takes one address, not a list.`);
    }
  },
  fix: ({ message, at }) => {
    const from = trimmed(message.text, 0, at.from).to - 1;
    return repair('Keep the first address', [{ from, to: at.to, text: '' }]);
  },
};

/** What follows the first address; a comma in a display name without quotes, or in a bare URI's user part, makes no list. */
function secondAddress(message: SipMessage, id: string): Span | undefined {
  for (const row of headers(message, id)) {
    const [first, ...others] = splitList(message.text, row.value);
    const second = others.find((part) => isAddress(message.text, part));
    if (first && second && isAddress(message.text, first)) return { from: second.from, to: row.value.to };
  }
  return undefined;
}

function isAddress(text: string, part: Span): boolean {
  const source = slice(text, part);
  return source.includes('<') || /^[a-z][a-z0-9+.-]*:/i.test(source);
}
