import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction, Diagnostic, TextDocumentEdit } from 'vscode-languageserver';
import { TestClient } from './testClient.ts';

const folder = mkdtempSync(join(tmpdir(), 'sip-lens-'));
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
const FILE = uriOf('.sip-lens.json');
const TRACE = uriOf('traces/bad.sip');
const TEXT = `MESSAGE sip:bob@example.org SIP/2.0
Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1
From: <sip:alice@example.org>;tag=1
To: <sip:bob@example.org>
Call-ID: 1@example.org
CSeq: 1 MESSAGE
Max-Forwards: 300
Priority: soon
Content-Length: 0

`;

let client: TestClient;
before(async () => {
  mkdirSync(join(folder, 'traces'));
  write('{ "rules": { "priority-value": "error" } }');
  client = await TestClient.start({
    settings: { profile: 'strict', rules: { 'max-forwards-range': 'info', 'priority-value': 'off' } },
    params: {
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'w' }],
      capabilities: {
        workspace: {
          configuration: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
          workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
        },
        textDocument: {
          synchronization: { dynamicRegistration: true },
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
        },
      },
    },
  });
});
after(async () => {
  assert.equal(await client.stop(), 0);
  rmSync(folder, { recursive: true });
});

function write(text: string): void {
  writeFileSync(join(folder, '.sip-lens.json'), text);
}

async function onDisk(text: string | null): Promise<void> {
  if (text === null) rmSync(join(folder, '.sip-lens.json'));
  else write(text);
  const changes = [{ uri: FILE, type: 2 }];
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
}

const told = (found: readonly Diagnostic[]) => found.map(({ code, severity }) => `${code} ${severity}`).sort();
const until = (...wanted: string[]) => client.until(TRACE, (found) => told(found).join() === wanted.join());

test('the configuration above a trace counts more than the settings, and is followed', async () => {
  await client.open(TRACE, TEXT);
  await until('max-forwards-range 3', 'priority-value 1');
  assert.ok(
    client.registrations.some(({ registerOptions }) => JSON.stringify(registerOptions).includes('.sip-lens.json')),
  );
  await onDisk('{ "rules": { "header-values": "hint" } }');
  await until('max-forwards-range 4', 'priority-value 4');
  await onDisk('{ "rules": { "max-forwards-rang": "off" } }');
  const [problem] = await client.until(FILE, (found) => found.length > 0);
  assert.equal(problem!.message, 'There is no rule or group “max-forwards-rang”: is max-forwards-range meant?');
  assert.deepEqual(problem!.range, { start: { line: 0, character: 13 }, end: { line: 0, character: 32 } });
  await onDisk('{}');
  await client.until(FILE, (found) => found.length === 0);
  await until('max-forwards-range 3');
});

test('it is followed while it is written, too', async () => {
  const asked = client.registrations.filter(({ registerOptions }) => 'documentSelector' in (registerOptions ?? {}));
  assert.deepEqual(
    asked.map(({ method }) => method),
    ['textDocument/didOpen', 'textDocument/didChange', 'textDocument/didClose'],
  );
  await client.open(FILE, '{ "rules": { "max-forwards-range": "warning" } }', 'json');
  await until('max-forwards-range 2');
  await client.edit(FILE, '{ "rules": { "max-forwards-range": "off" } }');
  await until();
  await client.close(FILE);
  await until('max-forwards-range 3');
});

test('each problem offers to turn its rule off, here and in the workspace', async () => {
  const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);
  assert.deepEqual(titles(await actionsAt(6)), [
    'Turn max-forwards-range off here',
    'Turn max-forwards-range off in this workspace',
    'Show max-forwards-range as a hint in this workspace',
    'Show max-forwards-range as a warning in this workspace',
  ]);
  const [here, workspace] = await actionsAt(6);
  assert.deepEqual(edited(here!), [
    { uri: TRACE, newText: '// sip-lens-disable-next-message max-forwards-range\n', line: 0 },
  ]);
  assert.deepEqual(edited(workspace!), [
    { uri: FILE, newText: '{\n  "rules": {\n    "max-forwards-range": "off"\n  }\n}', line: 0 },
  ]);
  await onDisk(null);
  const [, made] = await actionsAt(6);
  assert.deepEqual(made!.edit!.documentChanges![0], { kind: 'create', uri: FILE });
});

/** What is offered about rules on a line. */
async function actionsAt(line: number): Promise<CodeAction[]> {
  const range = { start: { line, character: 15 }, end: { line, character: 15 } };
  const all = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: TRACE },
    range,
    context: { diagnostics: [], only: ['quickfix'] },
  });
  return all.filter(({ title }) => /^(?:Turn|Show) /.test(title));
}

function edited({ edit }: CodeAction): { uri: string; newText: string; line: number }[] {
  return (edit!.documentChanges as TextDocumentEdit[]).flatMap(({ textDocument: { uri }, edits }) =>
    edits.map((one) => ({
      uri,
      newText: 'newText' in one ? one.newText : '',
      line: 'range' in one ? one.range.start.line : -1,
    })),
  );
}
