import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import type { Connection } from 'vscode-languageserver';
import { traceOf } from '../../bench/generate.ts';
import { DEFAULT_OPTIONS } from '../engine/engine.ts';
import { createFileTraces } from '../view/fileTraces.ts';
import type { LadderRow, ReadBytesParams, TraceSummary } from '../view/protocol.ts';
import { openFromEditor } from './editorFiles.ts';

const GIVEN = { options: DEFAULT_OPTIONS, decided: [] };
const CAPTURE = new URL('../fixtures/traces/pcap/lab-udp-call.pcap', import.meta.url);

/** An editor that gives parts of its only file. */
function editorWith(bytes: Uint8Array): Connection {
  const sendRequest = async (_method: string, { from, length }: ReadBytesParams) => ({
    size: bytes.length,
    base64: Buffer.from(bytes.subarray(from, from + length)).toString('base64'),
  });
  return { sendRequest } as unknown as Connection;
}

it('reads files of which only the editor has the bytes', async (t) => {
  for (const [bytes, rows] of [
    [readFileSync(CAPTURE), 12],
    [Buffer.from(traceOf(2400)), 2400],
  ] as const) {
    const traces = createFileTraces(
      (uri) => openFromEditor(editorWith(bytes), uri),
      () => {},
    );
    const uri = 'vscode-vfs://github/a/b/the%20trace.log';
    t.after(() => traces.close(uri));
    const summary = () => traces.call(uri, { method: 'summary', args: [] }, GIVEN) as Promise<TraceSummary>;
    while ((await summary()).reading?.state === 'reading') await new Promise((resolve) => setTimeout(resolve, 10));
    const { title, reading, rows: count } = await summary();
    assert.deepEqual([title, reading?.state], ['the trace.log', 'done']);
    assert.ok(count >= rows, `${count} rows`);
    const last = (await traces.call(uri, { method: 'rows', args: [count - 1, count] }, GIVEN)) as LadderRow[];
    assert.equal(last[0]?.index, count);
  }
});

it('passes on why the editor cannot give a file', async () => {
  const refuses = { sendRequest: () => Promise.reject(new Error('big.pcap has 900 MB.')) } as unknown as Connection;
  const traces = createFileTraces(
    (uri) => openFromEditor(refuses, uri),
    () => {},
  );
  await assert.rejects(traces.call('vscode-vfs://x/big.pcap', { method: 'summary', args: [] }, GIVEN), /900 MB/);
});
