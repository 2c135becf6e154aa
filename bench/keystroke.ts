import { fileURLToPath } from 'node:url';
import { LineMap } from '../server/engine/base/text.ts';
import { TestClient } from '../server/lsp/testClient.ts';
import { traceText } from './data.ts';
import { ms, printTable, quantile } from './table.ts';

const SERVER = fileURLToPath(new URL('../dist/server.mjs', import.meta.url));
const EDITS = 50;
const URI = 'file:///bench.sip';

/** One character typed into an open document, until the server process has published that version's diagnostics. */
export async function measureKeystroke(sizes: string[]): Promise<void> {
  const rows: Record<string, string>[] = [];
  for (const size of sizes.length > 0 ? sizes : ['1M', '5M', '20M']) rows.push(await measure(size, traceText(size)));
  printTable(`Keystroke: didChange to publishDiagnostics over standard input and output, ${EDITS} edits`, rows);
}

async function measure(size: string, text: string): Promise<Record<string, string>> {
  const client = await TestClient.start({ server: [SERVER] });
  const began = performance.now();
  await client.open(URI, text);
  await client.diagnostics(URI);
  const opened = performance.now() - began;
  const times: number[] = [];
  for (const edit of edits(text)) {
    const sent = performance.now();
    await client.edit(URI, edit.text, edit.range);
    await client.diagnostics(URI);
    times.push(performance.now() - sent);
  }
  await client.stop();
  return {
    size,
    'open to diagnostics': ms(opened),
    best: ms(Math.min(...times)),
    median: ms(quantile(times, 0.5)),
    p95: ms(quantile(times, 0.95)),
    max: ms(Math.max(...times)),
  };
}

/** Letters typed and taken away again, in turn in a header's value and in an XML body, all over the text. */
function* edits(text: string) {
  const lines = new LineMap(text);
  for (let n = 0; n < EDITS / 2; n++) {
    const from = Math.floor((((n * 0.618034) % 1) * 0.98 + 0.01) * text.length);
    const offset = n % 2 === 0 ? inHeader(text, from) : inBody(text, from);
    const start = lines.position(offset);
    yield { text: 'x', range: { start, end: start } };
    yield { text: '', range: { start, end: { line: start.line, character: start.character + 1 } } };
  }
}

function inHeader(text: string, from: number): number {
  const names = ['User-Agent: ', 'Max-Forwards: ', 'CSeq: ', 'To: "', 'Content-Type: ', 'Event: '];
  const places = names.map((name) => text.indexOf(name, from) + name.length).filter((place) => place > from);
  return places[from % places.length] ?? text.indexOf(': ') + 2;
}

function inBody(text: string, from: number): number {
  const places = ['<display-text>', 'userEntity="', '<status>'].map((mark) => text.indexOf(mark, from) + mark.length);
  return places.filter((place) => place > from + 20)[from % 3] ?? inHeader(text, from);
}
