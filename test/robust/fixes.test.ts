import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fixAll, fixesFor } from '../../server/engine/authoring/fixes/fixes.ts';
import { offersAt } from '../../server/engine/authoring/fixes/offers.ts';
import type { Source, TextEdit } from '../../server/engine/authoring/source.ts';
import { applied, traceSource, xmlSource } from '../../server/engine/authoring/testing.ts';
import type { Problem } from '../../server/engine/base/text.ts';
import { lintDocument } from '../../server/engine/document.ts';
import { lintText } from '../../server/engine/engine.ts';
import { DEFAULT_OPTIONS, type LintOptions } from '../../server/engine/severity.ts';
import { loadVerdict } from '../../server/engine/xml/verdict.ts';
import { mutated, mutatedXml, runs } from './mutations.ts';

await loadVerdict();

const STRICT: LintOptions = { ...DEFAULT_OPTIONS, profile: 'strict' };

describe('changes that mend', () => {
  it('any trace do not overlap, lie in the text, and leave a text that can be read', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, fc.nat(), async (text, place) => {
        const source = traceSource(text);
        holds(source, (await lintText(text, STRICT)).lint.problems, place);
      }),
      runs(200),
    );
  });

  it('any XML document do so, too', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedXml(), fc.nat(), async (text, place) => {
        holds(xmlSource(text), (await lintDocument(text, DEFAULT_OPTIONS)) ?? [], place);
      }),
      runs(300),
    );
  });
});

function holds(source: Source, problems: readonly Problem[], place: number): void {
  for (const problem of problems) for (const { edits, title } of fixesFor(source, problem)) sound(source, edits, title);
  sound(source, fixAll(source, problems), 'all at once');
  for (const { edits, title } of offersAt(source, place % (source.text.length + 1))) sound(source, edits, title);
}

function sound({ text, kind }: Source, edits: readonly TextEdit[], title: string): void {
  for (const { from, to } of edits) assert.ok(0 <= from && from <= to && to <= text.length, `${title}: ${from}–${to}`);
  assert.doesNotThrow(() => applied(text, edits), title);
  (kind === 'xml' ? xmlSource : traceSource)(applied(text, edits));
}
