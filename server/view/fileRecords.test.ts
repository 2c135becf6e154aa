import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import { captureKind } from '../engine/capture/capture.ts';
import { read } from '../engine/engine.ts';
import { loadMessages } from '../engine/indexed/load.ts';
import { GrowingFile } from './growingFile.ts';
import { numbers } from './viewed.ts';

const FIXTURES = new URL('../fixtures/traces/', import.meta.url);

it('what a log says beside a message is read of a file as of a text', async () => {
  let told = 0;
  const all = readdirSync(FIXTURES, { recursive: true, withFileTypes: true });
  for (const { name, parentPath } of all.filter((one) => one.isFile() && !/\.(?:expected|gz|md)$/.test(one.name))) {
    const bytes = readFileSync(`${parentPath}/${name}`);
    if (captureKind(bytes)) continue;
    const { trace } = read(bytes.toString('utf8'));
    const loaded = await loadedFrom(bytes);
    for (let index = 0; index < trace.count; index++) {
      const [expected, found] = [trace, loaded].map((one) => one.envelope(index));
      assert.equal(found?.thread, expected?.thread, `${name} ${index + 1}`);
      assert.equal(found?.octets, expected?.octets, `${name} ${index + 1}`);
      if (expected?.thread !== undefined || expected?.octets !== undefined) told++;
    }
  }
  assert.ok(told > 300);
});

async function loadedFrom(bytes: Buffer) {
  const read = (from: number, into: Uint8Array) => {
    const part = bytes.subarray(from, from + into.length);
    into.set(part);
    return part.length;
  };
  const growing = await GrowingFile.open({ name: 'x', size: bytes.length, changed: 0, read, close() {} }, () => {});
  await growing.readOn(() => false);
  const { latest, source } = growing;
  const loaded = await loadMessages(source, latest, numbers(0, latest.columns.count), Number.POSITIVE_INFINITY, true);
  return loaded.reading.trace;
}
