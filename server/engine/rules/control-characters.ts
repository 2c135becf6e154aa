import { type Span, slice, span } from '../base/text.ts';
import type { SipMessage } from '../sip/message.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

/** Runs of control characters, with the backslash that may escape the first of them; and what stands for undecodable bytes. */
const FOUND = /\\?[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+|\ufffd+/g;

export const controlCharacters: MessageRule = {
  id: 'control-characters',
  group: 'header-syntax',
  scope: 'message',
  title: 'The header section holds control characters, or bytes that are no text.',
  spec: 'RFC 3261 §25.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    To: "BEL:\\\x07 NUL:\\\x00 DEL:\\\x7f" <sip:bob@example.org>
    Subject:\tcafé
    Content-Type: application/octet-stream

    \x00\x01\x02
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Subject: caf\ufffd au lait
                ^ These bytes are not valid UTF-8.
    Organization: Example\x00\x00 Ltd
                         ^^ The control character U+0000 is not allowed in the header section.
  `,
  reads: { each: 'line', having: '\0\u0080' },
  check(message, report) {
    for (const line of linesOf(message))
      for (const found of slice(message.text, line).matchAll(FOUND)) {
        // A control character behind a backslash is legal in a quoted string (RFC 4475 §3.1.1.2).
        const escaped = found[0].startsWith('\\') ? 2 : 0;
        const at = span(line.from + found.index + escaped, line.from + found.index + found[0].length);
        if (at.from < at.to) report(at, describe(found[0].charCodeAt(escaped)));
      }
  },
  fix: ({ message, at }) =>
    message.text[at.from] === '\ufffd' ? [] : repair('Remove the control characters', [{ ...at, text: '' }]),
};

/** The lines of the header section, in their order. */
function linesOf({ startLine, headers, stray }: SipMessage): Span[] {
  const lines = [startLine, ...headers];
  return stray.length === 0 ? lines : [...lines, ...stray].sort((a, b) => a.from - b.from);
}

function describe(code: number): string {
  if (code === 0xfffd) return 'These bytes are not valid UTF-8.';
  const name = code.toString(16).toUpperCase().padStart(4, '0');
  return `The control character U+${name} is not allowed in the header section.`;
}
