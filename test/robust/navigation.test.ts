import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { answeredRequests, answerHints, answerWords } from '../../server/engine/authoring/answers.ts';
import { definitionAt } from '../../server/engine/authoring/definition.ts';
import { directoryOf } from '../../server/engine/authoring/directory.ts';
import { highlightsAt } from '../../server/engine/authoring/highlights.ts';
import { linksIn } from '../../server/engine/authoring/links.ts';
import { allOccurrences, occurrenceAt, occurrencesOf } from '../../server/engine/authoring/occurrences.ts';
import { outlineOf } from '../../server/engine/authoring/outline.ts';
import { rename, renamingAt } from '../../server/engine/authoring/rename.ts';
import { selectionAt } from '../../server/engine/authoring/selection.ts';
import type { Source } from '../../server/engine/authoring/source.ts';
import { tagNames } from '../../server/engine/authoring/tags.ts';
import { applied, finished, traceSource, xmlSource } from '../../server/engine/authoring/testing.ts';
import { tokensIn } from '../../server/engine/authoring/tokens.ts';
import type { Span } from '../../server/engine/base/text.ts';
import { loadVerdict } from '../../server/engine/xml/verdict.ts';
import { mutated, mutatedXml, runs } from './mutations.ts';

await loadVerdict();

const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });

describe('in any text', () => {
  it('that is a trace, what is asked about a place or the whole is answered within the text', () =>
    fc.assert(
      fc.property(mutated, places, (text, at) => holds(traceSource(text), at)),
      runs(250),
    ));

  it('that is an XML document, too', () =>
    fc.assert(
      fc.property(mutatedXml(), places, (text, at) => holds(xmlSource(text), at)),
      runs(250),
    ));

  it('of any characters, too', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), places, (text, at) => {
        holds(traceSource(text), at);
        holds(xmlSource(text), at);
      }),
      runs(150),
    ));
});

function holds(source: Source, at: readonly number[]): void {
  wholeHolds(source);
  for (const one of at) placeHolds(source, Math.floor(one * source.text.length));
}

function wholeHolds(source: Source): void {
  const whole = { from: 0, to: source.text.length };
  const { reading } = source;
  const tokens = finished(tokensIn(source, whole));
  const entries = finished(directoryOf(source));
  const places: Span[] = [
    ...[...allOccurrences(source)].map(({ at }) => at),
    ...tokens,
    ...finished(linksIn(source, 100)).map((link) => link.at),
    ...entries.map((entry) => entry.locate()),
    ...finished(answerHints(source, whole, { time: true, matchedMessage: true })).map((hint) => ({
      from: hint.at,
      to: hint.at,
    })),
  ];
  for (const place of places) within(source, place);
  for (const [at, { from }] of tokens.entries()) assert.ok(at === 0 || tokens[at - 1]!.to <= from, 'tokens overlap');
  for (const index of answeredRequests(reading)) assert.match(answerWords(reading, index), /message \d+/);
  if (source.xml) for (const { at } of outlineOf(source.xml)) within(source, at);
}

function placeHolds(source: Source, offset: number): void {
  const selection = selectionAt(source, offset);
  for (const [at, one] of selection.entries()) {
    within(source, one);
    const around = selection[at + 1];
    assert.ok(!around || (around.from <= one.from && one.to <= around.to), 'a step of a selection lies in the next');
  }
  const definition = finished(definitionAt(source, offset));
  const places = [
    ...finished(highlightsAt(source, offset)).map(({ at }) => at),
    ...(tagNames(source, offset) ?? []),
    ...(definition ? [definition.origin, definition.whole, definition.name] : []),
  ];
  for (const place of places) within(source, place);
  const asked = occurrenceAt(source, offset);
  if (asked) {
    const found = finished(occurrencesOf(source, asked.identifier));
    assert.ok(
      found.some(({ at }) => at.from === asked.at.from),
      'what was asked about is among what was found',
    );
  }
  renameHolds(source, offset);
}

/** Nothing but the names changes, and all of them. */
function renameHolds(source: Source, offset: number): void {
  const offered = renamingAt(source, offset);
  if (!offered) return;
  within(source, offered.at);
  const name = `${offered.name.replace(/[^:]*(?=@)/, 'zz')}9`;
  const result = finished(rename(source, offset, name));
  if ('refusal' in result) return;
  const text = applied(source.text, result.edits);
  const change = result.edits.reduce((sum, edit) => sum + edit.text.length - (edit.to - edit.from), 0);
  assert.equal(text.length, source.text.length + change);
  for (const edit of result.edits) within(source, edit);
}

function within({ text }: Source, { from, to }: Span): void {
  assert.ok(Number.isInteger(from) && from >= 0 && from <= to && to <= text.length, `${from}–${to} of ${text.length}`);
}
