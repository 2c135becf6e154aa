import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { provideSchemas } from './engine/xml/schemas.ts';
import type { FromThread, ToThread } from './fileHost.ts';
import { openUri } from './fileUri.ts';
import { createFileTraces } from './view/fileTraces.ts';

// A thread that reads files by ranges, so that nothing else has to wait for it.

provideSchemas((file) => readFile(new URL(`schemas/${file}`, import.meta.url), 'utf8'));

const port = parentPort!;
const post = (message: FromThread) => port.postMessage(message);
const traces = createFileTraces(openUri, (uri) => post({ type: 'changed', uri }));

port.on('message', async (message: ToThread) => {
  if (message.type === 'close') return traces.close(message.uri);
  const { id, uri, call, given } = message;
  try {
    post({ type: 'reply', id, value: await traces.call(uri, call, given) });
  } catch (error) {
    post({ type: 'failure', id, message: error instanceof Error ? error.message : String(error) });
  }
});
