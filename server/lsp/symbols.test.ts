import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { DocumentSymbol, SymbolInformation } from 'vscode-languageserver';
import { TestClient } from './testClient.ts';

const SAMPLE = readFileSync(new URL('../../samples/eject-user.sip', import.meta.url), 'utf8');
const TRACE = 'file:///symbols/trace.sip';
const ROSTER = 'file:///symbols/roster.confinfo';
const DOCUMENT = `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:conf@x">
  <users><user entity="sip:dave@x"><display-text>Dave</display-text></user></users>
</conference-info>`;

let client: TestClient;
before(async () => {
  client = await TestClient.start();
  await client.open(TRACE, SAMPLE);
  await client.open(ROSTER, DOCUMENT, 'conference-info');
});
after(async () => {
  assert.deepEqual(client.log, []);
  assert.equal(await client.stop(), 0);
});

const names = (symbols: readonly DocumentSymbol[] | null | undefined): unknown =>
  symbols?.map(({ name, detail, children }) => [
    detail ? `${name} = ${detail}` : name,
    ...(children?.length ? [names(children)] : []),
  ]);

test('the outline of a document has its elements with what they are called by', async () => {
  const outline = await client.symbols(ROSTER);
  assert.deepEqual(names(outline), [
    ['conference-info sip:conf@x', [['users', [['user sip:dave@x', [['display-text = Dave']]]]]]],
  ]);
  const { range, selectionRange } = outline![0]!;
  assert.deepEqual([range.start.line, range.end.line, selectionRange.start.character], [0, 2, 1]);
});

test('the outline of a body stands below its message', async () => {
  const outline = (await client.symbols(TRACE))!;
  assert.deepEqual(names(outline[0]?.children), [
    ['application/cccp+xml', [['request 63022864', [['deleteUser', [['userKeys sip:carol@contoso.com']]]]]]],
  ]);
});

test('an editor that knows no tree gets the elements as a list', async () => {
  const plain = await TestClient.start({ params: { capabilities: { textDocument: {} } } });
  await plain.open(ROSTER, DOCUMENT, 'conference-info');
  const list = (await plain.symbols(ROSTER)) as unknown as SymbolInformation[];
  assert.deepEqual(
    list.map(({ name }) => name),
    ['conference-info sip:conf@x', 'users', 'user sip:dave@x', 'display-text'],
  );
  assert.equal(await plain.stop(), 0);
});

test('users, conferences and calls of all open documents are found by some of their letters', async () => {
  const find = async (query: string) => {
    const found = await client.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query });
    return found.map(
      ({ name, containerName, location }) =>
        `${name} ${containerName ?? ''} ${location.uri.split('/').pop()}:${location.range.start.line}`,
    );
  };
  const line = (words: string) => SAMPLE.split('\n').findIndex((one) => one.includes(words));
  assert.deepEqual(await find('Dave'), [`dave@x  roster.confinfo:1`]);
  assert.deepEqual(await find('CRL (c'), [`Carol (carol@contoso.com)  trace.sip:${line('To: <sip:carol@')}`]);
  assert.deepEqual(await find('1e294'), [
    `1e294f6aa2ff4fccaf796b2e7fb723be BYE, 4 messages trace.sip:${line('BYE sip:alice')}`,
  ]);
  assert.deepEqual((await find('conference')).length, 1);
  assert.equal((await find('')).length, 12);
  assert.deepEqual(await find('nobody'), []);
});
