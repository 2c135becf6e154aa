import assert from 'node:assert/strict';
import { it } from 'node:test';
import { clocksOf, mergedText } from './merged.ts';
import type { OpenedFile } from './openedFile.ts';

const OPTIONS =
  'OPTIONS sip:dave@example.com SIP/2.0\nFrom: <sip:erin@example.com>;tag=1\nCall-ID: x\nCSeq: 1 OPTIONS\n\n';

async function open(uri: string): Promise<OpenedFile> {
  const time = uri === 'a' ? '2026-01-05T09:30:10.000Z' : '2026-01-05T09:30:08.500Z';
  const bytes = new TextEncoder().encode(`# ${time}\n${OPTIONS}`);
  const read = (from: number, into: Uint8Array) => {
    const part = bytes.subarray(from, from + into.length);
    into.set(part);
    return part.length;
  };
  return { name: `${uri}.sip`, size: bytes.length, changed: 0, read, close() {} };
}

const address = (times: string) => `sip-lens-merged:/a.sip?${encodeURIComponent(JSON.stringify([['a', 'b'], times]))}`;

it('tells in the ladder of merged files how far their clocks are apart, and whether their times are put right', async () => {
  for (const times of ['as written', 'aligned'] as const) {
    const { text, notes } = await mergedText({ uris: ['a', 'b'], times }, open);
    assert.deepEqual(notes, ['The clock of b.sip is 1.5 s behind (1 message was seen in both).']);
    assert.deepEqual(clocksOf(address(times), text), { notes, times });
    assert.deepEqual(clocksOf(address(times), text.replaceAll('\n', '\r\n')), { notes, times });
    assert.equal(clocksOf('file:///a.sip', text), null);
  }
  const { text } = await mergedText({ uris: ['a', 'a'], times: 'as written' }, open);
  assert.equal(clocksOf(address('as written'), text), null);
});
