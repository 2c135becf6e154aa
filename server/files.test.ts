import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { openOnDisk, reasonOf, wholeText } from './files.ts';

const GIGABYTE = 2 ** 30;
const folder = mkdtempSync(join(tmpdir(), 'sip-lens-files-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A file of any size that takes no room: nothing is stored behind its beginning. */
function sparse(name: string, head: string | Uint8Array, size: number): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  writeSync(file, Buffer.from(head));
  ftruncateSync(file, size);
  closeSync(file);
  return path;
}

const whyNot = (path: string) => {
  try {
    openOnDisk(path).close();
    return 'it can be read';
  } catch (error) {
    return reasonOf(error);
  }
};

it('says of what is no trace why, without reading more than its beginning', () => {
  const random = Uint8Array.from({ length: 4096 }, (_, at) => (at * 7919 + (at >> 3)) & 255);
  const before = process.memoryUsage.rss();
  assert.equal(whyNot(sparse('zeros', '', GIGABYTE)), 'it is a binary file, not a trace');
  assert.equal(whyNot(sparse('random', random, GIGABYTE)), 'it is a binary file, not a trace');
  assert.equal(whyNot(sparse('a.zip', 'PK\x03\x04', GIGABYTE)), 'it is a ZIP archive: unpack it first');
  assert.equal(whyNot(sparse('a.db', 'SQLite format 3\0', GIGABYTE)), 'it is an SQLite database, not a trace');
  assert.equal(whyNot(folder), 'it is a directory');
  assert.equal(whyNot(join(folder, 'none')), 'there is no such file');
  assert.ok(process.memoryUsage.rss() - before < GIGABYTE / 8, 'memory is flat');
  assert.equal(reasonOf(Object.assign(new Error('x'), { code: 'EACCES' })), 'it may not be read or written');
});

it('says of a file without lines that it is no trace', () => {
  const line = 'x'.repeat(2 ** 20);
  assert.match(whyNot(sparse('line', line, GIGABYTE)), /^it begins with a line of more than a megabyte without SIP/);
  assert.equal(whyNot(sparse('long', `${line.slice(1000)} SIP/2.0`, GIGABYTE)), 'it can be read');
});

it('waits for no pipe into which nobody writes', { skip: process.platform === 'win32' }, () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  assert.equal(whyNot(pipe), 'it is a pipe, and nobody writes into it');
  assert.equal(whyNot('/dev/zero'), 'it is a device, not a file');
});

it('refuses to make one text of a file that is longer than any text, before it reads it', async () => {
  const file = openOnDisk(sparse('longer', `# ${'x'.repeat(5000)}\n`, GIGABYTE));
  await assert.rejects(wholeText(file), /too large to be read as a whole/);
  file.close();
});

it('sees that a file has grown, and that another one has taken its place', async () => {
  const path = join(folder, 'growing.log');
  writeFileSync(path, '\ufeffone\n');
  const file = openOnDisk(path);
  const text = () => wholeText(file);
  assert.equal(await text(), 'one\n');
  writeFileSync(path, 'two\n', { flag: 'a' });
  assert.equal(await file.look?.(), 'same');
  assert.equal(await text(), 'one\ntwo\n');
  rmSync(path);
  assert.equal(await file.look?.(), 'gone');
  writeFileSync(path, 'three\n');
  assert.equal(await file.look?.(), 'replaced');
  file.close();
});
