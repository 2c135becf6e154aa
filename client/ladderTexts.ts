import { EventEmitter, type ExtensionContext, Uri, ViewColumn, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Scope } from '../server/view/protocol.ts';
import { closeFile, fileName, type TraceSource, traceOf } from './trace.ts';

/** The scheme of ladders as texts; they cannot be written to. */
const LADDER_TEXT_SCHEME = 'sip-lens-ladder';

const outdated = new EventEmitter<Uri>();

/** Gives VS Code the ladders that are read as texts. `isShown` tells whether a ladder shows the trace. */
export function provideLadderTexts(
  context: ExtensionContext,
  client: BaseLanguageClient,
  isShown: (uri: Uri) => boolean,
): void {
  const provideTextDocumentContent = async ({ query }: Uri) => {
    const [address, of, scope] = JSON.parse(query) as [string, TraceSource['of'], Scope | null];
    const uri = Uri.parse(address, true);
    const { content } = await traceOf(client, { uri, of }).file('text', null, scope);
    if (of === 'file' && !isShown(uri)) await closeFile(client, uri);
    return content;
  };
  const provider = { provideTextDocumentContent, onDidChange: outdated.event };
  context.subscriptions.push(outdated, workspace.registerTextDocumentContentProvider(LADDER_TEXT_SCHEME, provider));
}

/** Opens what is shown of a ladder (null: all of it) as text, beside the ladder: for screen readers, and for VS Code's own search. */
export async function openLadderText(
  { uri, of }: TraceSource,
  scope: Scope | null,
  ladder?: ViewColumn,
): Promise<void> {
  const query = JSON.stringify([uri.toString(), of, scope]);
  const address = Uri.from({ scheme: LADDER_TEXT_SCHEME, path: `/${fileName(uri)} ladder.txt`, query });
  const isOpen = workspace.textDocuments.some((document) => document.uri.toString() === address.toString());
  if (isOpen) outdated.fire(address); // the trace may have changed since
  const viewColumn = ladder === ViewColumn.One ? ViewColumn.Two : ViewColumn.One;
  await window.showTextDocument(await workspace.openTextDocument(address), { viewColumn, preview: true });
}
