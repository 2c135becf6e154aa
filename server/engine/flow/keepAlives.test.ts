import assert from 'node:assert/strict';
import { it } from 'node:test';
import { read } from '../engine.ts';
import { keepAlives } from './keepAlives.ts';

let number = 0;
/** A request of a call of its own, and the responses to it. */
function asked(method: string, statuses: readonly number[], { toTag = '', times = 1 } = {}): string {
  const n = ++number;
  const head = (to: string) =>
    `Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${n}\nFrom: <sip:a@example.org>;tag=1\nTo: <sip:b@example.org>${to}\nCall-ID: c${n}\nCSeq: 1 ${method}\nContent-Length: 0\n\n`;
  const request = `${method} sip:b@example.org SIP/2.0\n${head(toTag)}`;
  return request.repeat(times) + statuses.map((status) => `SIP/2.0 ${status} Word\n${head(';tag=2')}`).join('');
}

const marksOf = (text: string, isNotable: (index: number) => boolean = () => false) => {
  const { trace, flow } = read(text);
  return keepAlives(trace.built, flow.transactions, isNotable)?.join('') ?? null;
};

it('marks OPTIONS outside of a dialog and the success that answers, and nothing that is worth a look', () => {
  for (const [text, marks] of [
    [asked('OPTIONS', [200]), '12'],
    [asked('OPTIONS', [100, 202]), '122'],
    [asked('OPTIONS', [404]), null],
    [asked('OPTIONS', []), null],
    [asked('OPTIONS', [100]), null],
    [asked('OPTIONS', [200], { toTag: ';tag=2' }), null],
    [asked('OPTIONS', [200], { times: 2 }), null],
    [asked('REGISTER', [200]), null],
    [asked('INVITE', [200]) + asked('OPTIONS', [200]) + asked('OPTIONS', [503]), '001200'],
    ['SIP/2.0 200 OK\nCSeq: 1 OPTIONS\n\n', null],
    ['', null],
  ] as const)
    assert.equal(marksOf(text), marks, text);
  const both = asked('OPTIONS', [200]) + asked('OPTIONS', [200]);
  assert.equal(
    marksOf(both, (index) => index === 1),
    '0012',
    'what was found in the response keeps its request, too',
  );
});
