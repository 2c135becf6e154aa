// Reads a file as the editor does, all but its last megabyte, then that, and prints what it took: node growingReader.mjs FILE
import { fstatSync, openSync, readSync } from 'node:fs';
import { captureKindOf } from '../server/engine/capture/capture.ts';
import { GrowingCapture } from '../server/engine/capture/indexCapture.ts';
import { snapshotOf } from '../server/engine/indexed/snapshot.ts';
import { GrowingTrace } from '../server/engine/trace/growing.ts';

const APPENDED = 1_000_000;
const SLICE_MS = 12;
const handle = openSync(process.argv[2]!, 'r');
const { size } = fstatSync(handle);
let seen = size - APPENDED;
const file = {
  get size() {
    return seen;
  },
  read: (from: number, into: Uint8Array) =>
    readSync(handle, into, 0, Math.max(0, Math.min(into.length, seen - from)), from),
};

/** Milliseconds of the processor that a work took. */
async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Whether the loop still turns, and what was done at the longest between two turns. */
const turns = { isOn: true, longest: 0, cpu: process.cpuUsage() };
function turn(): void {
  const { user, system } = process.cpuUsage(turns.cpu);
  turns.longest = Math.max(turns.longest, (user + system) / 1000);
  turns.cpu = process.cpuUsage();
  if (turns.isOn) setImmediate(turn);
}

const kind = await captureKindOf(file);
const index = kind ? new GrowingCapture(kind) : new GrowingTrace();
let slice = performance.now();
const progress = async () => {
  if (performance.now() - slice < SLICE_MS) return;
  await new Promise((resolve) => setTimeout(resolve, 0));
  slice = performance.now();
};
turn();
const whole = await cpuOf(() => index.readOn(file, { progress }));
turns.isOn = false;
const snapshot = await cpuOf(() => snapshotOf(index.builder));
seen = size;
const appended = await cpuOf(() => index.readOn(file));
console.log(
  JSON.stringify({ whole, longest: turns.longest, snapshot, appended, messages: index.builder.columns.count }),
);
