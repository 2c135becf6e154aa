import { isBlank, span } from '../base/text.ts';
import { holdsParams } from '../sip/grammar.ts';
import type { HeaderField, SipMessage } from '../sip/message.ts';
import { eachOutside } from '../sip/outside.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule, Report } from './rule.ts';

export const paramEmpty: MessageRule = {
  id: 'param-empty',
  group: 'header-syntax',
  scope: 'message',
  title: 'A semicolon in a header is followed by no parameter.',
  spec: 'RFC 3261 §25.1',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SUBSCRIBE sip:bob@example.org SIP/2.0
    To: "a;;b;" <sip:bob@example.org;;lr;> ; tag=1
    Via: SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bK1
    Event: presence ;
      id=7
    User-Agent: phone;;
  `,
  bad: `
    MESSAGE sip:bob@example.org SIP/2.0
    To: <sip:bob@example.org>;;tag=1
                             ^^ A parameter is expected between these semicolons.
    Contact: <sip:alice@192.0.2.1>;q=0.5;, <sip:alice@192.0.2.2>;
                                        ^ A parameter is expected behind this semicolon.
                                                                ^ A parameter is expected behind this semicolon.
  `,
  reads: { each: 'field', having: ';', form: true },
  check(message, report) {
    for (const field of message.headers) if (holdsParams(field)) checkField(message, field, report);
  },
  fix: ({ at }) => {
    const isPair = at.to - at.from > 1;
    return repair('Remove the needless semicolon', [{ ...at, text: isPair ? ';' : '' }], 'sure');
  },
};

function checkField({ text }: SipMessage, { value }: HeaderField, report: Report): void {
  let open = -1;
  let last = -1;
  const close = () => {
    if (last >= 0 && last > open) report(span(open, last + 1), 'A parameter is expected between these semicolons.');
    else if (open >= 0) report(span(open, open + 1), 'A parameter is expected behind this semicolon.');
    open = last = -1;
  };
  let next = value.from;
  eachOutside(text, value, (at, code) => {
    // What was jumped over is a quoted string, a URI in brackets or a comment: it is no parameter, but it is no gap either.
    if (at > next) open = last = -1;
    next = at + 1;
    if (isBlank(code)) return;
    if (code === 59 && open < 0) open = at;
    else if (code === 59) last = at;
    else if (code === 44 || last > open) close();
    else open = -1;
  });
  if (next === value.to) close();
}
