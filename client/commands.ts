import {
  commands,
  type ExtensionContext,
  env,
  TabInputCustom,
  TabInputText,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { commandOf, pageActions } from '../server/view/pageActions.ts';
import { type MergeParams, type MessagePlace, SHOW_IN_LADDER } from '../server/view/protocol.ts';
import { traceOrAsk } from './detect.ts';
import { exportLadder, redactTrace } from './exporting.ts';
import { editorFor, type Ladders } from './ladders.ts';
import { openMergedLadder, showTimes } from './mergedTexts.ts';
import { orSay } from './say.ts';
import { sourceOf } from './sourceOf.ts';
import { documentOf, SHOW_TIMES, sameUri, type TraceSource, traceOf } from './trace.ts';

/** What the palette, the title bar and the menus offer. */
export function registerCommands(context: ExtensionContext, client: BaseLanguageClient, ladders: Ladders): void {
  const offered: Record<string, (uri?: Uri, selected?: readonly Uri[]) => Promise<void>> = {
    'sipLens.openLadderToSide': (uri) => openLadderToSide(ladders, uri),
    'sipLens.copyLadderAsText': (uri) => copyLadderAsText(client, ladders, uri),
    'sipLens.exportLadder': (uri) => exportChosen(client, ladders, uri),
    'sipLens.redactTrace': (uri) => withTrace(ladders, uri, (source) => redactTrace(client, source)),
    'sipLens.openLadderOfSelectedFiles': (uri, uris) => openMergedLadder(ladders, uris ?? (uri ? [uri] : [])),
    'sipLens.openMessageAsText': () => ladders.openText('message'),
    'sipLens.openCallAsText': () => ladders.openText('call'),
    'sipLens.openSample': () => openSample(context, ladders),
    'sipLens.restartServer': () => restartServer(client, ladders),
  };
  for (const [id, run] of Object.entries(offered))
    context.subscriptions.push(
      commands.registerCommand(id, (argument: unknown, selected: unknown) =>
        orSay(run(uriOf(argument), Array.isArray(selected) ? selected.filter((one) => one instanceof Uri) : undefined)),
      ),
    );
  for (const [id, { command }] of pageActions)
    if (!command) context.subscriptions.push(commands.registerCommand(commandOf(id), () => ladders.act(id)));
  const showInLadder = (place: MessagePlace) => orSay(selectInLadder(ladders, place));
  const switchTimes = (uri: Uri, times: MergeParams['times']) => orSay(showTimes(ladders, uri, times));
  context.subscriptions.push(
    commands.registerCommand(SHOW_IN_LADDER, showInLadder),
    commands.registerCommand(SHOW_TIMES, switchTimes),
  );
}

async function selectInLadder(ladders: Ladders, { uri, index }: MessagePlace): Promise<void> {
  ladders.showMessage(await documentOf(Uri.parse(uri)), index);
}

async function openLadderToSide(ladders: Ladders, uri: Uri | undefined): Promise<void> {
  const chosen = await chosenTrace(ladders, uri);
  if (chosen?.of === 'file') return showLadderEditor(chosen.uri);
  const document = chosen && (await workspace.openTextDocument(chosen.uri));
  const trace = document && (await traceOrAsk(document));
  if (!trace) return;
  const shown = window.visibleTextEditors.some((editor) => editor.document === trace);
  if (!shown) await window.showTextDocument(trace);
  ladders.openToSide(trace);
}

/** A file that is no text has nothing to stand beside. */
async function showLadderEditor(uri: Uri): Promise<void> {
  await commands.executeCommand('vscode.openWith', uri, editorFor(uri));
}

async function copyLadderAsText(client: BaseLanguageClient, ladders: Ladders, uri: Uri | undefined): Promise<void> {
  const source = await chosenTrace(ladders, uri);
  if (!source) return;
  await env.clipboard.writeText(await traceOf(client, source).export('text'));
  window.setStatusBarMessage('$(check) Ladder copied as text', 3000);
}

/** The ladder in front knows what it is filtered by; of a text all is exported. */
async function exportChosen(client: BaseLanguageClient, ladders: Ladders, uri: Uri | undefined): Promise<void> {
  const ladder = ladders.active();
  if (ladder && (!uri || sameUri(uri, ladder.uri))) ladders.act('exportLadder');
  else await withTrace(ladders, uri, (source) => exportLadder(client, source));
}

async function withTrace(
  ladders: Ladders,
  uri: Uri | undefined,
  work: (source: TraceSource) => Promise<void>,
): Promise<void> {
  const source = await chosenTrace(ladders, uri);
  if (source) await work(source);
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

/** The trace that a menu names, or the one in front: as a ladder, as text, or as what VS Code cannot show as text. */
async function chosenTrace(ladders: Ladders, uri: Uri | undefined): Promise<TraceSource | undefined> {
  const ladder = ladders.active();
  if (ladder && (!uri || sameUri(uri, ladder.uri))) return ladder;
  const active = uri ?? window.activeTextEditor?.document.uri ?? uriOfTab();
  if (active) return sourceOf(active);
  void window.showInformationMessage('SIP Lens: open a file with a SIP trace first.');
  return undefined;
}

/** The file of the tab in front, also where VS Code only says that it is too large or binary. */
export function uriOfTab(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputText || input instanceof TabInputCustom ? input.uri : undefined;
}

/** A menu of the ladder itself passes something else than a URI. */
function uriOf(argument: unknown): Uri | undefined {
  return argument instanceof Uri && argument.scheme !== 'webview-panel' ? argument : undefined;
}
