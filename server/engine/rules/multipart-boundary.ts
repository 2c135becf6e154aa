import { quote } from '../base/quote.ts';
import { slice, trimmed } from '../base/text.ts';
import { lengthAt } from '../sip/contentLength.ts';
import { contentType, hasBody, header, type SipMessage } from '../sip/message.ts';
import { boundaryOf, multipartLines } from '../sip/multipart.ts';
import { isElided, isPlaceholderBody } from '../sip/placeholder.ts';
import { repair } from '../sip/repairs.ts';
import { param, parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

/** What a boundary consists of (RFC 2046 §5.1.1), as the first line of a body shows it. */
const BOUNDARY_LINE = /^--([\w'()+,./:=?-]{1,70})[ \t]*(?:\r|\n|$)/;

export const multipartBoundary: MessageRule = {
  id: 'multipart-boundary',
  group: 'bodies',
  scope: 'message',
  title: 'A multipart body has no boundary, or its boundary lines are not there.',
  spec: 'RFC 2046 §5.1; RFC 5621 §3',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: multipart/alternative;boundary="----=_NextPart_000_0B3A"

    ------=_NextPart_000_0B3A
    Content-Type: application/sdp

    v=0
    ------=_NextPart_000_0B3A--
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: multipart/mixed
                  ^^^^^^^^^^^^^^^ A multipart body needs the parameter boundary, which tells its parts apart: the receiver finds none of them.

    --b1
    Content-Type: text/plain

    Shall we talk?
    --b1--
  `,
  needs: ['content-type'],
  check(message, report) {
    const field = header(message, 'content-type');
    if (!field || !contentType(message).startsWith('multipart/') || !hasBody(message)) return;
    if (isPlaceholderBody(message.text, message.body)) return;
    const boundary = boundaryOf(message);
    const parameter = param(parseParams(message.text, field.value.from, field.value.to), 'boundary');
    const at = parameter?.value ?? field.value;
    if (!boundary) {
      const text =
        'A multipart body needs the parameter boundary, which tells its parts apart: the receiver finds none of them.';
      report(at, text);
      return;
    }
    const { opened, closed } = multipartLines(message, boundary);
    if (!opened) report(at, `The body has no line ${quote(`--${boundary}`)}: the receiver finds none of its parts.`);
    else if (!closed && isMeasured(message))
      report(
        at,
        `The body does not end with ${quote(`--${boundary}--`)}: its end is missing, or it was cut off.`,
        'info',
      );
  },
  fix: ({ message }) => {
    const at = header(message, 'content-type')?.value;
    const boundary = at && !boundaryOf(message) ? shownBoundary(message) : undefined;
    if (!at || !boundary || /boundary/i.test(slice(message.text, at))) return [];
    const text = `;boundary=${/[^\w.'+-]/.test(boundary) ? `"${boundary}"` : boundary}`;
    return repair(`Add '${text}'`, [{ from: at.to, to: at.to, text }]);
  },
};

/** Nothing was left out of the body, and its length is told in earnest. */
function isMeasured(message: SipMessage): boolean {
  return !isElided(message.text, message.body) && (lengthAt(message) !== null || !header(message, 'content-length'));
}

/** The boundary that the first line of the body shows. */
function shownBoundary({ text, body }: SipMessage): string | undefined {
  const { from, to } = trimmed(text, body.from, body.to);
  return BOUNDARY_LINE.exec(text.slice(from, Math.min(to, from + 100)))?.[1];
}
