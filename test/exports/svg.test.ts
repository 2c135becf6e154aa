import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { debianFile, debianPackage } from '../../scripts/vscode/debian.mjs';
import { useBrowser } from './browser.ts';
import { exported, shown, shownText } from './exported.ts';
import { longTrace, TRACES } from './traces.ts';

/** Where the Debian package of W3C's definitions has that of SVG 1.1. */
const DTD = 'usr/share/xml/w3c-sgml-lib/schema/dtd/REC-SVG11-20110816/svg11.dtd';

describe('SVG', () => {
  const { open } = useBrowser();

  it('is valid SVG 1.1, whatever is in it', async () => {
    const { program, env } = await debianPackage('libxml2-utils', 'xmllint');
    const dtd = await debianFile('w3c-sgml-lib', DTD);
    const folder = mkdtempSync(join(tmpdir(), 'sip-lens-svg-'));
    const files: string[] = [];
    for (const [at, text] of [...Object.values(TRACES), longTrace(5000)].entries())
      for (const format of ['svg', 'svg-light', 'svg-dark']) {
        files.push(`${at}-${format}.svg`);
        writeFileSync(join(folder, files.at(-1)!), exported(text).write(format));
      }
    const args = ['--noout', '--nonet', '--dtdvalid', dtd, ...files];
    const { stderr, status } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    assert.deepEqual([stderr, status], ['', 0]);
  });

  for (const [name, text] of Object.entries(TRACES))
    it(`${name}: shows each message as text that touches no other, between its lanes`, async () => {
      const { write, rows, lanes } = exported(text);
      const page = await open(write('svg'), 'image/svg+xml');
      const texts = await textsOf(page);
      const ofKind = (kind: string) => texts.filter((one) => one.kind === kind);
      assert.deepEqual(
        ofKind('label').map((one) => shownText(one.text.replace(/^✕ /, ''))),
        rows.map(({ label }) => shownText(label)),
      );
      assert.deepEqual(
        ofKind('number').map((one) => Number(one.text)),
        rows.map(({ index }) => index),
      );
      assert.deepEqual(await fullNames(page), lanes.map(shownText));
      const ends = await endsOf(page);
      assert.deepEqual(
        ends.map(([from, to]) => ({ from: shownText(lanes[from!]!), to: shownText(lanes[to!]!) })),
        rows.map(shown).map(({ from, to }) => ({ from, to })),
      );
      const { width } = (await page.locator('svg').boundingBox())!;
      const outside = texts.filter(({ box }) => box.left < 0 || box.right > width);
      assert.deepEqual([touching(texts), outside], [[], []]);
      await page.close();
    });
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

/** The names of the lanes: one that was cut is told whole when the pointer rests on it. */
async function fullNames(page: Page): Promise<string[]> {
  const names = await page
    .locator('text.lane')
    .evaluateAll((all) =>
      all.map((one) => one.closest('g')?.querySelector(':scope > title')?.textContent ?? one.textContent),
    );
  return names.map((name) => shownText(name ?? ''));
}

/** For each arrow the lanes (zero-based) at which its line begins and where its head is, told from the picture alone. */
function endsOf(page: Page): Promise<number[][]> {
  return page.locator('.arrow').evaluateAll((arrows) => {
    const rails = [...document.querySelectorAll('line.rail')].map((one) => Number(one.getAttribute('x1')));
    return arrows.map((arrow) => {
      const line = arrow.querySelector('.line')!;
      const head = arrow.querySelector('.head')!;
      const start = line.getAttribute('x1') ?? /^M([\d.]+)/.exec(line.getAttribute('d')!)![1];
      const tip = /^M([\d.]+)/.exec(head.getAttribute('d')!)![1];
      return [rails.indexOf(Number(start)), rails.indexOf(Number(tip))];
    });
  });
}

/** Texts that stand on each other: only those of a row and the next can. */
function touching(texts: readonly Placed[]): string[] {
  const sorted = [...texts].sort((a, b) => a.box.top - b.box.top);
  return sorted.flatMap((one, at) => {
    const below = sorted.slice(at + 1);
    const end = below.findIndex(({ box }) => box.top > one.box.bottom);
    const near = end < 0 ? below : below.slice(0, end);
    return near.flatMap((other) => (touch(one, other) ? `${one.text} | ${other.text}` : []));
  });
}

function touch({ box: a }: Placed, { box: b }: Placed): boolean {
  const [width, height] = [
    Math.min(a.right, b.right) - Math.max(a.left, b.left),
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
  ];
  return width > 1 && height > 3;
}
