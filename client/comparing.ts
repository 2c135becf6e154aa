import {
  commands,
  type ExtensionContext,
  Range,
  TabInputTextDiff,
  type TextDocument,
  type TextEditor,
  ThemeColor,
  Uri,
  type ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Extent } from '../server/view/protocol.ts';
import { closeFile, fileName, type TraceSource, traceOf } from './trace.ts';

/** The scheme of texts that are made to be compared; they cannot be written to. */
export const COMPARED_SCHEME = 'sip-lens-compared';

/** A message of a trace (one-based), or all of its call, as a text that can be compared with another one. */
interface Compared extends TraceSource {
  readonly index: number;
  readonly what: 'message' | 'call';
  readonly extent: Extent;
}

/** Stands for what two messages need not have in common. */
const PLACEHOLDER = /‹…›/g;
const OTHER: Readonly<Record<Extent, Extent>> = { everything: 'what matters', 'what matters': 'everything' };

/** Gives VS Code the texts that are compared, and the command that compares them with everything, or with what matters only. */
export function registerComparing(
  context: ExtensionContext,
  client: BaseLanguageClient,
  isShown: (uri: Uri) => boolean,
): void {
  const provideTextDocumentContent = async (uri: Uri) => {
    const of = comparedOf(uri);
    if (!of) throw new Error('This text belongs to no trace.');
    const text = await traceOf(client, of).comparable(of.index, of.what, of.extent);
    if (of.of === 'file' && !isShown(of.uri)) await closeFile(client, of.uri);
    return text;
  };
  const pale = window.createTextEditorDecorationType({ color: new ThemeColor('disabledForeground') });
  const paint = (editors: readonly TextEditor[]) => {
    for (const { document, setDecorations } of editors)
      if (document.uri.scheme === COMPARED_SCHEME) setDecorations(pale, placeholders(document));
  };
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(COMPARED_SCHEME, { provideTextDocumentContent }),
    commands.registerCommand('sipLens.changeComparison', changeExtent),
    window.onDidChangeVisibleTextEditors(paint),
    pale,
  );
}

/** Opens two messages of a trace (one-based), or their calls, side by side in VS Code's own editor for differences. */
export async function compare(
  source: TraceSource,
  numbers: readonly [left: number, right: number],
  what: Compared['what'],
  beside: ViewColumn | undefined,
): Promise<void> {
  const [left, right] = numbers.map((index) => ({ ...source, index, what, extent: 'what matters' as const }));
  await openDiff(left!, right!, beside);
}

async function openDiff(left: Compared, right: Compared, column: ViewColumn | undefined): Promise<void> {
  const name = (one: Compared) => (one.what === 'call' ? `call of message ${one.index}` : `message ${one.index}`);
  const title = `${name(left)} ↔ ${name(right)} (${left.extent})`;
  const place = { preview: true, ...(column && { viewColumn: column }) };
  await commands.executeCommand('vscode.diff', uriOf(left), uriOf(right), title, place);
}

/** The two texts in front with everything, or with what matters only. */
async function changeExtent(): Promise<void> {
  const { activeTab, viewColumn } = window.tabGroups.activeTabGroup;
  const input = activeTab?.input;
  if (!(input instanceof TabInputTextDiff)) return;
  const [left, right] = [comparedOf(input.original), comparedOf(input.modified)];
  if (!left || !right) return;
  const extent = OTHER[left.extent];
  await openDiff({ ...left, extent }, { ...right, extent }, viewColumn);
}

function placeholders(document: TextDocument): Range[] {
  return [...document.getText().matchAll(PLACEHOLDER)].map(
    ({ index, 0: { length } }) => new Range(document.positionAt(index), document.positionAt(index + length)),
  );
}

/** The address says all, so that VS Code can open the text again after a reload. */
function uriOf({ uri, of, index, what, extent }: Compared): Uri {
  const path = `/${fileName(uri)} ${what === 'call' ? 'call of message' : 'message'} ${index}.sip`;
  return Uri.from({ scheme: COMPARED_SCHEME, path, query: JSON.stringify([uri.toString(), of, index, what, extent]) });
}

function comparedOf({ scheme, query }: Uri): Compared | undefined {
  if (scheme !== COMPARED_SCHEME) return undefined;
  try {
    const [uri, of, index, what, extent] = JSON.parse(query) as [
      string,
      Compared['of'],
      number,
      Compared['what'],
      Extent,
    ];
    return { uri: Uri.parse(uri, true), of, index, what, extent };
  } catch {
    return undefined;
  }
}
