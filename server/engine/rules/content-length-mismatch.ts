import { octets, type Span, slice } from '../base/text.ts';
import { fits, isWhole, measureBody } from '../sip/contentLength.ts';
import { contentType, headers, type SipMessage } from '../sip/message.ts';
import { withContentLength } from '../sip/repairs.ts';
import { withheldIn } from '../sip/withheld.ts';
import type { MessageRule } from './rule.ts';

export const contentLengthMismatch: MessageRule = {
  id: 'content-length-mismatch',
  group: 'header-values',
  scope: 'message',
  title: 'Content-Length is not the length of the body in octets, however its line ends are counted.',
  spec: 'RFC 3261 §18.3; RFC 3261 §20.14',
  severity: { strict: 'error', trace: 'warning', ms: 'hint', doc: 'off' },
  good: `
    MESSAGE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1
    Content-Type: text/plain;charset=UTF-8
    Content-Length: 27

    Zürich → Köln 🚆
    ok

  `,
  bad: `
    MESSAGE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1
    Content-Type: text/plain
    Content-Length: 9
                    ^ Content-Length is 9, but the body has 5 octets, or 7 with its last line end: it is cut short, or was edited.

    héy!
  `,
  needs: ['content-length'],
  check(message, report, context) {
    const at = lengthOf(message);
    if (!at || context.reflowed) return;
    const { text, body: place } = message;
    const announced = Number(slice(text, at));
    if (octets(text, place.from, place.to) === announced) return;
    const body = measureBody(text, place);
    if (fits(announced, body) || !isWhole(message)) return;
    // Who takes values out of a body makes it shorter or longer.
    const isStrict = context.profiles.includes('strict');
    if (!isStrict && contentType(message) === 'application/sdp' && withheldIn(text, place)) return;
    // A log or a page that lost the empty line lost more.
    const most = message.blankLine ? undefined : 'info';
    report(at, `Content-Length is ${announced}, but ${tell(announced, body.core.crlf)}`, isStrict ? undefined : most);
  },
  fix: withContentLength,
};

/** The value, if it is a number and no other row contradicts it (content-length-conflict tells that). */
function lengthOf(message: SipMessage): Span | null {
  const rows = headers(message, 'content-length').map((row) => row.value);
  const lengths = new Set(rows.map((row) => Number(slice(message.text, row))));
  const first = rows[0];
  return first && lengths.size === 1 && /^\d{1,15}$/.test(slice(message.text, first)) ? first : null;
}

function tell(announced: number, length: number): string {
  if (!length) return 'there is no body.';
  const count = `the body has ${length} octets, or ${length + 2} with its last line end`;
  return announced > length
    ? `${count}: it is cut short, or was edited.`
    : `${count}: the rest is lost on UDP and taken for the next message on TCP.`;
}
