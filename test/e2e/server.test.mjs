// The servers as they are packaged: the process for desktops and other editors, and the worker for browsers.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

const dist = (path) => new URL(`../../dist/${path}`, import.meta.url);

const URI = 'file:///body.sip';
const BODY = `BENOTIFY sip:bob@example.org SIP/2.0
Content-Type: application/conference-info+xml

<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:a@example.org" version="1" state="one"/>
`;

test('over standard input and output: bodies are checked by their schemas, and the session ends cleanly', async () => {
  const server = spawn(process.execPath, [fileURLToPath(dist('server.mjs')), '--stdio'], { stdio: 'pipe' });
  const reader = new StreamMessageReader(server.stdout);
  reader.partialMessageTimeout = 0; // a server that ends in the middle of a message must not keep the test waiting for its rest
  const connection = createMessageConnection(reader, new StreamMessageWriter(server.stdin));
  const post = (method, params) => connection.sendNotification(method, params);
  const published = nextDiagnostics((listen) => connection.onNotification(DIAGNOSTICS, listen));
  connection.listen();
  const { capabilities } = await connection.sendRequest('initialize', handshake());
  assert.equal(capabilities.hoverProvider, true);
  await post('textDocument/didOpen', opened());
  assertJudged(await published);
  const exited = once(server, 'exit');
  await connection.sendRequest('shutdown');
  await post('exit');
  assert.deepEqual(await exited, [0, null]);
  connection.dispose();
});

/** What a browser's worker has and Node's has not. */
const WORKER_OF_A_BROWSER = `
  const { parentPort } = require('node:worker_threads');
  globalThis.self = globalThis;
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  globalThis.addEventListener = () => {};
  parentPort.on('message', (data) => globalThis.onmessage({ data }));
`;

test('in a worker: bodies are checked by their schemas', async () => {
  const script = WORKER_OF_A_BROWSER + readFileSync(dist('browser/server.js'), 'utf8');
  const worker = new Worker(script, { eval: true });
  const post = (message) => worker.postMessage({ jsonrpc: '2.0', ...message });
  const published = nextDiagnostics((listen) =>
    worker.on('message', ({ method, params }) => method === DIAGNOSTICS && listen(params)),
  );
  const answered = new Promise((resolve) => worker.on('message', ({ id }) => id === 1 && resolve()));
  post({ id: 1, method: 'initialize', params: handshake() });
  await answered;
  post({ method: 'textDocument/didOpen', params: opened() });
  assertJudged(await published);
  await worker.terminate();
});

const DIAGNOSTICS = 'textDocument/publishDiagnostics';

function handshake() {
  const initializationOptions = { libxml2: dist('libxml2.mjs').href };
  return { processId: null, rootUri: null, capabilities: {}, initializationOptions };
}

function opened() {
  return { textDocument: { uri: URI, languageId: 'sip', version: 1, text: BODY } };
}

function nextDiagnostics(listen) {
  return new Promise((resolve) => listen(({ diagnostics }) => resolve(diagnostics)));
}

function assertJudged(diagnostics) {
  const found = diagnostics.filter(({ code }) => code === 'xml-schema').map(({ range }) => range.start);
  assert.deepEqual(found, [{ line: 3, character: BODY.split('\n')[3].indexOf('one"') }]);
}
