import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { npmPackage } from '../../scripts/vscode/npmPackage.mjs';
import { exported, exportedChecked, type Row, shownText } from './exported.ts';
import { TRACES } from './traces.ts';

describe('CSV, NDJSON and text', () => {
  let parseCsv: ParseCsv;
  before(async () => {
    const { parse } = createRequire(import.meta.url)(await npmPackage('papaparse@5.7.1'));
    parseCsv = parse;
  });

  it('CSV is read by another reader of it, cell by cell as JSON tells', async () => {
    for (const [name, text] of Object.entries(TRACES)) {
      const told = await exportedChecked(text);
      const { data, errors } = parseCsv(told.write('csv'), { header: true, skipEmptyLines: true });
      assert.deepEqual(errors, [], name);
      assert.equal(data.length, told.rows.length, name);
      for (const [at, record] of data.entries()) {
        const { from, to } = told.rows[at]!;
        const wanted: Record<string, unknown> = { ...told.json.messages[at], from, to };
        for (const [column, cell] of Object.entries(record)) {
          assert.doesNotMatch(cell, /^\s*[=+\-@]/, `${name}, ${column} of ${at + 1}: no formula`);
          if (column === 'errors' || column === 'warnings') continue;
          assert.equal(
            cell.replace(/^'(?=\s*[=+\-@])/, ''),
            String(wanted[column] ?? ''),
            `${name}, ${column} of ${at + 1}`,
          );
        }
        const problems = Number(record.errors) + Number(record.warnings);
        assert.ok(problems <= Number(wanted.problems), `${name}, problems of ${at + 1}`);
      }
    }
  });

  it('NDJSON has an object a line, which tells the same', async () => {
    for (const [name, text] of Object.entries(TRACES)) {
      const told = await exportedChecked(text);
      const objects = told
        .write('ndjson')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const keys = [
        'index',
        'line',
        'time',
        'source',
        'destination',
        'direction',
        'transport',
        'type',
        'method',
        'status',
        'reason',
        'callId',
        'cseq',
        'problems',
      ];
      const chosen = (one: Readonly<Record<string, unknown>>) => keys.map((key) => one[key]);
      assert.deepEqual(objects.map(chosen), told.json.messages.map(chosen), name);
      assert.deepEqual(
        objects.map(({ from, to }) => ({ from: from.id, to: to.id })),
        told.json.messages.map(({ from, to }) => ({ from, to })),
        name,
      );
    }
  });

  it('text has an arrow for each message, from its lane to the other', () => {
    for (const name of ['sample', 'a call with times', 'a call of two legs', 'a conference of six']) {
      const told = exported(TRACES[name]!);
      const arrows = arrowsOf(told.write('text'), told.lanes);
      const wanted = told.rows.map((row, at) => ({ ...row, label: cutAs(row.label, arrows[at]?.label ?? '') }));
      assert.deepEqual(arrows, wanted, name);
    }
  });
});

describe('Markdown', () => {
  let marked: Marked;
  before(async () => {
    const folder = await npmPackage('marked@18.2.1');
    marked = (await import(pathToFileURL(join(folder, 'lib/marked.esm.js')).href)).marked;
  });

  for (const [name, text] of Object.entries(TRACES))
    it(`${name}: a Markdown reader finds the participants, dialogs, ladder and problems of JSON, and no markup`, async () => {
      const told = await exportedChecked(text);
      const report = told.write('markdown');
      const tokens = marked.lexer(report);
      const below = (heading: string) => {
        const at = tokens.findIndex((one) => one.type === 'heading' && one.text === heading);
        return at < 0 ? undefined : tokens.slice(at + 1).find(({ type }) => type !== 'space');
      };
      const cells = (heading: string, column: number) =>
        below(heading)!.rows!.map((row) => plainOf(marked, row.at(column)!.text));
      assert.deepEqual(cells('Participants', 1), told.lanes.map(shownText));
      assert.deepEqual(
        cells('Dialogs', 0),
        told.json.dialogs.map(({ id }) => id),
      );
      assert.deepEqual(
        cells('Dialogs', -1),
        told.json.dialogs.map(({ callId }) => callId),
      );
      assert.equal(`${below('Messages')!.text}\n`, told.write('text'));
      const html = marked.parse(report);
      const items = (below('Problems')?.items ?? []).map((item) => item.text);
      // Each finding once, with the messages that have it; a message may have one twice.
      const inMessages = items.map((item) => /in messages? (.*?): /.exec(item)![1]!.split(/, | and /));
      const withProblems = told.json.messages.filter(({ problems }) => Number(problems) > 0).map(({ index }) => index);
      const most = told.json.messages.reduce((sum, { problems }) => sum + Number(problems), 0);
      assert.ok(inMessages.flat().length <= most && items.length <= most, name);
      if (!inMessages.flat().some((words) => words.endsWith('more')))
        assert.deepEqual(
          [...new Set(inMessages.flat().map(Number))].sort((a, b) => a - b),
          withProblems,
        );
      assert.doesNotMatch(html, /<(?:script|img|br|b|del|!--)/i);
      for (const [, href] of html.matchAll(/href="([^"]*)"/g)) assert.match(href!, /^https:\/\//);
    });
});

/** The rows of a text ladder whose names and labels are as wide as they are long. */
function arrowsOf(text: string, lanes: readonly string[]): Row[] {
  const lines = text.split('\n');
  const rails = [...lines.find((line) => /^[\s│]*│[\s│]*$/.test(line))!.matchAll(/│/g)].map(({ index }) => index);
  return lines.flatMap((line) => {
    const tip = line.search(/[▶◀]/);
    const number = Number.parseInt(line, 10);
    if (tip < 0 || !number) return [];
    const isRightward = line[tip] === '▶';
    const passed = rails.filter((rail) => line[rail] === '│' && (isRightward ? rail < tip : rail > tip));
    const from = isRightward ? passed.at(-1)! : passed[0]!;
    const to = isRightward ? tip + 1 : tip - 1;
    const said = line.slice(Math.min(from, to) + 1, Math.max(from, to)).replace(/^[▶◀─╌ ]+|[▶◀─╌ ]+$/g, '');
    return {
      index: number,
      from: lanes[rails.indexOf(from)]!,
      to: lanes[rails.indexOf(to)]!,
      label: said.replace(/^✕ /, ''),
      isFailed: said.startsWith('✕'),
    };
  });
}

/** A label as it stands where it has no room. */
function cutAs(label: string, said: string): string {
  return said.endsWith('…') ? `${label.slice(0, said.length - 1)}…` : label;
}

/** What a cell of a table says, without its marks. */
function plainOf({ parseInline }: Marked, cell: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return parseInline(cell)
    .replace(/<\/?code>/g, '')
    .replace(/&(\w+|#39);/g, (all, name) => named[name] ?? all);
}

type ParseCsv = (
  text: string,
  options: { readonly header: true; readonly skipEmptyLines: true },
) => { readonly data: readonly Readonly<Record<string, string>>[]; readonly errors: readonly unknown[] };

/** A part of a Markdown text: a heading, a table with its rows, a list with its items, a block of code. */
interface Token {
  readonly type: string;
  readonly text?: string;
  readonly rows?: readonly (readonly { readonly text: string }[])[];
  readonly items?: readonly { readonly text: string }[];
}

interface Marked {
  lexer(text: string): readonly Token[];
  parse(text: string): string;
  parseInline(text: string): string;
}
