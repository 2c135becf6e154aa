import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { debianPackage } from '../../scripts/vscode/debian.mjs';
import { provideSchemas, SCHEMAS } from '../../server/engine/xml/schemas.ts';
import { faultyDocuments } from '../../server/engine/xml/testing.ts';
import { loadVerdict, verdict } from '../../server/engine/xml/verdict.ts';
import { parseXml } from '../../server/engine/xml/xml.ts';

// Debian's xmllint reads the same schemas as the extension: what it says of each document of fixtures/xml, the verdict must say, too.

const FOLDER = fileURLToPath(new URL('../../server/schemas/', import.meta.url));
const VALID = new URL('../../server/fixtures/xml/valid/', import.meta.url);

/** Where they must not agree. */
const UNLIKE: Readonly<Record<string, string>> = {
  'rfc4575-full.xml: invalid, ours: valid':
    'xmllint does not see that blanks around a number mean nothing and that it may have a plus sign (XSD 1.0 Part 2 §3.3.22), and takes white space in an empty element for content.',
  'practice-add-conference.xml: invalid, ours: valid':
    'Microsoft writes a blank into an element that must be empty (MS-CONFPRO §4.1); xmllint takes it for content.',
  'invalid/cccp-meaning.txt a request that says it is in UTF-16: malformed, ours: valid':
    'What a declaration says of the encoding is about octets; the text is read already, and a rule of its own is about that.',
  'invalid/syntax.txt a document type: valid, ours: malformed':
    'A document type is well-formed, but nothing that a body may have.',
};

interface Sample {
  readonly title: string;
  readonly text: string;
}

const valid = readdirSync(VALID).map((title) => ({ title, text: readFileSync(new URL(title, VALID), 'utf8') }));
const faulty = [...faultyDocuments('invalid'), ...faultyDocuments('several')];
const documents: readonly Sample[] = [
  ...valid,
  ...faulty.map(({ file, title, text }) => ({ title: `${file} ${title}`, text })),
];

describe('xmllint and the verdict agree', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sip-lens-xmllint-'));
  after(() => rmSync(folder, { recursive: true }));
  before(() => {
    provideSchemas((file) => readFileSync(join(FOLDER, file), 'utf8'));
    return loadVerdict();
  });

  it('on every document, but for known slips', async () => {
    const unlike: string[] = [];
    const count = { valid: 0, invalid: 0, malformed: 0 };
    for (const { namespace, file } of SCHEMAS.filter(({ roots }) => roots.length > 0)) {
      const samples = documents.filter(({ text }) => parseXml(text).root?.namespace === namespace);
      const said = await xmllint(file, samples);
      for (const [at, { title, text }] of samples.entries()) {
        const ours = ourVerdict(text);
        count[ours]++;
        if (ours !== said[at]) unlike.push(`${title}: ${said[at]}, ours: ${ours}`);
      }
    }
    assert.deepEqual(unlike.sort(), Object.keys(UNLIKE).sort());
    assert.ok(count.valid > 100 && count.invalid > 100, JSON.stringify(count));
  });

  /** What xmllint says of each document. */
  async function xmllint(schema: string, samples: readonly Sample[]): Promise<string[]> {
    const { program, env } = await debianPackage('libxml2-utils', 'xmllint');
    for (const [at, { text }] of samples.entries()) writeFileSync(join(folder, `${at}.xml`), text);
    const names = samples.map((_, at) => `${at}.xml`);
    const args = ['--noout', '--schema', join(FOLDER, schema), ...names];
    const { stderr } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });
    const lines = stderr.split('\n');
    return names.map((name) => {
      const own = lines.filter((line) => line.startsWith(`${name}:`) || line.startsWith(`${name} `));
      if (own.some((line) => /^\S+: (?:parser|namespace) error/.test(line))) return 'malformed';
      return own.includes(`${name} validates`) ? 'valid' : 'invalid';
    });
  }
});

function ourVerdict(text: string): 'valid' | 'invalid' | 'malformed' {
  const document = parseXml(text);
  if (document.problems.length > 0) return 'malformed';
  return verdict(document)?.length === 0 ? 'valid' : 'invalid';
}
