import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { it, type TestContext } from 'node:test';
import { traceOf } from '../../bench/generate.ts';
import { LineMap } from '../engine/base/text.ts';
import { captureKind } from '../engine/capture/capture.ts';
import { ascii, ethernet, ipv4, message, pcap, tcp, udp } from '../engine/capture/testing.ts';
import { captureText } from '../engine/capture/text.ts';
import { lintText, read, rowSource } from '../engine/engine.ts';
import { readRow } from '../engine/ladder/rows.ts';
import { provideSchemas } from '../engine/xml/schemas.ts';
import { FileTrace } from './fileTrace.ts';
import { packMessages } from './messageBits.ts';
import type { OpenedFile } from './openedFile.ts';
import type { ExportedFile, LadderRow, MessageDetail, TraceApi } from './protocol.ts';
import { createTraceApi } from './traces.ts';

provideSchemas((file) => readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8'));

const FIXTURES = new URL('../fixtures/traces/', import.meta.url);

/** A file in memory that can be written to. */
class FakeFile implements OpenedFile {
  readonly name = 'test.log';
  size = 0;
  changed = Date.now();
  bytes: Uint8Array;
  state: 'same' | 'replaced' | 'gone' = 'same';
  reads: number[] = [];

  constructor(content: string | Uint8Array) {
    this.bytes = Buffer.from(content as string);
    this.size = this.bytes.length;
  }

  append(content: string | Uint8Array): void {
    this.bytes = Buffer.concat([this.bytes, Buffer.from(content as string)]);
    this.changed = Date.now();
  }

  read(from: number, into: Uint8Array): number {
    this.reads.push(from);
    const part = this.bytes.subarray(from, from + into.length);
    into.set(part);
    return part.length;
  }

  async look() {
    this.size = this.bytes.length;
    return this.state;
  }

  close() {}
}

/** Opens a file, and gives what waits until something is so. */
function opened(t: TestContext, files: readonly FakeFile[]) {
  let wake = () => {};
  let changes = 0;
  let next = 0;
  const changed = () => {
    changes++;
    wake();
  };
  const trace = new FileTrace('file:///test.log', async () => files[Math.min(next++, files.length - 1)]!, changed);
  t.after(() => trace.close());
  const until = async (holds: (api: TraceApi) => Promise<boolean>) => {
    for (let seen = changes; !(await holds(trace.api)); seen = changes)
      if (seen === changes)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
  };
  const whole = () => until(async (api) => (await api.summary()).reading?.state !== 'reading');
  return { api: trace.api, until, whole };
}

/** What is in a row, but for its line and what the checks found. */
const told = ({ line: _line, problems: _problems, ...row }: LadderRow) => row;

/** The rows of a text that is read as a whole. */
function rowsOf(text: string): LadderRow[] {
  const reading = read(text);
  const source = rowSource(reading, []);
  return Array.from({ length: reading.trace.count }, (_, index) => readRow(source, index));
}

it('tells of logs and captures the same as a text that is read as a whole', async (t) => {
  for (const folder of readdirSync(FIXTURES, { withFileTypes: true }).filter((one) => one.isDirectory()))
    for (const entry of readdirSync(new URL(`${folder.name}/`, FIXTURES), { withFileTypes: true })) {
      const { name } = entry;
      if (entry.isDirectory() || /\.(?:expected|gz|md)$/.test(name)) continue;
      const bytes = readFileSync(new URL(`${folder.name}/${name}`, FIXTURES));
      const kind = captureKind(bytes);
      const file = new FakeFile(bytes);
      file.changed = 0;
      const text = kind ? await captureText(file, kind) : bytes.toString('utf8');
      const expected = rowsOf(text).map(told);
      const { api, whole } = opened(t, [file]);
      await whole();
      assert.deepEqual((await api.rows(0, 2000)).map(told), expected, name);
    }
});

/** The same text as a document. */
async function asDocument(text: string): Promise<TraceApi> {
  const { reading, lint } = await lintText(text);
  const trace = {
    ...lint,
    reading,
    revision: 1,
    title: 'test.log',
    lines: new LineMap(text),
    offsetAt: () => 0,
    notices: [],
  };
  return createTraceApi(async () => trace);
}

/** A file has no lines. */
const withoutRanges = (detail: MessageDetail) => ({
  ...detail,
  problems: detail.problems.map(({ range: _range, ...problem }) => problem),
});

/** What takes long is told as far as it is known, and asked for again. */
async function inFull<T extends { readonly progress: number | null }>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer.progress === null) return answer;
  }
}

/** Those that are asked all that a page may ask. */
const asked = [
  'plain/microsoft/join.sip',
  'pcap/lab-udp-call.pcap',
  'pcap/lab-udp-invite-retrans.pcap',
  'tcpdump-x/bodies.txt',
  'plain/microsoft/join.flattened.txt',
  'uccapi/lync-im-from-facts.UccApilog',
];

it('answers about a file as about a document: findings, filters, the roster, exports', async (t) => {
  for (const name of asked) {
    const bytes = readFileSync(new URL(name, FIXTURES));
    const kind = captureKind(bytes);
    const document = await asDocument(kind ? await captureText(new FakeFile(bytes), kind) : bytes.toString('utf8'));
    const { api, whole, until } = opened(t, [new FakeFile(bytes)]);
    await whole();
    const { rows, profile, captionRows, lanes, keepAlives } = await document.summary();
    await until(async () => (await api.summary()).captionRows.length === captionRows.length);
    assert.deepEqual((await api.summary()).captionRows, captionRows, name);
    for (let index = 1; index <= rows; index++)
      assert.deepEqual(withoutRanges(await api.message(index)), withoutRanges(await document.message(index)), name);
    assert.equal((await api.summary()).profile, profile, name);
    assert.equal((await api.summary()).keepAlives, keepAlives, name);
    for (const lane of lanes.keys()) assert.deepEqual(await api.lane(lane), await document.lane(lane), name);
    await assert.rejects(api.lane(lanes.length), /There is no lane/);
    const badges = (all: readonly LadderRow[]) => all.map(({ problems }) => problems);
    assert.deepEqual(badges(await api.rows(0, rows)), badges(await document.rows(0, rows)), name);
    for (const after of [0, 1, 5])
      for (const direction of [1, -1] as const)
        for (const among of [null, packMessages([1, 4, 5, 9].filter((message) => message <= rows))])
          assert.equal(
            await api.finding(after, direction, among),
            await document.finding(after, direction, among),
            name,
          );
    for (const filter of ['method:INVITE', 'problem:any', 'has:sdp -is:request', 'header:CSeq=1', 'x:'])
      assert.deepEqual(
        await api.filter(filter, 'transaction'),
        await document.filter(filter, 'transaction'),
        `${name} ${filter}`,
      );
    assert.deepEqual(await inFull(() => api.roster(0)), await inFull(() => document.roster(0)), name);
    for (const { format } of await api.exports())
      assert.deepEqual(
        withoutLines(await api.file(format, null, null)),
        withoutLines(await document.file(format, null, null)),
        `${name} ${format}`,
      );
    assert.deepEqual(
      withoutLines(await api.file('ndjson', 'k', null)),
      withoutLines(await document.file('ndjson', 'k', null)),
      `${name} redacted`,
    );
    assert.doesNotMatch(await api.redacted('k'), /alice/i);
    if (kind) assert.doesNotMatch((await document.file('markdown', null, null)).content, /#L\d/, name);
  }
});

it('shows a message and a call as texts of their own, with their times and addresses', async (t) => {
  const bytes = readFileSync(new URL('pcap/lab-udp-call.pcap', FIXTURES));
  const { api, whole } = opened(t, [new FakeFile(bytes)]);
  await whole();
  const rows = (await api.rows(0, 100)).filter(({ dialog }) => dialog === 'd1');
  const { text, places } = await api.text(2, 'call');
  assert.deepEqual(
    rowsOf(text).map((row) => ({ ...told(row), index: 0, captions: [] })),
    rows.map((row) => ({ ...told(row), index: 0, captions: [] })),
  );
  assert.deepEqual(
    places.map(({ index }) => index),
    rows.map(({ index }) => index),
  );
  const lines = text.split(/\r?\n/);
  for (const { index, from } of places)
    assert.match(lines[from]!, rows[index - 1]!.status ? /^SIP\/2\.0 / : new RegExp(`^${rows[index - 1]!.method} `));
  const alone = await api.text(2, 'message');
  assert.equal(rowsOf(alone.text).length, 1);
  const detail = await api.message(2);
  assert.match(detail.startLine, /^SIP\/2\.0 180/);
  assert.deepEqual(detail.links, [{ text: 'answers 1', index: 1, relation: 'answer' }]);
});

it('follows a log that is written, reads the appended part alone, and begins anew where it was cut or replaced', async (t) => {
  const text = traceOf(1200);
  const countOf = (to: number) => read(text.slice(0, to)).trace.count;
  const [some, more, most] = [600_000, 660_000, 700_000].map(countOf);
  const file = new FakeFile(text.slice(0, 600_000));
  const other = new FakeFile(text.slice(0, 100_000));
  const { api, until, whole } = opened(t, [file, other]);
  await whole();
  assert.equal((await api.summary()).rows, some);
  assert.equal((await api.summary()).reading?.state, 'following');
  file.reads = [];
  file.append(text.slice(600_000, 660_000));
  await until(async () => (await api.summary()).rows === more);
  assert.ok(Math.min(...file.reads.filter((from) => from > 0)) > 300_000, 'what was read is not read again');
  const longer = rowsOf(text.slice(0, 660_000));
  assert.deepEqual((await api.rows(more! - 50, more!)).map(told), longer.slice(-50).map(told));

  await api.pause();
  assert.equal((await api.summary()).reading?.state, 'paused');
  file.append(text.slice(660_000, 700_000));
  await api.resume();
  await until(async () => (await api.summary()).rows === most);

  file.state = 'gone';
  await until(async () => (await api.summary()).notices.some((notice) => /moved or deleted/.test(notice)));
  file.state = 'replaced';
  await until(async () => (await api.summary()).rows === countOf(100_000));
  assert.match((await api.summary()).notices.join(' '), /begun anew/);
});

it('follows a capture whose last packet is written in two parts', async (t) => {
  const packet = (number: number) => ethernet([8, 0], ipv4(17, udp(ascii(message(number)))));
  const bytes = pcap(1, [packet(1), packet(2), packet(3)]);
  const file = new FakeFile(bytes.subarray(0, bytes.length - 100));
  const { api, until } = opened(t, [file]);
  await until(async () => (await api.summary()).rows === 2);
  file.append(bytes.subarray(bytes.length - 100));
  await until(async () => (await api.summary()).rows === 3);
  assert.match((await api.text(3, 'message')).text, /^Call-ID: call3\r?$/m);
});

it('keeps the text of what a capture holds in several packets', async (t) => {
  const text = message(1, 'x'.repeat(300));
  const parts = [text.slice(0, 200), text.slice(200)];
  const packets = parts.map((part, at) => ethernet([8, 0], ipv4(6, tcp(1 + 200 * at, ascii(part)))));
  const { api, whole } = opened(t, [new FakeFile(pcap(1, packets))]);
  await whole();
  assert.ok((await api.text(1, 'message')).text.includes(text));
  assert.equal(await api.search('xxxx', 0, 1), 1);
  assert.equal(await api.search('yyyy', 0, 1), null);
});

it('counts what is not shown, and tells where it begins', async (t) => {
  const packet = (port: number) => ethernet([8, 0], ipv4(17, udp(ascii(message(port)))));
  const bytes = pcap(1, [packet(1), ethernet([8, 0], ipv4(50, ascii('secret'))), packet(2)]);
  const { api, whole } = opened(t, [new FakeFile(bytes)]);
  await whole();
  const [skipped] = (await api.summary()).skipped;
  assert.equal(skipped?.why, 'packets encrypted with IPsec');
  assert.match(skipped.where, /^first at byte \d+$/);
  const log = readFileSync(new URL('asterisk-chansip/console-from-facts.log', FIXTURES), 'utf8');
  const [empty] = (await (await asDocument(log)).summary()).skipped;
  assert.deepEqual([empty?.why, empty?.count], ['empty records: keep-alives', 1]);
  assert.match(log.split('\n')[empty!.line!]!, /0 bytes|keep|read from/i);
});

it('says what is wrong with a file, and tells that there is nothing in it', async (t) => {
  const none = new FileTrace(
    'file:///none',
    () => Promise.reject(new Error('none: there is no such file')),
    () => {},
  );
  await assert.rejects(none.api.summary(), /none: there is no such file/);
  const { api, whole } = opened(t, [new FakeFile('no trace\n')]);
  await whole();
  assert.deepEqual((await api.summary()).notices, ['No SIP message was found in test.log.']);
  await assert.rejects(api.message(1), /There is no message 1/);
});

it('lists the calls of a file as those of a document, and their links', async (t) => {
  const text = readFileSync(new URL('../../test/e2e/two-legs.sip', import.meta.url), 'utf8');
  const { api, whole } = opened(t, [new FakeFile(text)]);
  await whole();
  const document = await asDocument(text);
  const view = { show: 'all', order: 'time' } as const;
  assert.deepEqual(await api.calls('', view), await document.calls('', view));
  for (const call of ['call 1', 'leg 2', 'call 3'])
    assert.deepEqual((await api.calls(call, view)).nodes, (await document.calls(call, view)).nodes);
  assert.deepEqual(await api.callPath(15, view), await document.callPath(15, view));
  assert.equal(await api.callSummary('call 1'), await document.callSummary('call 1'));
});

/** A file that is read by ranges has no lines, and what is exported of it names none. */
function withoutLines(file: ExportedFile): ExportedFile {
  const content = file.content.replace(/("line":\s?)\d+/g, '$1null').replace(/\[([\w ]+)\]\([^()]*#L\d+\)/g, '$1');
  return { ...file, content };
}
