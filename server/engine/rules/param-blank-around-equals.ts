import { isBlank, slice, span } from '../base/text.ts';
import { holdsParams } from '../sip/grammar.ts';
import type { HeaderField, SipMessage } from '../sip/message.ts';
import { eachOutside } from '../sip/outside.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule, Report } from './rule.ts';

export const paramBlankAroundEquals: MessageRule = {
  id: 'param-blank-around-equals',
  group: 'header-syntax',
  scope: 'message',
  title: 'A blank stands before a semicolon or beside the “=” of a parameter, which is legal but unusual.',
  spec: 'RFC 3261 §25.1; RFC 4475 §3.1.1.1',
  severity: { strict: 'hint', trace: 'off', ms: 'off', doc: 'off' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    From: "a = b ; c" <sip:a@example.org>; tag=1
    To: <sip:bob@example.org>
      ;tag=2
    Subject: a = b ; c
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    To: <sip:bob@example.org> ;tag = 1
                             ^ No blank is usual before “;”.
                                  ^^^ No blank is usual beside “=”.
  `,
  reads: { each: 'field', having: ';', form: true },
  check(message, report) {
    for (const field of message.headers) if (holdsParams(field)) checkField(message, field, report);
  },
  fix: ({ message, at }) => repair('Remove the blanks', [{ ...at, text: slice(message.text, at).trim() }], 'sure'),
};

function checkField({ text }: SipMessage, { value }: HeaderField, report: Report): void {
  let behindSemicolon = false;
  eachOutside(text, value, (at, code) => {
    if (code === 59) behindSemicolon = true;
    if (code !== 59 && !(code === 61 && behindSemicolon)) return;
    let from = at;
    let to = at + 1;
    while (from > value.from && isBlank(text.charCodeAt(from - 1))) from--;
    while (code === 61 && to < value.to && isBlank(text.charCodeAt(to))) to++;
    const place = code === 59 ? span(from, at) : span(from, to);
    const isTight = code === 59 ? from === at : to - from === 1;
    if (isTight || /[\r\n]/.test(slice(text, place))) return;
    report(place, code === 59 ? 'No blank is usual before “;”.' : 'No blank is usual beside “=”.');
  });
}
