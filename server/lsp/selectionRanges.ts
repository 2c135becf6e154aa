import type { SelectionRange } from 'vscode-languageserver';
import { selectionAt } from '../engine/authoring/selection.ts';
import type { Analysis } from './analysis.ts';
import { ourDocument } from './current.ts';
import type { Feature } from './feature.ts';

/** What a selection grows to. */
export const selectionRangesFeature: Feature = {
  capabilities: { selectionRangeProvider: true },
  register(host) {
    host.connection.onSelectionRanges(
      host.fence.around(
        'grow a selection',
        ({ textDocument: { uri }, positions }) => {
          const doc = ourDocument(host, uri);
          return doc && positions.map((position) => selectionRange(doc, doc.offset(position)));
        },
        null,
      ),
    );
  },
};

/** The innermost range, each with the one around it. */
function selectionRange(doc: Analysis, offset: number): SelectionRange {
  const around = (parent: SelectionRange | undefined, at: Parameters<Analysis['range']>[0]): SelectionRange => ({
    range: doc.range(at),
    ...(parent && { parent }),
  });
  const spans = selectionAt(doc, offset);
  return (
    spans.reduceRight<SelectionRange | undefined>(around, undefined) ?? around(undefined, { from: offset, to: offset })
  );
}
