import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dedent } from '../base/testing.ts';
import { slice } from '../base/text.ts';
import { correctLength, keptLength, rightLength } from './contentLength.ts';
import { parseMessage } from './message.ts';

/** The message's text with its Content-Length put right; null where nothing is to be done. */
function corrected(message: string, lineEnd = '\n', to?: number): string | null {
  const text = message.replaceAll('\n', lineEnd);
  const found = correctLength(parseMessage(text, 0, to ?? text.length));
  return found && `${slice(text, found.at)} → ${found.length}`;
}

const message = (rows: string, body: string) => `MESSAGE sip:bob@example.org SIP/2.0\n${rows}\n\n${body}`;

describe('the right Content-Length', () => {
  it('counts octets, not characters', () => {
    assert.equal(corrected(message('Content-Length: 3', 'Zürich → 🚆')), '3 → 16');
  });
  it('counts line ends as they were sent: a file without CRs lost them', () => {
    assert.equal(corrected(message('l: 1', 'a\nb\nc')), '1 → 7');
    assert.equal(corrected(message('l: 1', 'a\nb\nc'), '\r\n'), '1 → 7');
    const mixed = message('l: 1', '').replaceAll('\n', '\r\n');
    assert.equal(corrected(`${mixed}a\nb\nc`), '1 → 5');
  });
  it('counts the last line end of SDP, which needs it, and of nothing else', () => {
    const sdp = message('Content-Type: application/sdp\nContent-Length: 1', 'v=0\ns=-\n');
    assert.equal(corrected(sdp, '\r\n'), '1 → 10');
    assert.equal(corrected(sdp, '\r\n', sdp.replaceAll('\n', '\r\n').length - 2), '1 → 10');
    assert.equal(corrected(message('Content-Length: 90', 'hello\n')), '90 → 5');
  });
  it('is 0 without a body, unless one is announced', () => {
    assert.equal(corrected(message('Content-Length: 7', '')), '7 → 0');
    assert.equal(corrected(message('Content-Type: text/plain\nContent-Length: 7', '')), null);
  });
  for (const [why, rows, body] of [
    ['it fits, whatever its line ends were', 'Content-Length: 7', 'a\nb\nc'],
    ['it fits with the last line end', 'Content-Length: 6', 'hello\n'],
    ['there is none', 'Subject: x', 'hello'],
    ['there are two', 'Content-Length: 1\nl: 1', 'hello'],
    ['it is no number', 'Content-Length: many', 'hello'],
    ['a placeholder stands for the body', 'Content-Length: 142', "(Alice's SDP not shown)"],
    ['a part of the body was left out', 'Content-Length: 142', 'v=0\n...\ns=-'],
    ['the body could not be read as text', 'Content-Length: 3', 'a\uFFFDb\uFFFD'],
  ] as const) {
    it(`is not known or needs no change where ${why}`, () => assert.equal(corrected(message(rows, body)), null));
  }
});

describe('the Content-Length of a body that changes', () => {
  const after = (length: number, body: string, next: string, { lineEnd = '\n', lengthOf = keptLength } = {}) => {
    const text = message(`Content-Length: ${length}`, body).replaceAll('\n', lineEnd);
    return lengthOf(parseMessage(text), next.replaceAll('\n', lineEnd))?.length;
  };
  const sent = { lineEnd: '\r\n' };
  it('is counted as before', () => {
    assert.equal(after(3, 'a\nb', 'a\nb\nc'), 5, 'line ends as they stand');
    assert.equal(after(4, 'a\nb', 'a\nb\nc'), 7, 'line ends as CRLF');
    assert.equal(after(3, 'a\nb', 'a\nb\nc', sent), 5, 'line ends as LF');
    assert.equal(after(6, 'a\nb\nc\n', 'a\nb\nc\nd\n'), 8, 'with the last line end');
    assert.equal(after(4, 'a\nb', 'ä\nb', sent), 5, 'octets');
  });
  it('stays as wrong as it was, or is mended', () => {
    assert.equal(after(99, 'a\nb', 'a\nb\nc'), 101);
    const lengthOf = rightLength;
    assert.equal(after(99, 'a\nb', 'a\nb\nc', { lengthOf }), 7);
    assert.equal(after(3, 'a\nb', 'a\nb\nc', { lengthOf }), 5);
    assert.equal(after(99, 'a\n...', 'a\nb\n...', { lengthOf }), 101, 'something was left out');
  });
  it('stays away where it is not given', () => {
    assert.equal(keptLength(parseMessage(dedent('\n  BYE sip:a@b SIP/2.0\n  To: x\n\n  a\n')), 'b'), null);
  });
});
