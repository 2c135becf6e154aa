import assert from 'node:assert/strict';
import { it } from 'node:test';
import { LineMap } from '../engine/base/text.ts';
import { DEFAULT_OPTIONS, lintText } from '../engine/engine.ts';
import type { Snapshot } from '../engine/indexed/snapshot.ts';
import { FileLegs } from './calls/fileLegs.ts';
import { documentTrace } from './documentTrace.ts';
import { FileChecks } from './fileChecks.ts';
import { GrowingFile } from './growingFile.ts';
import { indexedTrace } from './indexedTrace.ts';
import { dialogsOf, overviewOf } from './overview.ts';
import { Mark, readMarks } from './traceOverview.ts';

/** A message of a sipp log, sent so many milliseconds after the first; `call` and `tag` name its dialog. */
function message(time: number, start: string, call: string, headers = 'Max-Forwards: 70'): string {
  const clock = new Date(Date.UTC(2026, 0, 5, 9, 30) + time).toISOString().replace('T', ' ').replace('Z', '');
  const micro = String(Math.round((time % 1) * 1000)).padStart(3, '0');
  const lines = [
    start,
    `Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK${call}`,
    'From: <sip:alice@example.com>;tag=a',
    `To: <sip:bob@example.com>${start.startsWith('SIP') ? ';tag=b' : ''}`,
    `Call-ID: ${call}@192.0.2.1`,
    'CSeq: 1 OPTIONS',
    headers,
    'Content-Length: 0',
  ];
  return `----------------------------------------------- ${clock}${micro}\nUDP message sent (300 bytes):\n\n${lines.join('\n')}\n\n`;
}

const TEXT = [
  message(0, 'OPTIONS sip:bob@example.com SIP/2.0', 'one'),
  message(120.4, 'SIP/2.0 486 Busy Here', 'one'),
  message(120.8, 'OPTIONS sip:bob@example.com SIP/2.0', 'two', 'Contact: <'),
  message(4120, 'SIP/2.0 200 OK', 'two'),
].join('');

async function asDocument(text: string) {
  const { reading, lint } = await lintText(text);
  return documentTrace({
    ...lint,
    reading,
    ...{ revision: 7, title: 'x', lines: new LineMap(text), offsetAt: () => 0, notices: [] },
  });
}

/** A file that is too large to be checked as a whole, and its checks. */
async function asFile(text: string, wholeBytes: number) {
  const bytes = Buffer.from(text);
  const read = (from: number, into: Uint8Array) => {
    const part = bytes.subarray(from, from + into.length);
    into.set(part);
    return part.length;
  };
  const file = { name: 'x', size: bytes.length, changed: 0, read, close() {} };
  const growing = await GrowingFile.open(file, () => {});
  await growing.readOn(() => false);
  const snapshot: Snapshot = growing.latest;
  const checks = new FileChecks(DEFAULT_OPTIONS, wholeBytes);
  const facts = {
    ...{ revision: 7, state: {}, title: 'x', profiles: [], notices: [], reading: null },
    captionRows: () => [],
  };
  return indexedTrace({ snapshot, source: growing.source }, facts, { checks, legs: new FileLegs() }, () => {});
}

it('tells failures, findings, dialogs and waits of a document', async () => {
  const trace = await asDocument(TEXT);
  const { revision, marks, firstTime, waits } = overviewOf(trace);
  const [first, second, third, fourth] = readMarks(marks);
  assert.equal(revision, 7);
  assert.equal(first! & (Mark.checked | Mark.failure), Mark.checked);
  assert.equal(second! & Mark.failure, Mark.failure);
  assert.equal(third! & (Mark.error | Mark.checked), Mark.error | Mark.checked);
  assert.equal(fourth! & (Mark.failure | Mark.error), 0);
  const [one, , two] = dialogsOf(trace);
  assert.deepEqual(dialogsOf(trace), [one, one, two, two]);
  assert.notEqual(one, two);
  assert.equal(firstTime, Date.UTC(2026, 0, 5, 9, 30));
  assert.deepEqual(waits, [0, 120, 1, 3999], 'what is rounded does not add up');
});

it('claims of a large file only what was looked at, and reads nothing for it', async () => {
  const trace = await asFile(TEXT, 0);
  const unchecked = readMarks(overviewOf(trace).marks);
  assert.deepEqual([...unchecked], [0, Mark.failure, 0, 0]);
  await trace.found([2]);
  const checked = readMarks(overviewOf(trace).marks);
  assert.equal(checked[0], 0, 'the other call was not looked at');
  assert.equal(checked[2]! & (Mark.checked | Mark.error), Mark.checked | Mark.error);
  assert.equal(checked[3]! & Mark.checked, Mark.checked, 'a call is checked as a whole');
  const small = await asFile(TEXT, Number.POSITIVE_INFINITY);
  await small.found([0]);
  assert.deepEqual(overviewOf(small), overviewOf(await asDocument(TEXT)));
});

it('tells no waits of a trace without times, and nothing of single messages where there are too many', async () => {
  const many = await asDocument(TEXT);
  const timeless = await asDocument('OPTIONS sip:bob@example.com SIP/2.0\nCall-ID: one\n\n');
  assert.equal(overviewOf(timeless).waits, null);
  assert.equal(overviewOf(timeless).isTooLong, false);
  assert.deepEqual(overviewOf(many, 3), { revision: 7, isTooLong: true, marks: '', firstTime: null, waits: null });
  assert.throws(() => dialogsOf(many, 3), /too many/);
  assert.deepEqual([...readMarks('0f!\u{1f600}~')], [0, 15, 0, 0, 0, 0], 'what is no digit is no mark');
});
