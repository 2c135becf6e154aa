import {
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
import { LADDER_VIEW, LadderPanel } from './ladderPanel.ts';
import { fileName, openDocument, sameUri } from './trace.ts';

/** The ladders on screen, one a document. */
export interface Ladders {
  /** Opens the document's ladder beside its text, or brings it to the front. */
  openToSide(document: TextDocument): void;
  /** Opens the document's ladder where there is none, and selects a message by its one-based number. */
  showMessage(document: TextDocument, index: number): void;
  /** The document whose ladder has the focus. */
  active(): Uri | undefined;
  /** Makes every ladder ask again. */
  refresh(): void;
}

/** Opens, restores and feeds the ladders. */
export function registerLadders(context: ExtensionContext, client: BaseLanguageClient, changes: Event<Uri>): Ladders {
  const panels = new Set<LadderPanel>();
  const adopt = (panel: WebviewPanel, uri: Uri) => {
    const ladder = new LadderPanel(context, client, panel, uri);
    panels.add(ladder);
    panel.onDidDispose(() => panels.delete(ladder));
    return ladder;
  };
  const of = (uri: Uri) => [...panels].filter((ladder) => sameUri(ladder.uri, uri));
  const open = ({ uri }: TextDocument) => {
    const [ladder] = of(uri);
    ladder?.show();
    return ladder ?? adopt(newPanel(uri), uri);
  };
  feed(context, changes, of);
  restore(context, adopt);
  return {
    openToSide: (document) => void open(document),
    showMessage: (document, index) => open(document).select(index),
    active: () => [...panels].find((ladder) => ladder.active)?.uri,
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

function feed(context: ExtensionContext, changes: Event<Uri>, of: PanelsOf): void {
  const changed = (uri: Uri) => {
    for (const ladder of of(uri)) ladder.changed();
  };
  context.subscriptions.push(
    changes(changed),
    window.onDidChangeTextEditorSelection((event) => follow(event, of)),
    workspace.onDidOpenTextDocument((document) => changed(document.uri)),
    workspace.onDidCloseTextDocument((document) => {
      if (of(document.uri).length > 0) setTimeout(() => tellIfGone(document.uri, of), 300);
    }),
  );
}

function follow(event: TextEditorSelectionChangeEvent, of: PanelsOf): void {
  const at = event.selections[0]?.active;
  if (at) for (const ladder of of(event.textEditor.document.uri)) ladder.cursorMoved(at);
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

function restore(context: ExtensionContext, adopt: (panel: WebviewPanel, uri: Uri) => unknown): void {
  const serializer = {
    async deserializeWebviewPanel(panel: WebviewPanel, state: unknown) {
      const uri = uriOf(state);
      if (uri) adopt(panel, uri);
      else panel.dispose();
    },
  };
  context.subscriptions.push(window.registerWebviewPanelSerializer(LADDER_VIEW, serializer));
}

function uriOf(state: unknown): Uri | undefined {
  const uri = (state as { uri?: unknown } | null | undefined)?.uri;
  return typeof uri === 'string' && uri !== '' ? Uri.parse(uri) : undefined;
}
