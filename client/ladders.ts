import {
  type CustomReadonlyEditorProvider,
  type Event,
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
import { registerComparing } from './comparing.ts';
import { ANY_EDITOR, CAPTURE_EDITOR, LADDER_VIEW, LadderPanel } from './ladderPanel.ts';
import { LADDER_SETTINGS } from './ladderSettings.ts';
import { provideMessageTexts } from './messageTexts.ts';
import { sourceOf } from './sourceOf.ts';
import { asDocument, closeFile, fileName, openDocument, sameUri, type TraceSource } from './trace.ts';

/** The ladders on screen, one a document. */
export interface Ladders {
  /** Opens the document's ladder beside its text, or brings it to the front. */
  openToSide(document: TextDocument): void;
  /** Opens the document's ladder where there is none, and selects a message by its one-based number. */
  showMessage(document: TextDocument, index: number): void;
  /** What the ladder that has the focus shows. */
  active(): TraceSource | undefined;
  /** Opens the message that is chosen in the ladder with the focus, or its call, as a text of its own. */
  openText(what: 'message' | 'call'): Promise<void>;
  /** Has the ladder with the focus do one of its actions. */
  act(action: PageActionId): void;
  /** Makes every ladder ask again. */
  refresh(): void;
}

/** Opens, restores and feeds the ladders. */
export function registerLadders(context: ExtensionContext, client: BaseLanguageClient, changes: Event<Uri>): Ladders {
  const panels = new Set<LadderPanel>();
  const of = (uri: Uri) => [...panels].filter((ladder) => sameUri(ladder.source.uri, uri));
  const adopt = (panel: WebviewPanel, source: TraceSource) => {
    const ladder = new LadderPanel(context, client, panel, source);
    panels.add(ladder);
    panel.onDidDispose(() => {
      panels.delete(ladder);
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
  provideMessageTexts(context, client, isShown);
  registerComparing(context, client, isShown);
  return {
    openToSide: (document) => void open(document),
    showMessage: (document, index) => open(document).select(index),
    active: () => active()?.source,
    async openText(what) {
      const ladder = active();
      if (!ladder) throw new Error('Choose a message in a ladder first.');
      await ladder.openText(what);
    },
    act: (action) => active()?.act(action),
    refresh: () => {
      for (const ladder of panels) ladder.changed();
    },
  };
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
      if (uri) adopt(panel, asDocument(uri));
      else panel.dispose();
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
