import { commands, type ExtensionContext, env, type TextDocument, Uri, ViewColumn, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type MessagePlace, SHOW_IN_LADDER } from '../server/view/protocol.ts';
import { traceOrAsk } from './detect.ts';
import type { Ladders } from './ladders.ts';
import { documentOf, messageOf, traceOf } from './trace.ts';

/** What the palette, the title bar and the menus offer. */
export function registerCommands(context: ExtensionContext, client: BaseLanguageClient, ladders: Ladders): void {
  const offered: Record<string, (uri?: Uri) => Promise<void>> = {
    'sipLens.openLadderToSide': (uri) => openLadderToSide(ladders, uri),
    'sipLens.copyLadderAsText': (uri) => copyLadderAsText(client, ladders, uri),
    'sipLens.exportLadder': (uri) => exportLadder(client, ladders, uri),
    'sipLens.openSample': () => openSample(context, ladders),
    'sipLens.restartServer': () => restartServer(client, ladders),
  };
  for (const [id, run] of Object.entries(offered))
    context.subscriptions.push(commands.registerCommand(id, (argument: unknown) => orSay(run(uriOf(argument)))));
  const showInLadder = (place: MessagePlace) => orSay(selectInLadder(ladders, place));
  context.subscriptions.push(commands.registerCommand(SHOW_IN_LADDER, showInLadder));
}

async function selectInLadder(ladders: Ladders, { uri, index }: MessagePlace): Promise<void> {
  ladders.showMessage(await documentOf(Uri.parse(uri)), index);
}

async function openLadderToSide(ladders: Ladders, uri: Uri | undefined): Promise<void> {
  const document = await chosen(ladders, uri);
  const trace = document && (await traceOrAsk(document));
  if (!trace) return;
  const shown = window.visibleTextEditors.some((editor) => editor.document === trace);
  if (!shown) await window.showTextDocument(trace);
  ladders.openToSide(trace);
}

async function copyLadderAsText(client: BaseLanguageClient, ladders: Ladders, uri: Uri | undefined): Promise<void> {
  const document = await chosen(ladders, uri);
  if (!document) return;
  await env.clipboard.writeText(await traceOf(client, document.uri).export('text'));
  window.setStatusBarMessage('$(check) Ladder copied as text', 3000);
}

const EXPORTS = [
  { label: 'Text', description: 'for a ticket or a mail', format: 'text', language: 'plaintext' },
  { label: 'Mermaid', description: 'for a page of Markdown', format: 'mermaid', language: 'plaintext' },
  { label: 'SVG', description: 'a picture with selectable text', format: 'svg', language: 'xml' },
] as const;

async function exportLadder(client: BaseLanguageClient, ladders: Ladders, uri: Uri | undefined): Promise<void> {
  const document = await chosen(ladders, uri);
  const choice = document && (await window.showQuickPick(EXPORTS, { placeHolder: 'Export the ladder as' }));
  if (!choice) return;
  const content = await traceOf(client, document.uri).export(choice.format);
  await window.showTextDocument(await workspace.openTextDocument({ content, language: choice.language }));
}

async function openSample(context: ExtensionContext, ladders: Ladders): Promise<void> {
  const sample = Uri.joinPath(context.extensionUri, 'samples/eject-user.sip');
  const { document } = await window.showTextDocument(await documentOf(sample), { viewColumn: ViewColumn.One });
  ladders.openToSide(document);
}

async function restartServer(client: BaseLanguageClient, ladders: Ladders): Promise<void> {
  if (client.needsStop()) await client.stop();
  await client.start();
  ladders.refresh();
}

/** The document that a menu names, or the one in front: as a ladder, or as text. */
async function chosen(ladders: Ladders, uri: Uri | undefined): Promise<TextDocument | undefined> {
  const active = uri ?? ladders.active() ?? window.activeTextEditor?.document.uri;
  if (active) return workspace.openTextDocument(active);
  void window.showInformationMessage('SIP Lens: open a file with a SIP trace first.');
  return undefined;
}

/** A menu of the ladder itself passes something else than a URI. */
function uriOf(argument: unknown): Uri | undefined {
  return argument instanceof Uri && argument.scheme !== 'webview-panel' ? argument : undefined;
}

async function orSay(done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    void window.showErrorMessage(`SIP Lens: ${messageOf(error)}`);
  }
}
