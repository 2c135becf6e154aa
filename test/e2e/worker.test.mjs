import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/setup.mjs';
import { browser } from './workbench.mjs';

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.xsd': 'text/xml' };

test('the language server for VS Code in a browser checks a trace and the XML in it', async (t) => {
  const { origin, close } = await serveDist();
  t.after(close);
  const chromium = await browser();
  t.after(() => chromium.close());
  const page = await chromium.newPage();
  await page.goto(`${origin}/`);
  const text = await readFile(join(ROOT, 'samples/eject-user.sip'), 'utf8');
  const rules = await page.evaluate(diagnose, {
    origin,
    text: text.replace('</deleteUser>', '<nonsense xmlns="urn:ietf:params:xml:ns:cccp" /></deleteUser>'),
  });
  assert.ok(rules.includes('cccp-user-mismatch'), rules.join());
  assert.ok(rules.includes('xml-schema'), rules.join());
});

/** Runs in the page: opens the text in a server of its own, as VS Code does, from a script at another address than the page's. */
async function diagnose({ origin, text }) {
  const script = URL.createObjectURL(new Blob([`importScripts('${origin}/dist/browser/server.js')`]));
  const worker = new Worker(script);
  const diagnostics = new Promise((done) => {
    worker.onmessage = ({ data }) => {
      if (data.id === 1) {
        worker.postMessage({ jsonrpc: '2.0', method: 'initialized', params: {} });
        const textDocument = { uri: 'file:///a.sip', languageId: 'sip', version: 1, text };
        worker.postMessage({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument } });
      } else if (data.id !== undefined) worker.postMessage({ jsonrpc: '2.0', id: data.id, result: null });
      const found = data.method === 'textDocument/publishDiagnostics' ? data.params.diagnostics : [];
      if (found.length > 0) done(found.map(({ code }) => code));
    };
  });
  const initializationOptions = { libxml2: `${origin}/dist/libxml2.mjs` };
  worker.postMessage({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {}, initializationOptions },
  });
  return diagnostics;
}

async function serveDist() {
  const server = createServer(async (request, response) => {
    try {
      const body = request.url === '/' ? '<!doctype html>' : await readFile(join(ROOT, request.url));
      response.writeHead(200, { 'content-type': TYPES[extname(request.url)] ?? 'text/html' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
