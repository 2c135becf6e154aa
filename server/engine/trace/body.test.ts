import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { slice } from '../base/text.ts';
import { readText } from './text.ts';

/** The bodies of all messages, as they stand in the text. */
function bodies(text: string): string[] {
  const trace = readText(text);
  return Array.from({ length: trace.count }, (_, index) => {
    const message = trace.message(index);
    return slice(message.text, message.body);
  });
}

const message = (length: number | null, body: string, type = 'text/plain') =>
  `MESSAGE sip:b@c SIP/2.0\nContent-Type: ${type}\n${length === null ? '' : `Content-Length: ${length}\n`}\n${body}`;
const next = 'INVITE sip:b@c SIP/2.0\nCSeq: 1 INVITE\n\n';
const sdp = 'v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\n';

describe('the end of a body', () => {
  const cases: Record<string, [string, string]> = {
    'by its length': [message(6, 'a\n\n\nb\n\n'), 'a\n\n\nb\n'],
    'by a length that counts CRLF, in a text that lost its CRs': [message(7, 'hello\n\n'), 'hello\n'],
    'of two lines, where one octet too many would leave a method': [message(8, 'ab\ncd\n\n'), 'ab\ncd\n'],
    'of many lines, where the difference ends a start line': [
      message(23 * 4, `${'ab\n'.repeat(23)}\n`),
      'ab\n'.repeat(23),
    ],
    'by a length that counts LF, in a text that got CRs': [
      message(7, 'ab\n\ncd\n\n').replace(/\n/g, '\r\n'),
      'ab\r\n\r\ncd\r\n',
    ],
    'of indented XML': [message(9, '<a>\n  <b/>\n</a>\n\n'), '<a>\n  <b/>\n</a>'],
    'of SDP without a length, before prose': [`${message(null, sdp, 'application/sdp')}prose\n`, sdp.trimEnd()],
    'of text, before a comment': [`${message(null, 'hello\n')}\n# next\n`, 'hello'],
    'of text with a comment in it': [`${message(13, 'hello\n\n# more')}\n\n`, 'hello\n\n# more'],
  };
  for (const [name, [text, body]] of Object.entries(cases)) {
    const crlf = text.includes('\r');
    it(name, () => assert.deepEqual(bodies(`${text}${crlf ? next.replace(/\n/g, '\r\n') : next}`), [body, '']));
  }

  it('may stand right before the next message', () => {
    assert.deepEqual(bodies(`${message(4, '<a/>')}${next}`), ['<a/>', '']);
    assert.deepEqual(bodies(`${message(4, '<a/>')}SIP/2.0 200 OK\nCSeq: 1 BYE\n\n`), ['<a/>', '']);
  });
});
