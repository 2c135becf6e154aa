import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { answersOf, commandAnswers, timeBetween } from './answers.ts';
import { read } from './engine.ts';

const SAMPLE = readFileSync(new URL('../../samples/eject-user.sip', import.meta.url), 'utf8');

const request = (method: string, branch = method) =>
  `${method} sip:b@x SIP/2.0\nVia: SIP/2.0/UDP h;branch=${branch}\nFrom: <sip:a@x>;tag=1\nCall-ID: 1\nCSeq: 1 ${method}\n\n`;
const response = (status: number, method: string, branch = method) =>
  `SIP/2.0 ${status} X\nVia: SIP/2.0/UDP h;branch=${branch}\nFrom: <sip:a@x>;tag=1\nTo: <sip:b@x>;tag=2\nCall-ID: 1\nCSeq: 1 ${method}\n\n`;

const answers = (...messages: string[]) => [...answersOf(read(messages.join('')))];

describe('answers', () => {
  it('are final responses, whatever came before and comes again', () =>
    assert.deepEqual(
      answers(
        request('INVITE'),
        response(100, 'INVITE'),
        response(180, 'INVITE'),
        response(486, 'INVITE'),
        response(486, 'INVITE'),
      ),
      [4, 0, 0, 0, 0],
    ));
  it('are the last provisional ones where the trace ends before', () =>
    assert.deepEqual(answers(request('INVITE'), response(100, 'INVITE'), response(180, 'INVITE')), [3, 0, 0]));
  it('answer what is sent again, too', () =>
    assert.deepEqual(answers(request('INFO'), request('INFO'), response(200, 'INFO')), [3, 3, 0]));
  it('are those of the own transaction, or none', () =>
    assert.deepEqual(
      answers(request('BYE', 'b1'), request('BYE', 'b2'), response(200, 'BYE', 'b2'), request('ACK')),
      [0, 3, 0, 0],
    ));
});

describe('answers to commands', () => {
  const reading = read(SAMPLE);
  it('name both messages, the command and its code', () => {
    const found = { asked: 0, answered: 13, commands: ['deleteUser'], code: 'success', requestId: '63022864' };
    assert.deepEqual(commandAnswers(reading, 0), [found]);
    assert.equal(commandAnswers(reading, 13), commandAnswers(reading, 0));
  });
  it('are not looked for where there is no XML', () => assert.deepEqual(commandAnswers(reading, 1), []));
});

describe('the time between messages', () => {
  it('is told where both have one', () => {
    const timed = read(`2024-01-02 10:00:00.250\n${request('BYE')}2024-01-02 10:00:01.000\n${response(200, 'BYE')}`);
    assert.equal(timed.trace.count, 2);
    assert.equal(timeBetween(timed, 0, 1), 750);
    assert.equal(timeBetween(read(SAMPLE), 0, 1), null);
  });
});
