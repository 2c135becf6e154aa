import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { traceOf } from '../../bench/generate.ts';
import type { TraceBuilder } from '../../server/engine/trace/builder.ts';
import { Flag } from '../../server/engine/trace/columns.ts';
import { readText } from '../../server/engine/trace/text.ts';
import { readTrace } from '../../server/engine/trace/trace.ts';
import { CODED, sourceOf } from './holds.ts';
import { FLATTENED, PLAIN } from './inputs.ts';
import { layered, logs, mutated, runs } from './mutations.ts';

describe('a trace read page by page', () => {
  it('is the same whatever a page holds', async () => {
    for (const text of [PLAIN, ascii(FLATTENED), PLAIN.replaceAll('\r', '')])
      for (const page of [64, 100, 500, 1000, 1024, 4096, 10_000]) await samePages(text, page);
  });

  it('is the same for logs, quotations and escapes', async () => {
    for (const text of [...logs, ...layered])
      for (const page of [64, 200, 1000, 4096]) await samePages(ascii(text), page);
    for (const text of logs) await sameAsText(text.replace(/\r?\n/g, (end, at) => (at > text.length / 2 ? '\r' : end)));
  });

  it('is the same where characters take several bytes', async () => {
    const wide =
      '10:00:00 \u{eb80b}\u{10ddd6}\u00e0\u{d05da}\u{6bd78}\u{24638}\u{10ff15} Contact: a SIP/2.0 200 OK v=0';
    const long = `${'\u00e9'.repeat(120)} 1234567890.123\nSIP/2.0 200 OK\nCSeq: 1 BYE\n\n`;
    const prose = 'BYE sip:a@b SIP/2.0\nCSeq: 1 BYE\n\u00e0\u00e0\u00e0 b';
    for (const text of [`${wide} From: <sip:a@b>;tag=1 Reason: D`, long, prose]) {
      const columns = (await readTrace(sourceOf(Buffer.from(text)))).columns;
      const whole = readText(text).columns;
      assert.equal(columns.count, whole.count, text);
      assert.deepEqual(columns.time?.slice(0, columns.count), whole.time?.slice(0, whole.count), text);
    }
  });

  it('is the same where a source gives little at once', async () => {
    const bytes = Buffer.from(PLAIN);
    const whole = readText(PLAIN).built;
    for (const most of [1, 7, 1000]) assert.deepEqual(told(await readTrace(sourceOf(bytes, most))), told(whole));
  });

  it('is the same for a trace of several pages', async () => {
    const text = traceOf(8000).slice(0, 9_000_000);
    assert.ok(text.length > 8_500_000);
    await samePages(text, undefined);
    await samePages(text.replaceAll('\r', ''), undefined);
  });

  it('is the same for any text', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, fc.integer({ min: 16, max: 3000 }), (text, page) => samePages(ascii(text), page)),
      runs(400),
    );
  });

  it('is the same for any bytes between messages', async () => {
    const piece = fc.oneof(fc.string({ unit: 'grapheme-ascii' }), fc.constantFrom('\n', '\r\n', PLAIN.slice(0, 900)));
    await fc.assert(
      fc.asyncProperty(fc.array(piece), fc.integer({ min: 16, max: 2000 }), (pieces, page) =>
        samePages(pieces.join(''), page),
      ),
      runs(300),
    );
  });
});

async function samePages(text: string, page: number | undefined): Promise<void> {
  const paged = await readTrace(sourceOf(Buffer.from(text, 'latin1')), page === undefined ? {} : { page });
  assert.deepEqual(told(paged), told(readText(text).built));
}

/** A file and its text, whatever its characters, have the same messages. */
async function sameAsText(text: string): Promise<void> {
  const { columns } = await readTrace(sourceOf(Buffer.from(text)));
  const whole = readText(text).columns;
  const kinds = ({ kind, flags, count }: typeof columns) => [kind.slice(0, count), flags.slice(0, count)];
  assert.deepEqual(kinds(columns), kinds(whole));
}

/** Bytes and characters are the same then. A text is read as one line end's if it has no line feed, a file if its first page has none. */
function ascii(text: string): string {
  return text.replace(/[^\x00-\x7f]/g, '?').replace(/\r(?!\n)/g, '\n');
}

/** What the index keeps, party numbers told by their URIs. What is written in digits may have characters of several octets. */
function told({ columns, parties, methods, endpoints, skipped }: TraceBuilder): unknown {
  const placed = (index: number) => ({
    start: columns.start[index],
    length: columns.length[index],
    kind: columns.kind[index]! < 1000 ? columns.kind[index] : methods.names[columns.kind[index]! - 1000],
    flags: columns.flags[index],
    time: columns.timeOf(index),
    way: [endpoints.names[columns.source?.[index] ?? 0], endpoints.names[columns.destination?.[index] ?? 0]],
  });
  const read = (index: number) => ({
    bodyAt: columns.bodyAt[index],
    cseq: `${columns.cseq[index]} ${methods.names[columns.cseqMethod[index]!]}`,
    call: columns.call[index],
    tags: [columns.fromTag[index], columns.toTag[index], columns.branch[index]],
    sender: parties.uri(columns.sender[index]!),
    receiver: parties.uri(columns.receiver[index]!),
    below: [columns.below?.[index] ?? 0, columns.hop?.[index] ?? 0],
  });
  const messages = Array.from({ length: columns.count }, (_, index) => {
    const isCoded = CODED.has(columns.flags[index]! >>> Flag.formatShift);
    return isCoded ? placed(index) : { ...placed(index), ...read(index) };
  });
  return { messages, skipped };
}
