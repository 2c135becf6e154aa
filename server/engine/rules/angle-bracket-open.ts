import { search, slice, span } from '../base/text.ts';
import { holdsBrackets } from '../sip/grammar.ts';
import type { HeaderField, SipMessage } from '../sip/message.ts';
import { closingQuote } from '../sip/outside.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule, Report } from './rule.ts';

export const angleBracketOpen: MessageRule = {
  id: 'angle-bracket-open',
  group: 'header-syntax',
  scope: 'message',
  title: 'An angle bracket before a URI is never closed.',
  spec: 'RFC 3261 §20; RFC 3261 §25.1',
  severity: { strict: 'error', trace: 'error', ms: 'error', doc: 'error' },
  good: `
    REGISTER sip:example.org SIP/2.0
    To: "Smith <home>, <work" <sip:smith@example.org>
    Contact: <sip:smith@192.0.2.4>, "<" <sip:smith@192.0.2.5>;q=0.5
    Warning: 399 example.org "a < b"
    Alert-Info: <http://www.example.org/sounds/moo.wav>
  `,
  bad: `
    REGISTER sip:example.org SIP/2.0
    Contact: <sip:smith@192.0.2.4
             ^^^^^^^^^^^^^^^^^^^^ The angle bracket opened here is never closed; “>” is expected behind the URI.
    Route: <sip:p1.example.org;lr, <sip:p2.example.org;lr>
           ^^^^^^^^^^^^^^^^^^^^^^ The angle bracket opened here is never closed; “>” is expected behind the URI.
  `,
  reads: { each: 'field', having: '<', form: true },
  check(message, report) {
    for (const field of message.headers) if (holdsBrackets(field)) checkField(message, field, report);
  },
  fix: ({ message, at }) => {
    const tag = /;\s*tag=/i.exec(slice(message.text, at));
    const to = tag ? at.from + tag.index : at.to;
    return repair("Insert '>' behind the URI", [{ from: to, to, text: '>' }]);
  },
};

/** Reports the first bracket that another one or the end of the header follows before it is closed. */
function checkField({ text }: SipMessage, { value }: HeaderField, report: Report): void {
  let mayQuote = true;
  for (let at = value.from; at < value.to; at++) {
    const code = text.charCodeAt(at);
    if (code === 34 && mayQuote) {
      const end = closingQuote(text, at, value.to);
      mayQuote = end > 0;
      if (mayQuote) at = end - 1;
    } else if (code === 60) {
      const close = search(text, 62, at, value.to);
      const next = search(text, 60, at + 1, close);
      if (close === value.to || next < close) {
        report(
          span(at, uriEnd(text, at, next)),
          'The angle bracket opened here is never closed; “>” is expected behind the URI.',
        );
        return;
      }
      at = close;
    }
  }
}

/** Where the URI probably ends: at a comma, blank or quote. */
function uriEnd(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && !/[\s,"]/.test(text[at]!)) at++;
  return at;
}
