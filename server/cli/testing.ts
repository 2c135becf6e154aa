import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { URL } from 'node:url';
import { provideSchemas } from '../engine/xml/schemas.ts';
import { Failure } from './command.ts';
import { runCli } from './main.ts';

provideSchemas((file) => readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8'));

/** The published example, flattened. */
export const sample = readFileSync(new URL('../../samples/eject-user.flattened.txt', import.meta.url), 'utf8');
export const OPTIONS = `OPTIONS sip:bob@example.org SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
Max-Forwards: 70
From: <sip:alice@example.org>;tag=1
To: <sip:bob@example.org>
Call-ID: 1
CSeq: 1 OPTIONS
Content-Length: 0

`;
/** What the file system has. */
export const files: Record<string, string> = {
  'good.sip': OPTIONS,
  'bad.sip': OPTIONS.replace('70', '300'),
  'D:\\bad.sip': OPTIONS.replace('70', '300'),
  'none.txt': 'Nothing to see here.\n',
  'empty.sip': ' \n',
  'page.html': '<!DOCTYPE html><html><body>SIP</body></html>',
  'request.xml': '<request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1" from="sip:a@b" to="sip:c@d"><nothing/>',
  'sample.txt': sample,
  'left.sip': `# 2026-01-05T09:30:10.000Z\n${OPTIONS}`,
  'right.sip': `# 2026-01-05T09:30:08.500Z\n${OPTIONS}`,
  'project/bad.sip': OPTIONS.replace('70', '300'),
  'project/.sip-lens.json': '{ "rules": { "header-values": "hint", "no-such-rule": "off" } }',
  'broken/good.sip': OPTIONS,
  'broken/.sip-lens.json': '{ "rules": { "header-values": "loud" } }',
};

export interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly written: ReadonlyMap<string, string>;
}

/** Runs the tool in memory. */
export async function run(...words: string[]): Promise<Result> {
  let [out, err] = ['', ''];
  const written = new Map<string, string>();
  const text = async (path: string) => {
    const found = files[path];
    if (found === undefined) throw new Failure(`${path}: there is no such file`);
    return found;
  };
  const status = await runCli(words, {
    version: '1.2.3',
    text,
    bytes: async (path) => inMemory(new TextEncoder().encode(await text(path))),
    nearest: async (path, name) => {
      const folder = path.includes('/') ? path.replace(/[^/]*$/, '') : '';
      const found = files[folder + name];
      return found === undefined ? null : { path: folder + name, text: found };
    },
    way: (from, to) => (to.startsWith('D:') ? null : posix.relative(posix.dirname(from), to)),
    print: async (part) => void (out += String(part)),
    secret: () => 'a secret',
    warn: (line) => void (err += `${line}\n`),
    write: async (path, whole) => void written.set(path, String(whole)),
  });
  return { status, out, err, written };
}

function inMemory(bytes: Uint8Array) {
  const read = (from: number, into: Uint8Array) => {
    const part = bytes.subarray(from, from + into.length);
    into.set(part);
    return part.length;
  };
  return { size: bytes.length, total: bytes.length, read, close() {} };
}
