import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { read } from '../engine/engine.ts';
import { linksOf } from './links.ts';

const reading = read(readFileSync(new URL('../../samples/eject-user.sip', import.meta.url), 'utf8'));
const texts = (message: number) => linksOf(reading, message - 1).map((link) => link.text);

it('links a request with its answer and a conference command with its final response', () => {
  assert.deepEqual(texts(1), ['answered by 2', 'command answered by 14 (request 63022864)']);
  assert.deepEqual(texts(14), ['answered by 15', 'answers the command of 1 (request 63022864)']);
  assert.deepEqual(texts(9), ['answers 5']);
  assert.deepEqual(texts(3), []);
});

it('links a message with itself on the hops beside it, in both directions', () => {
  const path = '../fixtures/traces/plain/ietf/rfc3665-3.2-call-two-proxies.txt';
  const proxied = read(readFileSync(new URL(path, import.meta.url), 'utf8'));
  const hops = Array.from({ length: proxied.trace.count }, (_, index) =>
    linksOf(proxied, index).flatMap(({ relation, text }) => (relation === 'hop' ? [text] : [])),
  );
  const { columns } = proxied.trace;
  const invites = [...hops.keys()].filter(
    (index) => proxied.trace.method(index) === 'INVITE' && columns.below?.[index],
  );
  assert.ok(invites.length >= 2);
  for (const index of invites)
    assert.ok(
      hops[index]!.some((text) => text.startsWith('passed on from')),
      `message ${index + 1}`,
    );
  const ok = [...hops.keys()].filter(
    (index) => columns.kind[index] === 200 && proxied.trace.method(index) === 'INVITE',
  );
  assert.deepEqual(
    ok.map((index) => hops[index]),
    [
      [`passed on as ${ok[1]! + 1}`],
      [`passed on from ${ok[0]! + 1}`, `passed on as ${ok[2]! + 1}`],
      [`passed on from ${ok[1]! + 1}`],
    ],
  );
});
