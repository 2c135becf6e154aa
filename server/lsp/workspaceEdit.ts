import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit as Change } from '../engine/authoring/source.ts';
import type { Analysis } from './analysis.ts';
import type { FeatureHost } from './feature.ts';

/** Changes of one document, tied to its version where the editor can check it. */
export function workspaceEdit({ params }: FeatureHost, doc: Analysis, changes: readonly Change[]): WorkspaceEdit {
  const edits = textEdits(doc, changes);
  if (!params.capabilities.workspace?.workspaceEdit?.documentChanges) return { changes: { [doc.uri]: edits } };
  const change: TextDocumentEdit = { textDocument: { uri: doc.uri, version: doc.version }, edits };
  return { documentChanges: [change] };
}

/** Changes as the protocol has them. */
export function textEdits(doc: Analysis, changes: readonly Change[]): TextEdit[] {
  return changes.map((change) => ({ range: doc.range(change), newText: change.text }));
}
