import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver';
import { TestClient } from './testClient.ts';

const CONFERENCE_INFO = 'urn:ietf:params:xml:ns:conference-info';
const folder = mkdtempSync(join(tmpdir(), 'sip-lens-'));
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
const DOCUMENT = 'file:///elsewhere/room.confinfo';
const TRACE = 'file:///elsewhere/trace.sip';
const ROOM = `<conference-info xmlns="${CONFERENCE_INFO}" entity="sip:r@example.org" version="1"/>`;
const NOTIFY = `NOTIFY sip:bob@example.org SIP/2.0\r\nContent-Type: application/conference-info+xml\r\n\r\n${ROOM}\r\n`;

// Our own schema, split in two files, and stricter: a state must be given.
const bundled = readFileSync(new URL('../schemas/conference-info.xsd', import.meta.url), 'utf8');
const STRICTER = bundled.replace(
  '<xs:attribute name="state" type="state-type" default="full">',
  '<xs:attribute name="state" type="state-type" use="required">',
);
const STATES = /<xs:simpleType name="state-type">.*?<\/xs:simpleType>/s.exec(STRICTER)![0];
const MAIN = STRICTER.replace(STATES, '').replace(
  /<xs:import/,
  '<xs:include schemaLocation="parts/states.xsd"/>\n  <xs:import',
);
const PART = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${CONFERENCE_INFO}">\n${STATES}\n</xs:schema>\n`;

let client: TestClient;
let answered = 0;
before(async () => {
  mkdirSync(join(folder, 'parts'));
  write('official.xsd', MAIN);
  write('parts/states.xsd', PART);
  const settings = { profile: 'strict', schemas: { 'application/conference-info+xml': 'official.xsd' } };
  client = await TestClient.start({
    settings,
    params: {
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'w' }],
      capabilities: { workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } } },
    },
  });
});
after(async () => {
  assert.equal(await client.stop(), 0);
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

async function change(name: string, text: string): Promise<void> {
  write(name, text);
  const changes = [{ uri: uriOf(name), type: 2 }];
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
}

const messages = (found: readonly Diagnostic[]) => found.map(({ message }) => message).join('\n');
const lacksState = (found: readonly Diagnostic[]) => /`state` is missing/.test(messages(found));

test('a schema of the workspace, with its include, judges documents and bodies in the place of ours', async () => {
  await client.open(DOCUMENT, ROOM, 'conference-info');
  await client.open(TRACE, NOTIFY, 'sip');
  await client.until(DOCUMENT, lacksState);
  await client.until(TRACE, lacksState);
  const watched = client.registrations.flatMap(({ registerOptions: { watchers } }) => watchers as object[]);
  assert.ok(watched.some((watcher) => 'globPattern' in watcher && watcher.globPattern === '**/*.xsd'));
});

test('a broken one is told of in its file, the bundled one stays, and a mended one is in force again', async () => {
  await change('parts/states.xsd', PART.replace('xs:restriction base', 'xs:restriction bas'));
  const found = await client.until(uriOf('parts/states.xsd'), (some) => some.length > 0);
  assert.match(messages(found), /`bas` is not allowed|`base` is missing/);
  assert.equal(found[0]!.severity, 1);
  assert.deepEqual(found[0]!.range.start, { line: 2, character: 4 });
  await client.until(DOCUMENT, (some) => !lacksState(some));
  await client.until(TRACE, (some) => !lacksState(some));
  await change('parts/states.xsd', PART);
  await client.until(uriOf('parts/states.xsd'), (some) => some.length === 0);
  await client.until(DOCUMENT, lacksState);
  await client.until(TRACE, lacksState);
});

test('an include that is not there is told of where it is named', async () => {
  await change('official.xsd', MAIN.replace('parts/states.xsd', 'parts/none.xsd'));
  const [found] = await client.until(uriOf('official.xsd'), (some) => some.length > 0);
  assert.equal(found!.message, '`parts/none.xsd` cannot be read; `include` needs it.');
  await client.until(DOCUMENT, (some) => !lacksState(some));
});

test('an editor that gives files is asked for them', async () => {
  client.connection.onRequest('sip/readFile', ({ uri }: { uri: string }) => {
    answered++;
    return uri.endsWith('official.xsd') ? STRICTER : null;
  });
  await change('official.xsd', 'what the editor says counts');
  await client.until(DOCUMENT, lacksState);
  assert.ok(answered > 0);
});
