import { type Span, slice, span } from '../base/text.ts';
import { ADDRESSES } from '../sip/grammar.ts';
import type { HeaderField } from '../sip/message.ts';
import { headerFacts } from '../sip/registry.ts';
import { called, repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const headerMissingColon: MessageRule = {
  id: 'header-missing-colon',
  group: 'header-syntax',
  scope: 'message',
  title: 'A header has no colon behind its name.',
  spec: 'RFC 3261 §7.3.1',
  severity: { strict: 'error', trace: 'warning', ms: 'info', doc: 'info' },
  good: `
    OPTIONS sip:bob@example.org SIP/2.0
    Subject: hi
    -- 3 more rows, cut by the logger
    To be continued
    s=call
    CSeq: 1 OPTIONS

  `,
  bad: `
    OPTIONS sip:bob@example.org SIP/2.0
    Subject hi
    ^^^^^^^ A colon is expected behind the header name Subject.
    To <sip:bob@example.org>
    ^^ A colon is expected behind the header name To.
    CSeq: 1 OPTIONS

  `,
  reads: { each: 'field', form: true },
  check(message, report) {
    const { text } = message;
    for (const line of [...message.stray, ...message.headers.filter(isSwallowed(text))]) {
      const name = firstWord(text, line);
      if (name.to < line.to && isHeader(slice(text, name), slice(text, span(name.to, line.to)))) {
        report(name, `A colon is expected behind the header name ${slice(text, name)}.`);
      }
    }
  },
  fix: ({ message, at }) =>
    repair(`Insert ':' behind ${called(slice(message.text, at))}`, [{ from: at.to, to: at.to, text: ':' }], 'sure'),
};

/** In `To <sip:bob@example.org>` the first colon is the one of the URI, and the name is read as `To <sip`. */
function isSwallowed(text: string): (field: HeaderField) => boolean {
  return ({ name }) => firstWord(text, name).to < name.to;
}

/** A sentence may begin with “To” or “From” too: of those, more is asked. */
function isHeader(name: string, rest: string): boolean {
  const facts = name.length > 1 ? headerFacts(name) : undefined;
  return facts !== undefined && (!ADDRESSES.has(facts.grammar) || /[<@"]|\bsips?:/.test(rest));
}

function firstWord(text: string, line: Span): Span {
  let to = line.from;
  while (to < line.to && /[\w-]/.test(text[to]!)) to++;
  return span(line.from, to);
}
