import { type CodeAction, CodeActionKind, type Diagnostic, type WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { silencedHere } from '../engine/authoring/silence.ts';
import type { Problem, Severity } from '../engine/base/text.ts';
import { CONFIGURATION_FILE, isRuleOrGroup, withLevel } from '../engine/configuration.ts';
import type { Analysis } from './analysis.ts';
import type { FeatureHost } from './feature.ts';
import { foldersOf } from './files.ts';
import { workspaceEdit } from './workspaceEdit.ts';

/** What may be done about the rule of a problem, instead of mending the text: it is turned off here, or chosen for the workspace. */
export async function ruleActions(
  host: FeatureHost,
  doc: Analysis,
  problem: Problem,
  diagnostic: Diagnostic | undefined,
): Promise<CodeAction[]> {
  const { rule } = problem;
  if (!isRuleOrGroup(rule)) return [];
  const action = (title: string, edit: WorkspaceEdit | null): CodeAction[] => {
    const diagnostics = diagnostic && { diagnostics: [diagnostic] };
    return edit ? [{ title, kind: CodeActionKind.QuickFix, ...diagnostics, edit }] : [];
  };
  const here = silencedHere(doc, problem);
  const place = await configurationPlace(host, doc.uri);
  const chosen = (level: Severity | 'off') => (place ? levelEdit(host, place, rule, level) : null);
  const shown = (['hint', 'warning'] as const).filter((level) => level !== problem.severity);
  return [
    ...action(`Turn ${rule} off here`, here && workspaceEdit(host, doc, here)),
    ...action(`Turn ${rule} off in this workspace`, chosen('off')),
    ...shown.flatMap((level) => action(`Show ${rule} as a ${level} in this workspace`, chosen(level))),
  ];
}

/** Where the configuration is written, and what stands there now. */
interface Place {
  readonly uri: string;
  readonly text: string;
  readonly version: number | null;
  readonly exists: boolean;
}

/** The file that counts for the document, or one to be made in its workspace folder, or beside it. */
async function configurationPlace({ configurations, params }: FeatureHost, uri: string): Promise<Place | null> {
  const file = await configurations.nearest(uri);
  if (file) return { uri: file.uri, text: file.text, version: file.version, exists: true };
  const { documentChanges, resourceOperations } = params.capabilities.workspace?.workspaceEdit ?? {};
  if (!documentChanges || !resourceOperations?.includes('create')) return null;
  const folders = foldersOf(params);
  const folder =
    folders.find((root) => uri.startsWith(`${root}/`)) ?? (uri.startsWith('file:') ? beside(uri) : folders[0]);
  return folder === undefined
    ? null
    : { uri: `${folder}/${CONFIGURATION_FILE}`, text: '', version: null, exists: false };
}

function beside(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

function levelEdit({ params }: FeatureHost, place: Place, rule: string, level: Severity | 'off'): WorkspaceEdit | null {
  const change = withLevel(place.text, rule, level);
  if (!change) return null;
  const document = TextDocument.create(place.uri, 'json', 0, place.text);
  const range = { start: document.positionAt(change.from), end: document.positionAt(change.to) };
  const edits = [{ range, newText: change.text }];
  if (!params.capabilities.workspace?.workspaceEdit?.documentChanges) return { changes: { [place.uri]: edits } };
  const edit = { textDocument: { uri: place.uri, version: place.version }, edits };
  return { documentChanges: place.exists ? [edit] : [{ kind: 'create', uri: place.uri }, edit] };
}
