import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { runCli } from '../../server/cli/main.ts';
import { TestClient } from '../../server/lsp/testClient.ts';
import { sourceOf } from './holds.ts';
import { badInputs, FLATTENED, PLAIN } from './inputs.ts';
import { mutated, runs } from './mutations.ts';

const COMMANDS = [
  ...['lint', 'lint --format json', 'ladder', 'ladder --format json', 'ladder --format svg', 'ladder --format mermaid'],
  ...['summary', 'summary --format json', 'messages', 'messages --format json', 'normalize'],
];

describe('the command line', () => {
  it('answers or says why not, whatever the file holds', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, fc.constantFrom(...COMMANDS), (text, command) => answers(text, command)),
      runs(100),
    );
  });

  for (const name of [
    'an empty file',
    'random bytes',
    'an HTML page',
    'markup in every place',
    'NULs',
    'entities that would grow',
  ])
    it(`takes ${name}`, async () => {
      for (const command of COMMANDS) await answers(badInputs[name]!().text, command);
    });
});

async function answers(text: string, command: string): Promise<void> {
  let [printed, warned] = ['', ''];
  const bytes = Buffer.from(text);
  const status = await runCli([...command.split(' '), 'trace.sip'], {
    version: '0',
    text: async () => text,
    nearest: async () => null,
    way: (_from, to) => to,
    bytes: async () => ({ ...sourceOf(bytes), total: bytes.length, close() {} }),
    print: async (part) => void (printed += part),
    secret: () => 'a secret',
    warn: (line) => void (warned += line),
    write: async () => assert.fail('nothing is written'),
  });
  assert.ok([0, 1, 2].includes(status), `exit status ${status}`);
  assert.doesNotMatch(warned, /bug in sip-lens/, `${command}: ${warned}`);
  assert.ok(status === 2 ? warned : true, 'a refusal says why');
  if (command.endsWith('json') && status < 2) JSON.parse(printed);
}

describe('the language server', () => {
  let client: TestClient;
  before(async () => {
    client = await TestClient.start();
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
  });

  const cases = [
    'an empty file',
    'random bytes as UTF-8',
    'lone surrogates everywhere',
    'control characters everywhere',
  ];
  for (const [at, name] of [
    ...cases,
    'entities that would grow',
    'elements nested 10,000 deep',
    'mixed line ends',
  ].entries())
    it(`takes ${name}`, async () => {
      const uri = `file:///bad/${at}.sip`;
      await client.open(uri, badInputs[name]!().text);
      await asks(uri);
    });

  it('takes a document that is cut, extended and replaced while it is asked about', async () => {
    const uri = 'file:///bad/edited.sip';
    await client.open(uri, FLATTENED);
    for (const text of [
      FLATTENED.slice(0, 5000),
      '',
      PLAIN,
      PLAIN.slice(3000),
      `${PLAIN}${FLATTENED}`,
      'x'.repeat(100_000),
    ]) {
      await client.edit(uri, text);
      await asks(uri);
    }
    await client.close(uri);
  });

  it('has written no error into its log', () => {
    assert.deepEqual(
      client.log.filter((line) => /error|exception|bug/i.test(line)),
      [],
    );
  });

  async function asks(uri: string): Promise<void> {
    const [problems, symbols] = await Promise.all([client.diagnostics(uri), client.symbols(uri), client.folding(uri)]);
    for (const { range } of problems) assert.ok(range.start.line <= range.end.line && range.start.character >= 0);
    assert.ok(symbols === null || Array.isArray(symbols));
    await client.hover(uri, 0, 3);
    const summary = (await client.trace(uri, { method: 'summary', args: [] })) as { rows: number };
    const rows = (await client.trace(uri, { method: 'rows', args: [0, 100] })) as unknown[];
    assert.equal(rows.length, Math.min(100, summary.rows));
    if (summary.rows > 0) await client.trace(uri, { method: 'message', args: [summary.rows] });
    await assert.rejects(client.trace(uri, { method: 'message', args: [summary.rows + 1] }), /There is no message/);
  }
});
