import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_OPTIONS, lintSteps, loadSchemasFor, type Memory, read } from '../engine/engine.ts';
import { inSlices } from '../view/slices.ts';
import { editBetween } from './edit.ts';

const SAMPLE = readFileSync(new URL('../../samples/eject-user.flattened.txt', import.meta.url), 'utf8');
const PLAIN = `
INVITE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP a.example.org;branch=z9hG4bK1
From: <sip:alice@example.org>;tag=1
To: <sip:bob@example.com>
Call-ID: c1
CSeq: 1 INVITE
Content-Length: 0

SIP/2.0 200 OK
Via: SIP/2.0/UDP a.example.org;branch=z9hG4bK1
From: <sip:alice@example.org>;tag=1
To: <sip:bob@example.com>;tag=2
Call-ID: c1
CSeq: 2 INVITE

BYE sip:bob@example.com SIP/2.0
Call-ID: c1
CSeq: 3 BYE
Max-Forwards: 300

`;

async function lint(text: string, before?: { text: string; memory: Memory }) {
  const reading = read(text);
  const reuse = before && { memory: before.memory, edit: editBetween(before.text, text) };
  const schemas = await loadSchemasFor(reading);
  return (await inSlices(lintSteps(reading, DEFAULT_OPTIONS, schemas, reuse), () => false))!;
}

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.constantFrom(0, 0, 1, 30, 200),
  insert: fc.constantFrom(
    '',
    'x',
    '\n',
    '\n\n',
    'Max-Forwards: 70\n',
    '\nBYE sip:h SIP/2.0\nCall-ID: c1\n\n',
    '\n# sip-lens-disable\n',
    '7',
    '<',
    '"',
  ),
});

for (const [name, start] of Object.entries({ plain: PLAIN, flattened: SAMPLE })) {
  test(`after any edits the ${name} trace has the problems that a fresh check finds`, async () => {
    const edits = fc.array(change, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        let text = start;
        let memory = (await lint(text)).memory;
        for (const { at, remove, insert } of changes) {
          const from = Math.floor(at * text.length);
          const changed = text.slice(0, from) + insert + text.slice(from + remove);
          const found = await lint(changed, { text, memory });
          assert.deepEqual(found.problems, (await lint(changed)).problems);
          text = changed;
          memory = found.memory;
        }
      }),
      { numRuns: name === 'plain' ? 60 : 6 },
    );
  });
}
