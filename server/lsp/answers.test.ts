import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { CodeLens, InlayHint } from 'vscode-languageserver';
import { TestClient } from './testClient.ts';

const SAMPLE = readFileSync(new URL('../../samples/eject-user.sip', import.meta.url), 'utf8');
const URI = 'file:///answers/trace.sip';
const DOCUMENT = 'file:///answers/request.cccp';

/** One that asks for nothing more than other editors do, and VS Code with all settings on. */
let plain: TestClient;
let full: TestClient;
const settings = { codeLens: true, inlayHints: { time: true, matchedMessage: true } };
before(async () => {
  const workspace = { configuration: true, codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } };
  [plain, full] = await Promise.all([
    TestClient.start(),
    TestClient.start({
      settings,
      initializationOptions: { commands: ['sipLens.showInLadder'] },
      params: { capabilities: { workspace } },
    }),
  ]);
  for (const client of [plain, full]) {
    await client.open(URI, SAMPLE);
    await client.open(DOCUMENT, '<request xmlns="urn:ietf:params:xml:ns:cccp"/>', 'cccp');
  }
});
after(async () => {
  for (const client of [plain, full]) {
    assert.deepEqual(client.log, []);
    assert.equal(await client.stop(), 0);
  }
});

const lenses = (client: TestClient, uri = URI) =>
  client.connection.sendRequest<CodeLens[] | null>('textDocument/codeLens', { textDocument: { uri } });
const resolved = (client: TestClient, lens: CodeLens) =>
  client.connection.sendRequest<CodeLens>('codeLens/resolve', lens);
const hints = (client: TestClient, uri = URI, lines: [number, number] = [0, 1000]) => {
  const [from, to] = lines;
  const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
  return client.connection.sendRequest<InlayHint[] | null>('textDocument/inlayHint', { textDocument: { uri }, range });
};

describe('code lenses', () => {
  test('stand above answered requests, and get their words when they are looked at', async () => {
    const found = (await lenses(full))!;
    const lines = SAMPLE.split('\n');
    assert.deepEqual(
      found.map(({ range, command }) => [lines[range.start.line]?.split(' ', 1)[0], command]),
      ['INFO', 'BYE', 'BYE', 'BYE', 'BYE', 'INFO'].map((method) => [method, undefined]),
    );
    const { command } = await resolved(full, found[0]!);
    assert.deepEqual(command, {
      title: 'answered by message 2 · deleteUser answered by message 14 · show in ladder',
      command: 'sipLens.showInLadder',
      arguments: [{ uri: URI, index: 1 }],
    });
  });

  test('name no command to an editor that has none', async () => {
    const [first] = (await lenses(plain))!;
    const { command } = await resolved(plain, first!);
    assert.deepEqual(command, { title: 'answered by message 2 · deleteUser answered by message 14', command: '' });
  });

  test('are none in a document of its own', async () => assert.equal(await lenses(full, DOCUMENT), null));
});

describe('inlay hints', () => {
  test('are off where nobody has set them', async () => assert.deepEqual(await hints(plain), []));

  test('are told for the lines that are asked about', async () => {
    const found = (await hints(full))!;
    const { position, label, paddingLeft } = found[1]!;
    const line = SAMPLE.split('\n').findIndex((one) => one.startsWith('SIP/2.0 202'));
    assert.deepEqual(
      { position, label, paddingLeft },
      { position: { line, character: 20 }, label: 'answers 1', paddingLeft: true },
    );
    assert.deepEqual(await hints(full, URI, [line, line]), []);
    assert.equal((await hints(full, URI, [line, line + 1]))?.length, 1);
    assert.equal(await hints(full, DOCUMENT), null);
  });
});

test('a change of settings makes the editor ask again', async () => {
  const refreshed = (name: string) =>
    new Promise<void>((resolve) =>
      full.connection.onRequest(name, () => {
        resolve();
        return null;
      }),
    );
  const both = Promise.all(['workspace/codeLens/refresh', 'workspace/inlayHint/refresh'].map(refreshed));
  Object.assign(settings, { codeLens: false, inlayHints: { time: true } });
  await full.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await both;
  assert.equal(await lenses(full), null);
  assert.deepEqual(await hints(full), []);
});
