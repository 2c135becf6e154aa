import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { type Span, trimmed } from '../engine/base/text.ts';
import type { Analysis } from './analysis.ts';
import type { Feature } from './feature.ts';

/** Folding of messages and bodies. */
export const foldingFeature: Feature = {
  capabilities: { foldingRangeProvider: true },
  register({ connection, fence, analysis }) {
    connection.onFoldingRanges(
      fence.around(
        'fold a document',
        ({ textDocument }) => {
          const doc = analysis(textDocument.uri);
          return doc?.kind === 'trace' ? folding(doc) : null;
        },
        null,
      ),
    );
  },
};

/** A fold for each message, and one for its body. */
export function folding(doc: Analysis): FoldingRange[] {
  const folds: FoldingRange[] = [];
  for (let index = 0; index < doc.trace.count; index++) {
    const place = doc.trace.span(index);
    const body = { from: place.from + doc.trace.columns.bodyAt[index]!, to: place.to };
    for (const fold of [place, body]) folds.push(...foldOf(doc, fold));
  }
  return folds;
}

function foldOf(doc: Analysis, place: Span): FoldingRange[] {
  const { start, end } = doc.range(trimmed(doc.text, place.from, place.to));
  if (end.line <= start.line) return [];
  return [{ startLine: start.line, endLine: end.line, kind: FoldingRangeKind.Region }];
}
