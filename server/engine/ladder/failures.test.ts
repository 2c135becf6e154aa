import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildLadder, read } from '../engine.ts';
import { rowFailures } from './failures.ts';

/** A REGISTER and its answer. */
function exchange(cseq: number, status: string, credentials = '', copies = 1): string {
  const more = `Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${cseq}\nFrom: <sip:alice@example.org>;tag=1\nTo: <sip:alice@example.org>\nCall-ID: 1\nCSeq: ${cseq} REGISTER\n`;
  const answer = `SIP/2.0 ${status}\n${more}Content-Length: 0\n\n`;
  return `REGISTER sip:example.org SIP/2.0\n${more}${credentials}Content-Length: 0\n\n${answer.repeat(copies)}`;
}

function failures(text: string) {
  const reading = read(text);
  const { count, failures: shown } = rowFailures({ ladder: buildLadder(reading), ...reading });
  return { count, shown: shown.map(({ row, steps }) => [row.index, steps.length > 0]) };
}

describe('the failures of a ladder', () => {
  it('are explained, but not a challenge to a request without credentials, nor what was sent again', () => {
    const challenge = exchange(1, '401 Unauthorized') + exchange(2, '200 OK', 'Authorization: Digest x\n');
    assert.deepEqual(failures(challenge), { count: 0, shown: [] });
    const refused = exchange(1, '401 Unauthorized', 'Authorization: Digest x\n', 2) + exchange(2, '403 Forbidden');
    const expected = [
      [2, true],
      [5, true],
    ];
    assert.deepEqual(failures(refused), { count: 2, shown: expected });
  });

  it('are explained up to a number, and all counted', () => {
    const many = Array.from({ length: 60 }, (_, n) => exchange(n + 1, '500 Server Internal Error')).join('');
    const { count, shown } = failures(many);
    assert.deepEqual([count, shown.length], [60, 50]);
  });
});
