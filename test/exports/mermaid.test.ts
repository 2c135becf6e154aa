import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { npmPackage } from '../../scripts/vscode/npmPackage.mjs';
import { conference } from '../traces/conference.ts';
import { useBrowser } from './browser.ts';
import { exported, type Row, shown, shownText } from './exported.ts';
import { longTrace, TRACES } from './traces.ts';

/** What Mermaid reads in a diagram. */
interface Diagram {
  readonly lanes: readonly string[];
  readonly rows: readonly Row[];
}

/** What Mermaid calls the arrows that are drawn here. */
const ARROWS = { '->>': 0, '-->>': 1, '--x': 4 };
const AUTONUMBER = 26;

describe('Mermaid', () => {
  const { open } = useBrowser();
  let page: Page;
  before(async () => {
    const script = join(await npmPackage('mermaid@12.3.0'), 'dist/mermaid.min.js');
    page = await open('<main></main>', 'text/html');
    await page.addScriptTag({ content: readFileSync(script, 'utf8') });
    // It knows its kinds of diagrams after its first.
    await page.evaluate(() => (globalThis as unknown as { mermaid: Mermaid }).mermaid.parse('sequenceDiagram'));
  });
  after(() => page?.close());

  it('reads what it is given as JSON tells it, also where a ladder comes in parts', async () => {
    const parts: Record<string, number> = {};
    for (const [name, text] of Object.entries({ ...TRACES, ...LARGE })) {
      const { write, rows, lanes } = exported(text);
      const diagrams = await Promise.all(diagramsOf(write('mermaid')).map((diagram) => readBy(page, diagram)));
      parts[name] = diagrams.length;
      assert.deepEqual(diagrams.flatMap((one) => one.rows).map(shown), rows.map(shown), name);
      const used = (some: readonly Row[]) => {
        const ends = new Set(some.flatMap(({ from, to }) => [shownText(from), shownText(to)]));
        return lanes.map(shownText).filter((lane) => ends.has(lane));
      };
      for (const one of diagrams) assert.deepEqual(one.lanes.map(shownText), used(one.rows), name);
    }
    assert.deepEqual(parts, {
      ...Object.fromEntries(Object.keys(TRACES).map((name) => [name, 1])),
      'a conference of 50': 2,
      '5,000 messages': 2,
    });
  });

  it('draws it: names, arrows and notes as text, and nothing that is markup', async () => {
    for (const [name, text] of Object.entries(TRACES)) {
      const { write, rows, lanes } = exported(text);
      const drawn = await drawnBy(page, write('mermaid'));
      assert.deepEqual(
        drawn.labels.map(shownText),
        rows.map(({ label }) => shownText(label)),
        name,
      );
      assert.deepEqual(
        [...new Set(drawn.lanes.map(shownText))].sort(),
        [...new Set(lanes.map(shownText))].sort(),
        name,
      );
      assert.deepEqual(
        drawn.numbers,
        rows.map(({ index }) => String(index)),
        name,
      );
      assert.equal(drawn.markup, 0, name);
    }
  });
});

const LARGE = { 'a conference of 50': conference(50), '5,000 messages': longTrace(5000) };

/** The diagrams of an export: one, or those between the fences of a Markdown text. */
function diagramsOf(text: string): string[] {
  const blocks = [...text.matchAll(/```mermaid\n(.*?)```/gs)].map(([, block]) => block!);
  return blocks.length > 0 ? blocks : [text];
}

/** A diagram as Mermaid's own parser understands it. */
async function readBy(page: Page, text: string): Promise<Diagram> {
  const { actors, messages } = await page.evaluate(async (diagram) => {
    const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(diagram);
    const actors = db.getActorKeys().map((id) => [id, db.getActors().get(id)!.description] as const);
    return { actors, messages: db.getMessages() };
  }, text);
  const { message: counter } = messages.find(({ type }) => type === AUTONUMBER) ?? {};
  const { start } = counter as { readonly start?: number };
  const names = new Map(actors.map(([id, name]) => [id, decoded(name)]));
  const arrows = messages.filter(({ type }) => Object.values(ARROWS).includes(type));
  return {
    lanes: [...names.values()],
    rows: arrows.map(({ from, to, message, type }, at) => ({
      index: (start ?? 1) + at,
      from: names.get(from!)!,
      to: names.get(to!)!,
      label: decoded(String(message)),
      isFailed: type === ARROWS['--x'],
    })),
  };
}

/** Mermaid keeps entities in letters of its own until it draws. */
function decoded(text: string): string {
  return text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));
}

/** The texts of a diagram that Mermaid has drawn, from top to bottom. */
function drawnBy(page: Page, text: string) {
  return page.evaluate(async (diagram) => {
    const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
    const { svg } = await mermaid.render('drawing', diagram);
    const drawing = new DOMParser().parseFromString(svg, 'text/html');
    return {
      labels: [...drawing.querySelectorAll('.messageText')].map(({ textContent }) => textContent ?? ''),
      lanes: [...drawing.querySelectorAll('text.actor-box')].map(({ textContent }) => textContent ?? ''),
      numbers: [...drawing.querySelectorAll('.sequenceNumber')].map(({ textContent }) => textContent),
      markup: drawing.querySelectorAll('script, img, foreignObject, a').length,
    };
  }, text);
}

/** What is asked of Mermaid. */
interface Mermaid {
  parse(text: string): Promise<unknown>;
  readonly mermaidAPI: { getDiagramFromText(text: string): Promise<{ readonly db: Database }> };
  render(id: string, text: string): Promise<{ readonly svg: string }>;
}

interface Database {
  getActorKeys(): string[];
  getActors(): Map<string, { readonly description: string }>;
  getMessages(): { readonly from?: string; readonly to?: string; readonly type: number; readonly message: unknown }[];
}
