import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { URL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildLadder, lintText } from '../../server/engine/engine.ts';
import { ladderExports } from '../../server/engine/ladder/exports.ts';
import { provideSchemas } from '../../server/engine/xml/schemas.ts';
import { parseXml } from '../../server/engine/xml/xml.ts';

const SERVER = new URL('../../server/', import.meta.url);
provideSchemas((file) => readFileSync(new URL(`schemas/${file}`, SERVER), 'utf8'));

const HEAD = `Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
From: "<script>alert(1)</script> end; #59; %%{init}%% 日本語" <sip:al%22ice;x=y@example.org>;tag=1
To: "a: ->> b \`code\` [x](y) \\\\" <sip:bob@example.org>
Call-ID: =cmd()|"x",1
CSeq: 1 INVITE
Content-Length: 0

`;
const TRACES: Readonly<Record<string, string>> = {
  sample: readFileSync(new URL('../samples/eject-user.sip', SERVER), 'utf8'),
  'a call with times': readFileSync(
    new URL('fixtures/traces/asterisk-pjsip/full-log-tls-from-facts.log', SERVER),
    'utf8',
  ),
  'what would be markup': `INVITE sip:bob@example.org SIP/2.0\n${HEAD}SIP/2.0 486 <script> #59; ]]> </text> "q" -->> end note ${'long '.repeat(20)}\n${HEAD}`,
};

interface Row {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** A trace in every form, and what `--format json` tells of it. */
async function exported(text: string) {
  const { reading, lint } = await lintText(text);
  const source = { ladder: buildLadder(reading, lint.problems), ...reading, problems: lint.problems };
  const write = (format: string) => String(ladderExports[format]!.write(source));
  const { participants, messages } = JSON.parse(write('json'));
  const nameOf = (id: string): string => participants.find((one: { id: string }) => one.id === id).label;
  const rows: Row[] = messages.map(({ from, to, label }: Row) => ({ from: nameOf(from), to: nameOf(to), label }));
  return { write, rows, lanes: participants.map(({ label }: { label: string }) => label) };
}

describe('exports, read by what they are for', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
  });
  after(() => browser?.close());

  /** Opens a document as a file; whatever it asks for or runs that it should not fails the test. */
  async function opened(content: string, type: string): Promise<Page> {
    const page = await browser.newPage();
    page.on('pageerror', (error) => assert.fail(error));
    page.on('console', (message) => message.type() === 'error' && assert.fail(message.text()));
    page.on('dialog', () => assert.fail('a script of the trace runs'));
    await page.route('**/*', (route) =>
      route.request().url() === 'https://export.invalid/'
        ? route.fulfill({ body: content, contentType: type })
        : assert.fail(`it asks for ${route.request().url()}`),
    );
    await page.goto('https://export.invalid/');
    return page;
  }

  for (const [name, text] of Object.entries(TRACES)) {
    it(`${name}: SVG shows each message as text that touches no other`, async () => {
      const { write, rows, lanes } = await exported(text);
      for (const format of ['svg', 'svg-light', 'svg-dark']) assert.deepEqual(parseXml(write(format)).problems, []);
      const page = await opened(write('svg'), 'image/svg+xml');
      const texts = await textsOf(page);
      const ofKind = (kind: string) => texts.filter((one) => one.kind === kind).map((one) => one.text);
      assert.deepEqual(
        ofKind('label').map((label) => label.replace(/^✕ /, '')),
        rows.map(({ label }) => label),
      );
      assert.deepEqual(ofKind('lane'), lanes);
      const touching = texts.flatMap((one, at) =>
        texts.slice(at + 1).flatMap((other) => (touch(one, other) ? `${one.text} | ${other.text}` : [])),
      );
      const { width } = (await page.locator('svg').boundingBox())!;
      const outside = texts.filter(({ box }) => box.left < 0 || box.right > width);
      assert.deepEqual([touching, outside], [[], []]);
      await page.close();
    });

    it(`${name}: HTML shows, opens and finds each message, alone`, async () => {
      const { write, rows } = await exported(text);
      const page = await opened(write('html'), 'text/html');
      const shown = page.locator('details:visible');
      const names = await shown
        .locator('summary')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
      assert.deepEqual(
        names,
        rows.map(({ label }, at) => `${at + 1}: ${label}`),
      );
      await shown.last().locator('summary').click();
      assert.match((await page.locator('details[open] pre').textContent()) ?? '', /Call-ID: /i);
      await page.getByRole('searchbox').fill(rows[0]!.label.split(' ')[0]!);
      const found = await shown.count();
      assert.ok(found > 0 && found <= rows.length);
      assert.equal(
        await page.locator('output').textContent(),
        found < rows.length ? `${found} of ${rows.length} messages` : `${rows.length} messages`,
      );
      await page.close();
    });

    it(`${name}: CSV and NDJSON tell the same as JSON`, async () => {
      const { write, rows } = await exported(text);
      const [head, ...records] = recordsOf(write('csv'));
      const cell = (record: readonly string[], column: string) => record[head!.indexOf(column)]!;
      const plain = (value: string) => value.replace(/^'(?=\s*[=+\-@])/, '');
      const told = records.map((record) => ({ from: plain(cell(record, 'from')), to: plain(cell(record, 'to')) }));
      const ends = rows.map(({ from, to }) => ({ from, to }));
      assert.deepEqual(told, ends);
      for (const record of records) for (const value of record) assert.doesNotMatch(value, /^[=+@]/);
      const objects = write('ndjson')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.deepEqual(
        objects.map(({ from, to }) => ({ from: from.label, to: to.label })),
        ends,
      );
    });
  }
});

/** A text of a picture, and where it stands. */
interface Placed {
  readonly text: string;
  readonly kind: string | null;
  readonly box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

function textsOf(page: Page): Promise<Placed[]> {
  return page.locator('text').evaluateAll((all) =>
    all.map((element) => ({
      text: element.textContent ?? '',
      kind: element.getAttribute('class'),
      box: element.getBoundingClientRect().toJSON(),
    })),
  );
}

function touch({ box: a }: Placed, { box: b }: Placed): boolean {
  const [width, height] = [
    Math.min(a.right, b.right) - Math.max(a.left, b.left),
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
  ];
  return width > 1 && height > 3;
}

/** The records of a table (RFC 4180). */
function recordsOf(csv: string): string[][] {
  const records: string[][] = [[]];
  for (const [, quoted, bare, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    records.at(-1)!.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'));
    if (end === '\r\n') records.push([]);
  }
  return records.slice(0, -1);
}
