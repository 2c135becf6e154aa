import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { traceOf } from '../../../bench/generate.ts';
import { read } from '../reading.ts';
import { readAgain } from './reread.ts';
import { readText, type TextTrace } from './text.ts';

const runs = Number(process.env.FUZZ_RUNS ?? 300);
const samples = [
  readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8'),
  readFileSync(new URL('../../../samples/eject-user.flattened.txt', import.meta.url), 'utf8'),
  traceOf(60),
  traceOf(40).replaceAll('\r', ''),
];
const pieces = [
  '',
  'x',
  '"',
  '<',
  '>',
  '</',
  ' ',
  '\n',
  '\r\n',
  '\n\n',
  'é',
  ':',
  ';tag=1',
  'BYE sip:a@b SIP/2.0\r\n',
  'Content-Length: 3\r\n',
];

describe('reading again after an edit', () => {
  it('gives what reading the whole gives', () => {
    let again = 0;
    fc.assert(
      fc.property(edits(), ({ text, from, to, piece }) => {
        const before = read(text).trace;
        const after = text.slice(0, from) + piece + text.slice(to);
        const trace = readAgain(before, after, { from, oldTo: to, newTo: from + piece.length });
        if (!trace) return;
        again++;
        assert.deepEqual(rows(trace), rows(readText(after)));
      }),
      { numRuns: runs },
    );
    assert.ok(again > runs / 10, `only ${again} of ${runs} edits were read without the rest`);
  });

  it('is used for typing into a body', () => {
    const text = traceOf(60);
    const at = text.indexOf('<users') + 7;
    const after = `${text.slice(0, at)}x${text.slice(at)}`;
    assert.notEqual(readAgain(readText(text), after, { from: at, oldTo: at, newTo: at + 1 }), null);
  });
});

function edits() {
  return fc
    .record({
      text: fc.constantFrom(...samples),
      at: fc.integer({ min: 0, max: 1_000_000 }),
      length: fc.nat(20),
      piece: fc.constantFrom(...pieces),
    })
    .map(({ text, at, length, piece }) => {
      const from = Math.floor((at / 1_000_000) * text.length);
      return { text, from, to: Math.min(text.length, from + length), piece };
    });
}

function rows({ columns, told, count }: TextTrace): unknown {
  const names = [
    'start',
    'bodyAt',
    'length',
    'kind',
    'cseqMethod',
    'cseq',
    'call',
    'fromTag',
    'toTag',
    'branch',
    'flags',
  ] as const;
  return {
    ...Object.fromEntries(names.map((name) => [name, [...columns[name].subarray(0, count)]])),
    sender: [...told.sender],
    receiver: [...told.receiver],
  };
}
