import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { DEFAULT_OPTIONS, lintText } from '../engine.ts';
import { keepContentLength, lengthCorrections } from './contentLength.ts';
import type { TextEdit } from './source.ts';
import { applied, traceSource } from './testing.ts';

const message = (length: string, body: string) =>
  `INFO sip:b@example.org SIP/2.0\r\nCall-ID: 1\r\n${length}Content-Type: text/plain\r\n\r\n${body}`;

/** The text after `old` became `text` wherever it stands, with the lengths kept. */
function replaced(text: string, old: string, by: string): string {
  const edits: TextEdit[] = [];
  for (let at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + 1))
    edits.push({ from: at, to: at + old.length, text: by });
  return applied(text, keepContentLength(traceSource(text), edits));
}

describe('Content-Length, where an edit changes a body', () => {
  it('counts octets of all edits in the body, none of those in the head', () => {
    const before = message('Content-Length: 11\r\n', 'Bob and Bob');
    assert.equal(replaced(before, 'Bob', 'Zoë'), message('Content-Length: 13\r\n', 'Zoë and Zoë'));
    assert.equal(replaced(before, 'example', 'longer.example'), before.replace('example', 'longer.example'));
  });

  it('is kept in each message, in its compact form too', () => {
    const two = (l1: string, l2: string, body: string) => message(l1, body) + message(l2, body);
    assert.equal(
      replaced(two('l: 3\r\n', 'Content-Length:   3\r\n', 'Bob'), 'Bob', 'Robert'),
      two('l: 6\r\n', 'Content-Length:   6\r\n', 'Robert'),
    );
  });

  for (const [what, length] of Object.entries({
    'an absent one': '',
    'a placeholder': 'Content-Length: ...\r\n',
    'one given twice': 'Content-Length: 3\r\nContent-Length: 3\r\n',
  }))
    it(`leaves ${what} alone`, () =>
      assert.equal(replaced(message(length, 'Bob'), 'Bob', 'Robert'), message(length, 'Robert')));

  it('keeps a wrong one as wrong as it was', () =>
    assert.equal(replaced(message('l: 5\r\n', 'Bob\r\n\r\n'), 'Bob', 'Robert'), message('l: 8\r\n', 'Robert\r\n\r\n')));

  it('leaves the length alone where the message stands on one line', () => {
    const line =
      'INFO sip:b@e SIP/2.0 Via: SIP/2.0/UDP h From: <sip:a@e>;tag=1 Call-ID: 1 Content-Length: 3 Content-Type: text/xml <a b="Bob"/>';
    assert.equal(replaced(line, 'Bob', 'Robert'), line.replace('Bob', 'Robert'));
  });
});

describe('each Content-Length of a trace, put right', () => {
  const corrected = (text: string) => {
    const source = traceSource(text);
    const steps = lengthCorrections(source);
    for (;;) {
      const step = steps.next();
      if (step.done) return applied(text, step.value);
    }
  };

  it('changes where it was wrong, in octets', () => {
    const trace = (l1: string, l2: string, l3: string) =>
      message(l1, 'Zoë\r\n\r\n') + message(l2, 'Bob\r\n\r\n') + message(l3, 'Eve');
    const wrong = trace('Content-Length: 3\r\n', 'l: 3\r\n', 'l:10\r\n');
    const right = trace('Content-Length: 4\r\n', 'l: 3\r\n', 'l:3\r\n');
    assert.equal(corrected(wrong), right);
    assert.equal(corrected(right), right);
  });

  for (const [what, text] of Object.entries({
    'an absent one': message('', 'Bob'),
    'one given twice': message('Content-Length: 9\r\nContent-Length: 9\r\n', 'Bob'),
    'a body that was left out': message('Content-Length: 9\r\n', '(not shown)'),
    'a message on one line':
      'INFO sip:b@e SIP/2.0 Via: SIP/2.0/UDP h From: <sip:a@e>;tag=1 Call-ID: 1 Content-Length: 3 Content-Type: text/xml <a b="Bob"/>',
  }))
    it(`leaves ${what} alone`, () => assert.equal(corrected(text), text));

  it('is judged right by the rule', async () => {
    const text = readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8');
    const options = { ...DEFAULT_OPTIONS, profile: 'strict' } as const;
    const wrong = async (trace: string) =>
      (await lintText(trace, options)).lint.problems.filter(({ rule }) => rule === 'content-length-mismatch').length;
    assert.ok((await wrong(text)) > 0);
    assert.equal(await wrong(corrected(text)), 0);
  });
});
