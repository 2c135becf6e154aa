import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath, URL } from 'node:url';
import { LineMap } from '../engine/base/text.ts';
import { captureText } from '../engine/capture/text.ts';
import { lintText, read } from '../engine/engine.ts';
import { provideSchemas } from '../engine/xml/schemas.ts';
import { createTraceApi } from './traces.ts';

provideSchemas((file) => readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8'));

const text = readFileSync(fileURLToPath(new URL('../../samples/eject-user.sip', import.meta.url)), 'utf8');

async function open() {
  const { reading, lint } = await lintText(text);
  const lines = new LineMap(text);
  const { problems, profiles } = lint;
  return { reading, problems, profiles, revision: 1, title: 'eject-user.sip', lines, offsetAt: () => 0, notices: [] };
}

describe('what the editor writes to files', () => {
  const opened = open();
  const api = createTraceApi(() => opened);

  it('is the ladder in every form that is offered', async () => {
    const offers = await api.exports();
    assert.ok(offers.length >= 10);
    for (const { format, title, extension } of offers) {
      const { content, encoding } = await api.file(format, null, null);
      assert.ok(title && /^\w+$/.test(extension) && content.length > 500, format);
      const expected = { pcapng: 'base64', png: 'pictures', 'png-dark': 'pictures' }[format] ?? 'utf8';
      assert.equal(encoding, expected, format);
    }
    const { content } = await api.file('pcapng', null, null);
    assert.equal(Buffer.from(content, 'base64').readUInt32LE(0), 0x0a0d0d0a);
    await assert.rejects(api.file('toString', null, null), { message: 'There is no export named “toString”.' });
  });

  it('is a part of the ladder where a scope is given: numbers stay', async () => {
    const { content } = await api.file('csv', null, { filter: 'status:481', context: 'transaction' });
    assert.deepEqual(
      content
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]),
      ['5', '9'],
    );
    const redacted = await api.file('csv', 'k', { filter: 'from:carol', context: 'message' });
    assert.equal(redacted.content.trim().split('\n').length, 5);
    assert.doesNotMatch(redacted.content, /carol/i);
    const none = api.file('csv', null, { filter: 'status:699', context: 'message' });
    await assert.rejects(none, { message: 'Nothing was exported: no message fits the filter.' });
    await assert.rejects(api.file('csv', null, { filter: 'x:', context: 'message' }), /The filter cannot be read/);
  });

  it('has the same messages in every form and every scope, as it is and redacted', async () => {
    const scopes = [
      null,
      { filter: 'method:BYE', context: 'message' },
      { filter: 'message:9', context: 'transaction' },
      { filter: 'message:9', context: 'call' },
    ] as const;
    const offers = await api.exports();
    for (const key of [null, 'k'])
      for (const scope of scopes) {
        const { messages, dialogs } = JSON.parse((await api.file('json', key, scope)).content);
        const numbers = messages.map(({ index }: { index: number }) => index);
        const first = dialogs[0].messages.length;
        for (const { format } of offers) {
          const { content: coded, encoding } = await api.file(format, key, scope);
          const content = encoding === 'base64' ? await packetText(coded) : coded;
          const what = `${format} of ${JSON.stringify(scope)}, ${key ? 'redacted' : 'as it is'}`;
          if (format === 'sipp') assert.equal(content.match(/<(?:send|recv) /g)!.length <= first, true, what);
          else if (format === 'pcapng') assert.equal(read(content).trace.count, numbers.length, what);
          else assert.deepEqual(numbersIn(format, content, numbers.length), numbers, what);
          if (key) assert.doesNotMatch(content, /alice|carol|contoso|eject-user/i, what);
        }
      }
  });

  it('is called as its file, and its report links to the messages, unless it is redacted', async () => {
    const report = (await api.file('markdown', null, null)).content;
    assert.match(report, /^# SIP ladder of eject\\-user\.sip\n\n17 messages, 5 participants, 6 dialogs\. /);
    const links = [...report.matchAll(/\[(?:Message )?(\d+)\]\(eject-user\.sip#L(\d+)\)/g)];
    assert.ok(links.length > 10);
    const lines = text.split('\n');
    const { messages } = JSON.parse((await api.file('json', null, null)).content);
    for (const [, number, line] of links) {
      const { type, method, status } = messages[Number(number) - 1];
      const start = type === 'request' ? `${method} sip:` : `SIP/2.0 ${status} `;
      assert.equal(lines[Number(line) - 1]!.slice(0, start.length), start);
    }
    for (const format of ['html', 'svg'])
      assert.match((await api.file(format, null, null)).content, /<title>SIP ladder of eject-user\.sip<\/title>/);
    assert.match((await api.file('markdown', 'k', null)).content, /^# SIP message ladder\n/);
  });

  it('can be compared: a message, and a call', async () => {
    const one = await api.comparable(4, 'message', 'what matters');
    assert.match(one, /^BYE sip:/);
    assert.match(one, /CSeq: ‹…› BYE/);
    const call = await api.comparable(1, 'call', 'everything');
    assert.equal(call.match(/^# Message \d+: /gm)?.length, 4);
    assert.match(call, /^# Message 1: Alice → Focus\n\nINFO /);
  });

  it('names nobody where it is redacted', async () => {
    for (const made of [await api.redacted('k'), (await api.file('html', 'k', null)).content]) {
      assert.match(made, /deleteUser/);
      assert.doesNotMatch(made, /carol|alice|contoso/i);
    }
    assert.match((await api.file('html', null, null)).content, /carol@contoso\.com/);
  });
});

/** How the number of a message stands in a form; a form without numbers has a mark for each. */
const NUMBERS: Readonly<Record<string, RegExp>> = {
  text: /^ ?(\d+) /gm,
  json: /^ {6}"index": (\d+)/gm,
  ndjson: /^\{"index":(\d+),/gm,
  svg: /<text class="number"[^>]*>(\d+)</g,
  html: /<details id="m(\d+)"/g,
  markdown: /^ ?(\d+) [ │]/gm,
  plantuml: /^p\d+ --?>x? p\d+ : (\d+) /gm,
  csv: /^(\d+),/gm,
};

/** The numbers of the messages in an export; of one that numbers none, from 1 on. */
function numbersIn(format: string, content: string, count: number): number[] {
  if (format.startsWith('png')) return JSON.parse(content).flatMap((page: string) => found(NUMBERS.svg!, page));
  if (format === 'mermaid') {
    assert.equal(content.match(/^ {2}p\d+-[-.>x]+p\d+: /gm)?.length, count);
    const counter = /autonumber ?(\d*)$/m.exec(content);
    return counter
      ? Array.from({ length: count }, (_, at) => at + Number(counter[1] || 1))
      : found(/^ {2}p\d+-[->x]+p\d+: \((\d+)\)/gm, content);
  }
  return found(NUMBERS[format.replace(/-.*/, '')]!, content);
}

/** The messages of a capture. */
function packetText(base64: string): Promise<string> {
  const capture = Buffer.from(base64, 'base64');
  const bytes = { size: capture.length, read: (from: number, into: Uint8Array) => capture.copy(into, 0, from) };
  return captureText(bytes, 'pcapng');
}

function found(pattern: RegExp, content: string): number[] {
  return [...content.matchAll(pattern)].map(([, number]) => Number(number));
}
