import { type InitializeParams, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { codeActionsFeature } from './codeActions.ts';
import { codeLensFeature } from './codeLens.ts';
import { completionFeature } from './completion.ts';
import { definitionFeature } from './definition.ts';
import { documentLinksFeature } from './documentLinks.ts';
import type { Feature } from './feature.ts';
import { foldingFeature } from './folding.ts';
import { formattingFeature } from './formatting.ts';
import { highlightsFeature } from './highlights.ts';
import { hoverFeature } from './hover.ts';
import { inlayHintsFeature } from './inlayHints.ts';
import { linkedEditingFeature } from './linkedEditing.ts';
import { mergingFeature } from './merging.ts';
import { referencesFeature } from './references.ts';
import { renameFeature } from './rename.ts';
import { savingFeature } from './saving.ts';
import { selectionRangesFeature } from './selectionRanges.ts';
import { semanticTokensFeature } from './semanticTokens.ts';
import { signatureHelpFeature } from './signatureHelp.ts';
import { symbolsFeature } from './symbols.ts';
import { templatesFeature } from './templates.ts';
import { toolsFeature } from './tools.ts';
import { userSchemasFeature } from './userSchemas.ts';
import { workspaceSymbolsFeature } from './workspaceSymbols.ts';

/** Everything an editor may ask for. */
export const features: readonly Feature[] = [
  codeActionsFeature,
  codeLensFeature,
  completionFeature,
  definitionFeature,
  documentLinksFeature,
  foldingFeature,
  formattingFeature,
  highlightsFeature,
  hoverFeature,
  inlayHintsFeature,
  linkedEditingFeature,
  mergingFeature,
  referencesFeature,
  renameFeature,
  savingFeature,
  selectionRangesFeature,
  semanticTokensFeature,
  signatureHelpFeature,
  symbolsFeature,
  templatesFeature,
  toolsFeature,
  userSchemasFeature,
  workspaceSymbolsFeature,
];

/** What the server announces to an editor. */
export function capabilities(params: InitializeParams): ServerCapabilities {
  const all = features.map(({ capabilities: own }) => (typeof own === 'function' ? own(params) : own));
  const merged: ServerCapabilities = Object.assign({}, ...all);
  const sync = typeof merged.textDocumentSync === 'object' ? merged.textDocumentSync : {};
  return { ...merged, textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, ...sync } };
}
