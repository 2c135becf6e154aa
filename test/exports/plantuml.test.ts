import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { npmPackage } from '../../scripts/vscode/npmPackage.mjs';
import { conference } from '../traces/conference.ts';
import { useBrowser } from './browser.ts';
import { exported, type Row, shown, shownText } from './exported.ts';
import { TRACES } from './traces.ts';

describe('PlantUML', () => {
  const { open } = useBrowser();
  let page: Page;
  before(async () => {
    const folder = await npmPackage('@plantuml/core@1.2026.8');
    const script = readFileSync(join(folder, 'plantuml.js'), 'utf8');
    page = await open('<main></main>', 'text/html', { 'plantuml.js': [script, 'text/javascript'] });
  });
  after(() => page?.close());

  it('draws what JSON tells: names, and arrows from and to them', async () => {
    for (const [name, text] of Object.entries(TRACES)) {
      const { write, rows, lanes } = exported(text);
      const told: Row[] = [];
      const names = new Set<string>();
      for (const diagram of diagramsOf(write('plantuml'))) {
        const drawn = await drawnBy(page, diagram);
        for (const lane of drawn.lanes) names.add(lane);
        told.push(...drawn.rows);
      }
      assert.deepEqual([...names], [...new Set(lanes.map(shownText))], name);
      assert.deepEqual(told, rows.map(shown), name);
    }
  });

  it('draws each part of a ladder that is too large for one of its pictures, none larger than they are', async () => {
    const { write, rows } = exported(conference(50));
    const diagrams = diagramsOf(write('plantuml'));
    assert.equal(diagrams.length, 30);
    const told = diagrams.map((diagram) => diagram.match(/^p\d+ --?>x? p\d+ : \d+ /gm)!.length);
    assert.equal(
      told.reduce((sum, count) => sum + count),
      rows.length,
    );
    for (const at of [0, 17, 29]) {
      const drawn = await drawnBy(page, diagrams[at]!);
      assert.ok(Math.max(drawn.width, drawn.height) <= 4096, `${drawn.width} × ${drawn.height}`);
      const before = told.slice(0, at).reduce((sum, count) => sum + count, 0);
      assert.deepEqual(drawn.rows, rows.slice(before, before + told[at]!).map(shown));
    }
  });
});

/** The diagrams of an export, each from its first line to its last. */
function diagramsOf(text: string): string[] {
  return text.match(/^@startuml$.*?^@enduml$/gms) ?? [];
}

/** Something that PlantUML has drawn, and where. */
interface Shape {
  readonly kind: string;
  readonly text: string;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly dashes: string | null;
  readonly thickness: number;
  readonly size: number;
}

/** How PlantUML draws a name, the line below it, and a cross. */
const NAME = 14;
const LANE_DASHES = '5,5';
const CROSS = 2;

/** Lanes and arrows of a diagram, told from where PlantUML has put texts, lines and heads, and how large it is. */
async function drawnBy(page: Page, diagram: string) {
  const { shapes, width, height } = await page.evaluate(async (text) => {
    // @ts-expect-error It is served to the page.
    const { renderToString } = await import('/plantuml.js');
    document.body.innerHTML = await new Promise((drawn, failed) => renderToString(text.split('\n'), drawn, failed));
    const { width, height } = document.querySelector('svg')!.getBoundingClientRect();
    const all = [...document.querySelectorAll<SVGGraphicsElement>('svg :is(text, line, polygon)')];
    const shapes = all.map((one) => {
      const { x, y, width, height } = one.getBBox();
      return {
        kind: one.tagName,
        text: one.textContent ?? '',
        box: { x, y, width, height },
        dashes: one.getAttribute('stroke-dasharray'),
        thickness: Number(one.getAttribute('stroke-width')),
        size: Number(one.getAttribute('font-size')),
      };
    });
    return { shapes, width, height };
  }, diagram);
  const rails = shapes.filter(({ dashes }) => dashes === LANE_DASHES).map(({ box }) => box.x);
  // Above and below the arrows.
  const names = shapes.filter(({ kind, size }) => kind === 'text' && size === NAME);
  const lanes = names.slice(-rails.length).map(({ text }) => shownText(text));
  const nearest = (x: number) =>
    rails.reduce((best, rail, at) => (apart(rail, x) < apart(rails[best]!, x) ? at : best), 0);
  const rows = arrowsOf(shapes.filter(({ dashes }) => dashes !== LANE_DASHES));
  return {
    lanes,
    rows: rows.map(({ from, to, ...rest }) => ({ ...rest, from: lanes[nearest(from)]!, to: lanes[nearest(to)]! })),
    width,
    height,
  };
}

/** What is drawn between one text and the next, and has a line: an arrow, with its head and its line before its text. */
function arrowsOf(shapes: readonly Shape[]) {
  let parts: Shape[] = [];
  return shapes.flatMap((shape) => {
    if (shape.kind !== 'text') parts.push(shape);
    if (shape.kind !== 'text') return [];
    const drawn = parts;
    parts = [];
    const [, index, label] = /^(\d+) (.*)$/s.exec(shape.text) ?? [];
    const lines = drawn.filter(({ kind, thickness }) => kind === 'line' && thickness < CROSS);
    return index && lines.length > 0
      ? [{ index: Number(index), label: shownText(label!), ...endsOf(lines, drawn) }]
      : [];
  });
}

/** An arrow to oneself has three lines and begins where it ends; another has its head, or its cross, at its end. */
function endsOf(lines: readonly Shape[], drawn: readonly Shape[]) {
  const head = drawn.find(({ kind, thickness }) => kind === 'polygon' || thickness === CROSS)!;
  const isFailed = head.kind === 'line';
  const { x, width } = lines[0]!.box;
  if (lines.length > 1) return { from: x, to: x, isFailed };
  const isRightward = apart(head.box.x, x + width) < apart(head.box.x, x);
  return { from: isRightward ? x : x + width, to: isRightward ? x + width : x, isFailed };
}

function apart(one: number, other: number): number {
  return Math.abs(one - other);
}
