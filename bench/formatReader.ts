// Reads a log, again and again in so many bytes, into columns twice and prints what that took: node reader.mjs FILE BYTES
import { readFileSync } from 'node:fs';
import { formatOf } from '../server/engine/trace/formatOf.ts';
import { type ByteSource, readTrace } from '../server/engine/trace/trace.ts';

const [file = '', bytes = ''] = process.argv.slice(2);
const once = Buffer.from(`${readFileSync(file, 'latin1').replace(/\n?$/, '\n')}`, 'latin1');
const whole = Buffer.alloc(once.length * Math.ceil(Number(bytes) / once.length), once);
const source: ByteSource = {
  size: whole.length,
  read: (from, into) => whole.copy(into, 0, from, Math.min(whole.length, from + into.length)),
};
const times: number[] = [];
let found = { messages: 0, format: '' };
for (let round = 0; round < 2; round++) {
  const before = process.cpuUsage();
  const { columns } = await readTrace(source);
  const { user, system } = process.cpuUsage(before);
  times.push((user + system) / 1000);
  found = { messages: columns.count, format: formatOf(columns) };
}
console.log(JSON.stringify({ times, bytes: whole.length, ...found }));
