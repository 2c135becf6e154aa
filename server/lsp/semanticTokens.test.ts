import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type {
  InitializeResult,
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensLegend,
} from 'vscode-languageserver';
import { TestClient } from './testClient.ts';

const SAMPLE = readFileSync(new URL('../../samples/eject-user.sip', import.meta.url), 'utf8');
const MANIFEST = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const TRACE = 'file:///tokens/trace.sip';

let client: TestClient;
let legend: SemanticTokensLegend;
before(async () => {
  client = new TestClient();
  const { capabilities } = await client.connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    capabilities: {},
  });
  legend = (capabilities.semanticTokensProvider as { legend: SemanticTokensLegend }).legend;
  await client.connection.sendNotification('initialized', {});
});
after(async () => {
  assert.deepEqual(client.log, []);
  assert.equal(await client.stop(), 0);
});

function ask<T>(what: string, uri: string, more: object = {}): Promise<T> {
  return client.connection.sendRequest(`textDocument/semanticTokens/${what}`, { textDocument: { uri }, ...more });
}

/** Tokens as `text type modifiers`. */
function read(text: string, { data }: SemanticTokens): string[] {
  const lines = text.split(/\r\n|\n/);
  let line = 0;
  let character = 0;
  const found: string[] = [];
  for (let at = 0; at < data.length; at += 5) {
    const [down, along, length, type, bits] = data.slice(at, at + 5) as [number, number, number, number, number];
    line += down;
    character = down > 0 ? along : character + along;
    const modifiers = legend.tokenModifiers.filter((_, bit) => bits & (1 << bit));
    found.push([lines[line]!.slice(character, character + length), legend.tokenTypes[type], ...modifiers].join(' '));
  }
  return found;
}

test('a trace is coloured by what its words mean', async () => {
  await client.open(TRACE, SAMPLE);
  const found = read(SAMPLE, await ask<SemanticTokens>('full', TRACE));
  for (const expected of [
    'INFO method',
    'sip:alice@contoso.com variable focus',
    'sip:alice@contoso.com variable mcu',
    'sip:carol@contoso.com variable user',
    'sip:poola.topa.contoso.com variable server',
    '58b76ebb1c label',
    '202 number success',
    '481 number clientError',
    'deleteUser function',
    'userKeys struct',
    'userEntity property',
  ])
    assert.ok(found.includes(expected), expected);
  const unknown = found.filter((one) => one.endsWith(' unknown') && !one.startsWith('ms'));
  assert.deepEqual(unknown, [], 'nothing but extensions may be unknown');
});

test('a range gives what is on screen', async () => {
  const line = SAMPLE.split('\n').findIndex((one) => one.startsWith('SIP/2.0 202'));
  const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
  assert.deepEqual(read(SAMPLE, await ask<SemanticTokens>('range', TRACE, { range })), ['202 number success']);
});

test('after a change only the change is told', async () => {
  const { data, resultId } = await ask<SemanticTokens>('full', TRACE);
  const line = SAMPLE.split('\n').findIndex((one) => one.startsWith('SIP/2.0 202'));
  await client.edit(TRACE, '6', { start: { line, character: 8 }, end: { line, character: 9 } });
  const { edits } = await ask<SemanticTokensDelta>('full/delta', TRACE, { previousResultId: resultId });
  assert.equal(edits?.length, 1);
  const [{ start, deleteCount, data: made = [] }] = edits as [SemanticTokensDelta['edits'][number]];
  assert.ok(deleteCount <= 5);
  const after = [...data.slice(0, start), ...made, ...data.slice(start + deleteCount)];
  assert.deepEqual(after, (await ask<SemanticTokens>('full', TRACE)).data);
  assert.ok(read(SAMPLE.replace('SIP/2.0 202', 'SIP/2.0 602'), { data: after }).includes('602 number globalFailure'));
});

test('of a long document only parts are told, of XML of others nothing', async () => {
  const long = 'file:///tokens/long.sip';
  await client.open(long, SAMPLE.repeat(30));
  assert.equal(await ask('full', long), null);
  const range = { start: { line: 3000, character: 0 }, end: { line: 3050, character: 0 } };
  assert.ok((await ask<SemanticTokens>('range', long, { range })).data.length > 0);
  const other = 'file:///tokens/other.xml';
  await client.open(other, '<a b="sip:a@x"/>', 'xml');
  assert.equal(await ask('full', other), null);
});

test('the manifest knows every modifier, and gives colours to all of them', () => {
  const { semanticTokenModifiers, semanticTokenScopes } = MANIFEST.contributes;
  assert.deepEqual(
    semanticTokenModifiers.map(({ id }: { id: string }) => id),
    legend.tokenModifiers,
  );
  const [{ scopes }] = semanticTokenScopes as [{ scopes: Record<string, string[]> }];
  const coloured = new Set(Object.keys(scopes).map((selector) => selector.split('.')[1]));
  assert.deepEqual(coloured, new Set(legend.tokenModifiers));
});
