import type { CancellationToken, Position } from 'vscode-languageserver';
import { xmlAt } from '../engine/authoring/source.ts';
import { isOurs } from '../engine/document.ts';
import { loadVerdict } from '../engine/xml/verdict.ts';
import { inSlices } from '../view/slices.ts';
import type { Analysis } from './analysis.ts';
import type { FeatureHost } from './feature.ts';

/** A document that its features are for: a trace, or XML of a vocabulary that is known here. Any other XML is left to others. */
export function ourDocument({ analysis }: FeatureHost, uri: string): Analysis | null {
  const doc = analysis(uri);
  return doc && (doc.kind === 'trace' || isOurs(doc.xml!)) ? doc : null;
}

/** A document that its features are for; with the schemas loaded, which takes a moment the first time, where the position lies in XML. */
export async function documentWithSchemas(
  host: FeatureHost,
  uri: string,
  position: Position,
): Promise<Analysis | null> {
  const doc = ourDocument(host, uri);
  if (!doc || !xmlAt(doc, doc.offset(position))) return doc;
  await loadVerdict();
  return ourDocument(host, uri);
}

/** Runs a computation about a document to its end; null where the document has changed or nobody waits for the answer any more. */
export function whileCurrent<T>(
  { analysis }: FeatureHost,
  doc: Analysis,
  token: CancellationToken,
  steps: Iterator<unknown, T>,
): Promise<T | null> {
  return inSlices(steps, () => token.isCancellationRequested || analysis(doc.uri) !== doc);
}
