import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { read } from '../engine.ts';
import { answeredRequests, answerHints, answerWords } from './answers.ts';
import { finished, traceSource } from './testing.ts';

const SAMPLE = readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8');

const message = (start: string, method: string, more = '') => `${start}\nCall-ID: 1\nCSeq: 1 ${method}\n${more}\n`;
const request = (method: string) => message(`${method} sip:b@x SIP/2.0`, method);
const response = (status: number, method: string) => message(`SIP/2.0 ${status} X`, method);
/** Messages with their times in seconds. */
const timed = (...messages: [number, string][]) =>
  messages.map(([at, text]) => `10:00:${at.toFixed(3).padStart(6, '0')}\n${text}`).join('');

/** What is told above each request, by its one-based number. */
function told(text: string): Record<number, string> {
  const reading = read(text);
  return Object.fromEntries(Array.from(answeredRequests(reading), (index) => [index + 1, answerWords(reading, index)]));
}

describe('what answers a request', () => {
  it('is told with the time it took, and with the status of a failure', () =>
    assert.deepEqual(
      told(
        timed(
          [1, request('INVITE')],
          [1.05, response(100, 'INVITE')],
          [1.324, response(486, 'INVITE')],
          [2, request('ACK')],
          [2, request('INFO')],
          [2.004, response(200, 'INFO')],
        ),
      ),
      { 1: 'answered by message 3 with 486 · 0.3 s', 5: 'answered by message 6 · 4 ms' },
    ));

  it('is told without time where the trace has none', () =>
    assert.deepEqual(told(request('BYE') + response(200, 'BYE')), { 1: 'answered by message 2' }));

  it('is provisional where the trace ends before', () =>
    assert.deepEqual(told(request('INVITE') + response(180, 'INVITE')), { 1: 'no final answer, 180 in message 2' }));

  it('is told once of what was sent twice, and of nothing that was not answered', () =>
    assert.deepEqual(told(request('INFO') + request('INFO') + response(200, 'INFO') + request('OPTIONS')), {
      1: 'answered by message 3',
    }));

  it('is told of the command, too', () => {
    const words = told(SAMPLE);
    assert.equal(words[1], 'answered by message 2 · deleteUser answered by message 14');
    assert.equal(words[5], 'answered by message 9 with 481');
    assert.equal(words[14], 'answered by message 15');
    assert.equal(
      told(SAMPLE.replace('code="success"', 'code="failure"'))[1],
      'answered by message 2 · deleteUser failed in message 14',
    );
  });
});

describe('hints', () => {
  const text = timed([1, request('INFO')], [1.5, response(200, 'INFO')], [2, request('ACK')]);
  const source = traceSource(text);
  const hints = (part: { from: number; to: number }, time: boolean, matchedMessage: boolean) =>
    finished(answerHints(source, part, { time, matchedMessage })).map(({ at, label, tooltip }) => {
      const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
      return `${line} [${label}] ${tooltip}`;
    });
  const all = { from: 0, to: text.length };

  it('tell the time behind responses, the number of the other message behind both', () => {
    assert.deepEqual(hints(all, true, false), ['SIP/2.0 200 X [0.5 s] 0.5 s after its request, message 1']);
    assert.deepEqual(hints(all, false, true), [
      'INFO sip:b@x SIP/2.0 [answered by 2] Answered by message 2',
      'SIP/2.0 200 X [answers 1] 0.5 s after its request, message 1',
    ]);
    assert.equal(hints(all, true, true)[1], 'SIP/2.0 200 X [answers 1 · 0.5 s] 0.5 s after its request, message 1');
    assert.deepEqual(hints(all, false, false), []);
  });

  it('are those of the part that is asked about', () => {
    const from = text.indexOf('SIP/2.0 200');
    assert.equal(hints({ from, to: from + 20 }, true, true).length, 1);
    assert.equal(hints({ from: from + 20, to: text.length }, true, true).length, 0);
  });

  it('stand behind the status line where the message is on one line', () => {
    const line = 'SIP/2.0 200 OK Via: SIP/2.0/UDP h From: <sip:a@x>;tag=1 Call-ID: 1 CSeq: 1 BYE';
    const flat = `BYE sip:b@x SIP/2.0 Via: SIP/2.0/UDP h From: <sip:a@x>;tag=1 Call-ID: 1 CSeq: 1 BYE\n${line}\n`;
    const found = finished(
      answerHints(traceSource(flat), { from: 0, to: flat.length }, { time: false, matchedMessage: true }),
    );
    assert.deepEqual(
      found.map(({ at, label }) => [flat.slice(flat.lastIndexOf('\n', at) + 1, at), label]),
      [
        ['BYE sip:b@x SIP/2.0', 'answered by 2'],
        ['SIP/2.0 200 OK', 'answers 1'],
      ],
    );
  });
});
