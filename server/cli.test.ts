import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath, URL } from 'node:url';
import { OPTIONS, sample } from './cli/testing.ts';

const REQUEST = '<request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1" from="sip:a@b" to="sip:c@d"><nothing/>';

describe('the program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sip-lens-'));
  const place = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const program = (words: string[], input?: string) =>
    spawnSync(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('cli.ts', import.meta.url)), ...words], {
      encoding: 'utf8',
      input,
    });
  after(() => rmSync(folder, { recursive: true }));

  it('reads standard input and writes a file', () => {
    const target = join(folder, 'out.json');
    const { status, stdout, stderr } = program(['messages', '-', '--output', target], sample);
    assert.deepEqual([status, stdout, stderr], [0, '', '']);
    assert.equal(readFileSync(target, 'utf8').trimEnd().split('\n').length, 17);
  });

  it('reads captures with every command, compressed ones, too', () => {
    const place = (name: string) => fileURLToPath(new URL(`fixtures/traces/${name}`, import.meta.url));
    const tcp = place('pcap/lab-tcp-call.pcap');
    const ladder = JSON.parse(program(['ladder', '--format', 'json', tcp]).stdout) as {
      messages: { line: number | null; source: string; copies: number }[];
    };
    const { line, source, copies } = ladder.messages[0]!;
    assert.deepEqual({ line, source, copies }, { line: null, source: '127.0.0.11:5062', copies: 1 });
    const lines = program(['normalize', tcp]).stdout.split('\n');
    const lint = JSON.parse(program(['lint', '--format', 'json', tcp]).stdout) as {
      files: { diagnostics: { message: string; range: { start: { line: number } } }[] }[];
    };
    const subject = lint.files[0]!.diagnostics.find(({ message }) => message.startsWith('Subject'))!;
    assert.match(lines[subject.range.start.line]!, /^Subject:/);
    const summary = program(['summary', place('pcap/fmt-gzip.pcap.gz'), place('pcapng/fmt-pcapng.pcapng')]).stdout;
    assert.equal(summary.match(/messages {6}12\n/g)?.length, 2);
  });

  it('finds the configuration above a file', () => {
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    place('.sip-lens.json', '{ "rules": { "max-forwards-range": "hint" } }');
    const { status, stdout } = program(['lint', place('a/b/bad.sip', OPTIONS.replace('70', '300'))]);
    assert.equal(status, 0);
    assert.match(stdout, /: hint: Max-Forwards/);
  });

  it('says of each file why it cannot be read, and reads every encoding', () => {
    const utf16 = Buffer.from(`\ufeff${OPTIONS.replace('Call-ID: 1', 'Call-ID: é')}`, 'utf16le');
    const latin = Buffer.from(OPTIONS.replace('<sip:alice', '"Ren\u00e9" <sip:alice'), 'latin1');
    const { status, stderr, stdout } = program([
      'summary',
      folder,
      place('a.xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)),
      place('a.pcap', Uint8Array.of(0xd4, 0xc3, 0xb2, 0xa1, 2, 0)),
      place('a.gz', Uint8Array.of(0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9)),
      place('a.bin', new Uint8Array(100)),
      place('utf16.sip', utf16),
      place('utf8.sip', `\ufeff${OPTIONS}`),
      place('latin1.sip', latin),
    ]);
    assert.equal(
      stderr.replaceAll(folder, ''),
      `sip-lens: : it is a directory
sip-lens: /a.xz: it is compressed with xz, which cannot be read here: unpack it first (xz -d)
sip-lens: /a.pcap: no SIP message was found
sip-lens: /a.gz: it is compressed with gzip, and damaged
sip-lens: /a.bin: it is a binary file, not a trace
`,
    );
    assert.equal(status, 2);
    assert.equal(stdout.match(/messages {6}1\n/g)?.length, 3);
    const line = program(['messages', join(folder, 'latin1.sip')]).stdout;
    assert.equal(JSON.parse(line).from.label, 'René');
  });

  it('has the schemas at hand', () => {
    const { status, stdout } = program(['lint', place('a.xml', REQUEST)]);
    assert.equal(status, 1);
    assert.match(stdout, /xml-schema/);
  });
});
