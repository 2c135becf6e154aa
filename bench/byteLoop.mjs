// The yardstick: a plain loop over the bytes of a file, counting line feeds. `node bench/byteLoop.mjs FILE`
import { openSync, readSync } from 'node:fs';

const file = openSync(process.argv[2], 'r');
const page = new Uint8Array(4 * 1024 * 1024);
let lines = 0;
for (let read = readSync(file, page); read > 0; read = readSync(file, page)) {
  for (let at = 0; at < read; at++) if (page[at] === 10) lines++;
}
console.log(lines);
