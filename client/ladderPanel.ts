import {
  commands,
  type Disposable,
  type ExtensionContext,
  env,
  type Position,
  type TextDocument,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { PageActionId } from '../server/view/pageActions.ts';
import type { FromPage, Scope, ShownCall, ToPage, TraceCall } from '../server/view/protocol.ts';
import { savedLanes, saveLanes } from './arrangements.ts';
import { compare } from './comparing.ts';
import { exportLadder } from './exporting.ts';
import { offerFixes } from './fixing.ts';
import { ladderHtml } from './ladderHtml.ts';
import { ladderSettings } from './ladderSettings.ts';
import { openLadderText } from './ladderTexts.ts';
import { linkTo } from './linkTo.ts';
import type { MessageSide } from './messageSide.ts';
import { MessageTextSide } from './messageTextSide.ts';
import { openMessageText } from './messageTexts.ts';
import { chooseFilter } from './savedFilters.ts';
import { orSay } from './say.ts';
import { TextSide } from './textSide.ts';
import { fileName, relay, SHOW_TIMES, type TraceSource, traceOf } from './trace.ts';

/** The kind of webview of a ladder beside a text, as VS Code keeps it over a reload. */
export const LADDER_VIEW = 'sipLens.ladder';
/** Those of the ladder as the editor of a file: that of captures, and the one that is offered for any file. */
export const CAPTURE_EDITOR = 'sipLens.ladderEditor';
export const ANY_EDITOR = 'sipLens.ladderEditorOfAny';

/** One ladder: the page on one side, the server and the text of its document on the other. */
export class LadderPanel {
  readonly source: TraceSource;
  /** Tells the message (one-based) that the reader has chosen, in the ladder or by the cursor in its text. */
  onChosen: (index: number) => void = () => {};
  private readonly context: ExtensionContext;
  private readonly client: BaseLanguageClient;
  private readonly panel: WebviewPanel;
  private readonly text: MessageSide;
  private disposed = false;
  /** The page has its rows, so that one can be selected. */
  private filled = false;
  /** The message to select once it has, and the call to show alone. */
  private wanted: { readonly index: number; readonly call: ShownCall | null } | null = null;
  /** The message that was chosen last. */
  private chosen: number | null = null;

  constructor(context: ExtensionContext, client: BaseLanguageClient, panel: WebviewPanel, source: TraceSource) {
    this.source = source;
    this.context = context;
    this.client = client;
    this.panel = panel;
    const trace = traceOf(client, source);
    const select = (index: number) => {
      this.post({ type: 'select', index });
      this.onChosen(index);
    };
    this.text = source.of === 'file' ? new MessageTextSide(source, select) : new TextSide(source.uri, trace, select);
    const received: Disposable = panel.webview.onDidReceiveMessage((message: FromPage) => void this.receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.filled = false; // a page that is hidden begins anew when it is shown
    });
    panel.onDidDispose(() => {
      this.disposed = true;
      received.dispose();
      this.text.dispose();
    });
    this.fill(context.extensionUri);
  }

  get active(): boolean {
    return this.panel.active;
  }

  show(): void {
    this.panel.reveal(undefined, true);
  }

  /** Selects a message by its one-based number, at once or when the page is there. */
  select(index: number): void {
    this.wanted = { index, call: null };
    if (this.filled && this.panel.visible) this.postWanted();
  }

  /** Shows only the messages of a call, and selects one of them here and in the text. */
  showCall(call: ShownCall, index: number): void {
    this.panel.reveal(undefined, true);
    this.wanted = { index, call };
    if (this.filled && this.panel.visible) this.postWanted();
    this.chosen = index;
    void this.text.reveal(index, false, this.panel.viewColumn).catch(() => {}); // the page says what is wrong with the trace
  }

  private postWanted(): void {
    if (!this.wanted) return;
    const { call, index } = this.wanted;
    this.post(call ? { type: 'showCall', call, index } : { type: 'select', index });
    this.wanted = null;
  }

  /** Has the page do one of its actions. */
  act(action: PageActionId): void {
    this.post({ type: 'do', action });
  }

  /** The user's settings have changed. */
  showSettings(): void {
    const { uri } = this.source;
    this.post({
      type: 'settings',
      settings: ladderSettings(uri),
      lanes: savedLanes(this.context.workspaceState, uri.toString()),
    });
  }

  changed(): void {
    this.text.forget();
    this.post({ type: 'changed' });
  }

  /** Other legs are one call now. */
  relinked(): void {
    this.post({ type: 'relinked' });
  }

  gone(message: string): void {
    this.post({ type: 'gone', message });
  }

  cursorMoved(document: TextDocument, at: Position): void {
    this.text.cursorMoved(document, at);
  }

  /** Opens the chosen message, or its call, as a text of its own. */
  async openText(what: 'message' | 'call'): Promise<void> {
    if (this.chosen === null) throw new Error('Choose a message in the ladder first.');
    await openMessageText({ ...this.source, index: this.chosen, what }, this.panel.viewColumn);
  }

  private fill(extension: Uri): void {
    const { panel } = this;
    if (panel.viewType === LADDER_VIEW) panel.title = `${fileName(this.source.uri)} ladder`;
    panel.iconPath = Uri.joinPath(extension, 'media/ladder-icon.svg');
    const roots = [Uri.joinPath(extension, 'dist/media')];
    panel.webview.options = { enableScripts: true, localResourceRoots: roots };
    panel.webview.html = ladderHtml(panel.webview, roots[0]!, this.source.uri);
  }

  private post(message: ToPage): void {
    if (!this.disposed) void this.panel.webview.postMessage(message);
  }

  private async receive(message: FromPage): Promise<void> {
    if (message.type === 'call') await this.answer(message.id, message.call);
    if (message.type === 'reveal') await this.reveal(message.index, message.focusEditor);
    if (message.type === 'openText') await this.openTextOf(message.index, message.of);
    if (message.type === 'fix') await orSay(offerFixes(this.client, this.source.uri, message));
    if (message.type === 'compare') await orSay(this.compare(message));
    if (message.type === 'times') await commands.executeCommand(SHOW_TIMES, this.source.uri, message.times);
    if (message.type === 'goToLine') await this.text.goToLine?.(message.line);
    if (message.type === 'lanes')
      await saveLanes(this.context.workspaceState, this.source.uri.toString(), message.lanes);
    if (message.type === 'copy') await copy(message.text);
    if (message.type === 'export') await orSay(exportLadder(this.client, this.source, message));
    if (message.type === 'ladderText') await orSay(openLadderText(this.source, message.scope, this.panel.viewColumn));
    if (message.type === 'copyLink') await copy(linkTo(this.source.uri, message.index));
    if (message.type === 'savedFilters') await this.chooseFilter(message.scope);
  }

  private async chooseFilter(current: Scope | null): Promise<void> {
    const scope = await chooseFilter(this.context, current);
    this.panel.reveal();
    if (scope) this.post({ type: 'filter', scope });
  }

  private async answer(id: number, call: TraceCall): Promise<void> {
    if (call.method === 'summary') this.showSettings(); // known before anything is drawn
    this.post(await relay(this.client, this.source, id, call));
    if (call.method !== 'summary') return;
    this.filled = true;
    this.postWanted();
  }

  private async openTextOf(index: number, of: 'message' | 'call'): Promise<void> {
    this.chosen = index;
    await orSay(this.openText(of));
  }

  private async compare({ left, right, of }: FromPage & { type: 'compare' }): Promise<void> {
    const beside = this.panel.viewColumn === ViewColumn.One ? ViewColumn.Two : ViewColumn.One;
    await compare(this.source, [left, right], of, beside);
  }

  private async reveal(index: number, focusEditor: boolean): Promise<void> {
    this.chosen = index;
    this.onChosen(index);
    await orSay(this.text.reveal(index, focusEditor, this.panel.viewColumn));
  }
}

async function copy(text: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage('$(check) Copied', 2000);
}
