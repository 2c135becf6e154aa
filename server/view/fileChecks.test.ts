import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { traceOf } from '../../bench/generate.ts';
import { DEFAULT_OPTIONS, lintText } from '../engine/engine.ts';
import { allRules } from '../engine/rules/all.ts';
import { provideSchemas } from '../engine/xml/schemas.ts';
import { FileChecks } from './fileChecks.ts';
import { GrowingFile } from './growingFile.ts';
import { numbers } from './viewed.ts';

provideSchemas((file) => readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8'));

/** A file in memory, read to its end. */
async function indexed(text: string) {
  const bytes = Buffer.from(text);
  const reads: number[] = [];
  const read = (from: number, into: Uint8Array) => {
    const part = bytes.subarray(from, from + into.length);
    into.set(part);
    reads.push(part.length);
    return part.length;
  };
  const file = { name: 'x', size: bytes.length, changed: 0, read, close() {} };
  const growing = await GrowingFile.open(file, () => {});
  await growing.readOn(() => false);
  reads.length = 0;
  return { of: { snapshot: growing.latest, source: growing.source }, reads, count: growing.latest.columns.count };
}

const faulty = readFileSync(new URL('../fixtures/traces/plain/microsoft/join.sip', import.meta.url), 'utf8').replaceAll(
  /^Max-Forwards: 70/gm,
  'Max-Forwards: 300',
);
const OF_TRACE: readonly string[] = allRules.filter(({ scope }) => scope === 'trace').map(({ id }) => id);

it('finds in the calls that are asked for what is found in the whole, but for the rules about a whole trace', async () => {
  for (const text of [faulty, traceOf(200)]) {
    const { of, count } = await indexed(text);
    const { reading, lint } = await lintText(text);
    assert.equal(reading.trace.count, count);
    const checks = new FileChecks(DEFAULT_OPTIONS, 0);
    assert.deepEqual(await checks.profiles(of), lint.profiles);
    const found = await checks.found(of, numbers(0, count));
    const expected = lint.problems.filter(({ rule }) => !OF_TRACE.includes(rule));
    const told = ({ rule, severity, message, messageIndex }: (typeof expected)[number]) =>
      `${messageIndex} ${rule} ${severity} ${message}`;
    assert.deepEqual([...found.values()].flat().map(told).sort(), expected.map(told).sort());
  }
});

it('reads of a large file the calls that are asked for alone, and each once', async () => {
  const { of, reads, count } = await indexed(traceOf(2000));
  const checks = new FileChecks(DEFAULT_OPTIONS, 0);
  await checks.profiles(of);
  reads.length = 0;
  const found = await checks.found(of, numbers(count - 20, count));
  const bytes = reads.reduce((sum, one) => sum + one, 0);
  assert.ok(bytes > 0 && bytes < of.source.size / 10, `${bytes} bytes`);
  reads.length = 0;
  assert.deepEqual(await checks.found(of, numbers(count - 20, count)), found);
  assert.equal(reads.length, 0);
  assert.deepEqual(await new FileChecks(DEFAULT_OPTIONS, 0).found(of, [0], () => true), new Map());
});

it('claims to know nothing of what a call got since it was checked', async () => {
  const message = (start: string) => `${start}\r\nCall-ID: one\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: x\r\n\r\n`;
  const begun = message('OPTIONS sip:bob@example.com SIP/2.0');
  const checks = new FileChecks(DEFAULT_OPTIONS, 0);
  await checks.found((await indexed(begun)).of, [0]);
  const { of } = await indexed(begun + message('SIP/2.0 200 OK'));
  assert.ok(checks.knownIn(of, 0)!.length > 0, 'what was found is still there');
  assert.equal(checks.knownIn(of, 1), null);
  await checks.found(of, [1]);
  assert.notEqual(checks.knownIn(of, 1), null);
});
