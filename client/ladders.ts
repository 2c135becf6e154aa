import {
  type CustomReadonlyEditorProvider,
  commands,
  type Event,
  EventEmitter,
  type ExtensionContext,
  type TextDocument,
  type TextEditorSelectionChangeEvent,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { PageActionId } from '../server/view/pageActions.ts';
import type { ShownCall } from '../server/view/protocol.ts';
import { registerComparing } from './comparing.ts';
import { ANY_EDITOR, CAPTURE_EDITOR, LADDER_VIEW, LadderPanel } from './ladderPanel.ts';
import { LADDER_SETTINGS } from './ladderSettings.ts';
import { provideLadderTexts } from './ladderTexts.ts';
import { provideMessageTexts } from './messageTexts.ts';
import { isCapture, sourceOf } from './sourceOf.ts';
import {
  asDocument,
  closeFile,
  documentOf,
  fileName,
  openDocument,
  readAsTrace,
  sameUri,
  type TraceSource,
} from './trace.ts';

/** A message (one-based) that was chosen in a ladder. */
export interface ChosenMessage {
  readonly source: TraceSource;
  readonly index: number;
}

/** The ladders on screen, one a document. */
export interface Ladders {
  /** Another ladder has the focus, or one is no longer there. */
  readonly onDidChange: Event<void>;
  readonly onDidChoose: Event<ChosenMessage>;
  /** Whether there is a ladder of the trace. */
  has(source: TraceSource): boolean;
  /** Shows only the messages of a call in a ladder, and selects one (one-based). Opens the ladder where there is none. */
  showCall(source: TraceSource, call: ShownCall, index: number): Promise<void>;
  /** Opens the document's ladder beside its text, or brings it to the front. */
  openToSide(document: TextDocument): void;
  /** Opens the document's ladder where there is none, and selects a message by its one-based number. */
  showMessage(document: TextDocument, index: number): void;
  /** Selects a message (one-based) in the ladder of a trace, which is opened where there is none. */
  select(source: TraceSource, index: number): Promise<void>;
  /** What the ladder that has the focus shows. */
  active(): TraceSource | undefined;
  /** What the ladder shows that was opened last, of those that are there. */
  newest(): TraceSource | undefined;
  /** Opens the message that is chosen in the ladder with the focus, or its call, as a text of its own. */
  openText(what: 'message' | 'call'): Promise<void>;
  /** Has the ladder with the focus do one of its actions. */
  act(action: PageActionId): void;
  /** Makes every ladder ask again. */
  refresh(): void;
  /** Tells the ladders of a trace that other legs are one call now. */
  relinked(uri: Uri): void;
}

/** Opens, restores and feeds the ladders. */
export function registerLadders(context: ExtensionContext, client: BaseLanguageClient, changes: Event<Uri>): Ladders {
  const panels = new Set<LadderPanel>();
  const changed = new EventEmitter<void>();
  const chosen = new EventEmitter<ChosenMessage>();
  context.subscriptions.push(changed, chosen);
  const of = (uri: Uri) => [...panels].filter((ladder) => sameUri(ladder.source.uri, uri));
  const adopt = (panel: WebviewPanel, source: TraceSource) => {
    const ladder = new LadderPanel(context, client, panel, source);
    panels.add(ladder);
    ladder.onChosen = (index) => chosen.fire({ source, index });
    panel.onDidChangeViewState(() => changed.fire());
    changed.fire();
    panel.onDidDispose(() => {
      panels.delete(ladder);
      changed.fire();
      if (source.of === 'file' && of(source.uri).length === 0) void closeFile(client, source.uri);
    });
    return ladder;
  };
  const open = ({ uri }: TextDocument) => {
    const ladder = of(uri).find(({ source }) => source.of === 'document');
    ladder?.show();
    return ladder ?? adopt(newPanel(uri), asDocument(uri));
  };
  const active = () => [...panels].find((ladder) => ladder.active);
  feed(context, changes, panels, of);
  restore(context, adopt);
  registerLadderEditor(context, adopt);
  const isShown = (uri: Uri) => of(uri).length > 0;
  provideLadderTexts(context, client, isShown);
  provideMessageTexts(context, client, isShown);
  registerComparing(context, client, isShown);
  const ladderOf = async (source: TraceSource) => {
    if (source.of === 'document') return open(await documentOf(source.uri));
    const there = () => of(source.uri).find((ladder) => ladder.source.of === 'file');
    if (!there()) await commands.executeCommand('vscode.openWith', source.uri, editorFor(source.uri));
    return there();
  };
  return {
    onDidChange: changed.event,
    onDidChoose: chosen.event,
    has: (source) => of(source.uri).some((ladder) => ladder.source.of === source.of),
    showCall: async (source, call, index) => (await ladderOf(source))?.showCall(call, index),
    select: async (source, index) => (await ladderOf(source))?.select(index),
    openToSide: (document) => void open(document),
    showMessage: (document, index) => open(document).select(index),
    active: () => active()?.source,
    newest: () => [...panels].at(-1)?.source,
    async openText(what) {
      const ladder = active();
      if (!ladder) throw new Error('Choose a message in a ladder first.');
      await ladder.openText(what);
    },
    act: (action) => active()?.act(action),
    refresh: () => {
      for (const ladder of panels) ladder.changed();
    },
    relinked: (uri) => {
      for (const ladder of of(uri)) ladder.relinked();
    },
  };
}

/** The kind of editor in which a file that is no document shows its ladder. */
export function editorFor(uri: Uri): string {
  return isCapture(uri) ? CAPTURE_EDITOR : ANY_EDITOR;
}

function newPanel(uri: Uri): WebviewPanel {
  const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
  return window.createWebviewPanel(LADDER_VIEW, `${fileName(uri)} ladder`, place);
}

type PanelsOf = (uri: Uri) => LadderPanel[];

function feed(context: ExtensionContext, changes: Event<Uri>, panels: ReadonlySet<LadderPanel>, of: PanelsOf): void {
  const changed = (uri: Uri) => {
    for (const ladder of of(uri)) ladder.changed();
  };
  context.subscriptions.push(
    changes(changed),
    window.onDidChangeTextEditorSelection((event) => follow(event, panels)),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(LADDER_SETTINGS)) return;
      for (const ladder of panels) ladder.showSettings();
    }),
    workspace.onDidOpenTextDocument((document) => changed(document.uri)),
    workspace.onDidCloseTextDocument((document) => {
      if (of(document.uri).length > 0) setTimeout(() => tellIfGone(document.uri, of), 300);
    }),
  );
}

function follow({ selections, textEditor }: TextEditorSelectionChangeEvent, panels: ReadonlySet<LadderPanel>): void {
  const at = selections[0]?.active;
  if (at) for (const ladder of panels) ladder.cursorMoved(textEditor.document, at);
}

/** A change of language closes a document and opens it again, hence the wait before this. */
async function tellIfGone(uri: Uri, of: PanelsOf): Promise<void> {
  if (openDocument(uri) || (await exists(uri))) return;
  for (const ladder of of(uri))
    ladder.gone(`${fileName(uri)} has been closed or deleted. Its ladder is shown as it was.`);
}

async function exists(uri: Uri): Promise<boolean> {
  if (uri.scheme === 'untitled') return false;
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

type Adopt = (panel: WebviewPanel, source: TraceSource) => unknown;

function restore(context: ExtensionContext, adopt: Adopt): void {
  const serializer = {
    async deserializeWebviewPanel(panel: WebviewPanel, state: unknown) {
      const uri = uriOf(state);
      if (!uri) return panel.dispose();
      // The text may be there again already, in the language that its name tells. What is wrong with it, the page will say.
      await documentOf(uri).then(readAsTrace, () => {});
      adopt(panel, asDocument(uri));
    },
  };
  context.subscriptions.push(window.registerWebviewPanelSerializer(LADDER_VIEW, serializer));
}

/** The ladder as the editor of files that are no text, or too large for one. */
function registerLadderEditor(context: ExtensionContext, adopt: Adopt): void {
  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose() {} }),
    resolveCustomEditor: async ({ uri }, panel) => void adopt(panel, await sourceOf(uri)),
  };
  for (const editor of [CAPTURE_EDITOR, ANY_EDITOR])
    context.subscriptions.push(window.registerCustomEditorProvider(editor, provider));
}

function uriOf(state: unknown): Uri | undefined {
  const uri = (state as { uri?: unknown } | null | undefined)?.uri;
  return typeof uri === 'string' && uri !== '' ? Uri.parse(uri) : undefined;
}
