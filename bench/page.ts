import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { TestClient } from '../server/lsp/testClient.ts';
import type { TraceApi, TraceCall, TraceSummary } from '../server/view/protocol.ts';
import { traceOf } from './generate.ts';
import { shortTrace, shortTraceFile } from './shortMessages.ts';
import { ms, printTable, quantile } from './table.ts';

const REPEATS = 5;
/** So long is a tick in which Linux counts what a process has computed. */
const TICK_MS = 10;
const HERE = pathToFileURL('bench.sip').href;

/** What the ladder's page asks, of the built server over its protocol: of a long file that is read by ranges, and of a document. */
export async function measurePage(sizes: string[]): Promise<void> {
  const client = await TestClient.start({ server: ['dist/server.mjs'] });
  for (const count of sizes.length > 0 ? sizes.map(Number) : [700_000])
    printTable(`Page: a file of ${count} messages, ${REPEATS} times each`, await ofFile(client, count));
  printTable(`Page: documents of 5,000 messages, ${REPEATS} times each`, await ofDocuments(client));
  await client.stop();
}

/** Milliseconds that the server has computed, in all its threads; 0 where only Linux could tell. */
function computed({ pid }: TestClient): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}

type Ask = <K extends keyof TraceApi>(method: K, ...args: Parameters<TraceApi[K]>) => ReturnType<TraceApi[K]>;

function asker(client: TestClient, uri: string, of: 'file' | 'document'): Ask {
  return (method, ...args) =>
    client.connection.sendRequest('sip/trace', {
      uri,
      of,
      call: { method, args } as unknown as TraceCall,
    }) as ReturnType<TraceApi[typeof method]>;
}

async function ofFile(client: TestClient, count: number): Promise<Record<string, string>[]> {
  const ask = asker(client, pathToFileURL(shortTraceFile(count)).href, 'file');
  const read = await took(client, () => allRead(ask));
  const middle = Math.floor(count / 2);
  const last = `bench ${Math.floor(count / 200) * 100 - 1}`;
  return [
    row('read and settled', 0, [read]),
    await timed(client, 'filter status:>=400', 250, () => ask('filter', 'status:>=400', 'message')),
    await timed(client, 'filter from:alice is:request', 250, (n) =>
      ask('filter', `from:alice is:request message:>${n}`, 'message'),
    ),
    await timed(client, 'search, a hit after some', 200, (n) => ask('search', `bench ${n + 100}`, 1, 1)),
    await timed(client, `search, a hit near the end (${last})`, 0, (n) => ask('search', last, 1 + n, 1)),
    await timed(client, 'rows in the middle', 50, (n) => ask('rows', middle + 100 * n, middle + 100 * n + 60)),
    await timed(client, 'details of a message', 50, (n) => ask('message', middle + n)),
  ];
}

async function ofDocuments(client: TestClient): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (const [what, text] of [
    ['short', shortTrace(5000)],
    ['calls and conferences', traceOf(5000)],
  ] as const) {
    const ask = asker(client, HERE, 'document');
    const opened: Took[] = [];
    for (let n = 0; n < REPEATS; n++) {
      await client.open(HERE, text);
      await client.diagnostics(HERE);
      opened.push(await took(client, () => ask('summary').then(() => ask('rows', 0, 60))));
      if (n < REPEATS - 1) await client.close(HERE);
    }
    rows.push(row(`${what}: summary and first rows, once it is read`, 100, opened));
    rows.push(await timed(client, `${what}: details of a message`, 50, (n) => ask('message', 2000 + n)));
    await client.close(HERE);
  }
  return rows;
}

async function allRead(ask: Ask): Promise<void> {
  for (;;) {
    const { reading }: TraceSummary = await ask('summary');
    if (!reading || (reading.state !== 'reading' && reading.read === reading.size)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** What a question took: from asking to the answer, and of computing. */
interface Took {
  readonly wall: number;
  readonly cpu: number;
}

async function took(client: TestClient, work: () => Promise<unknown>): Promise<Took> {
  const [began, before] = [performance.now(), computed(client)];
  await work();
  return { wall: performance.now() - began, cpu: computed(client) - before };
}

async function timed(
  client: TestClient,
  question: string,
  target: number,
  run: (n: number) => Promise<unknown>,
): Promise<Record<string, string>> {
  const all: Took[] = [];
  for (let n = 0; n < REPEATS; n++) all.push(await took(client, () => run(n)));
  return row(question, target, all);
}

function row(question: string, target: number, all: readonly Took[]): Record<string, string> {
  const of = (which: keyof Took) => all.map((one) => one[which]);
  return {
    question,
    target: target > 0 ? `${target} ms` : '',
    median: ms(quantile(of('wall'), 0.5)),
    slowest: ms(Math.max(...of('wall'))),
    'computing, median': ms(quantile(of('cpu'), 0.5)),
  };
}
