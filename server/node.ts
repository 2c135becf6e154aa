import { readFile } from 'node:fs/promises';
import { createConnection } from 'vscode-languageserver/node';
import { provideSchemas } from './engine/xml/schemas.ts';
import { filesInThread } from './fileHost.ts';
import { openUri } from './fileUri.ts';
import { startServer } from './lsp/server.ts';

/** The language server as a process: over IPC for VS Code, over standard input and output for every other editor. */
const hasTransport = process.argv.some((argument) => /^--(?:stdio|node-ipc|socket|pipe)/.test(argument));
if (!hasTransport) process.argv.push('--stdio');

provideSchemas((file) => readFile(new URL(`schemas/${file}`, import.meta.url), 'utf8'));
startServer(createConnection(), {
  readFile: (uri) => readFile(new URL(uri), 'utf8'),
  openFile: openUri,
  files: (changed) => filesInThread(new URL('fileThread.mjs', import.meta.url), changed),
});
