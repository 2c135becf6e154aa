import { type Disposable, type ExtensionContext, env, type Position, Uri, type WebviewPanel, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { FromPage, ToPage, TraceApi, TraceCall } from '../server/view/protocol.ts';
import { ladderHtml } from './ladderHtml.ts';
import { TextSide } from './textSide.ts';
import { fileName, messageOf, relay, traceOf } from './trace.ts';

/** The kind of webview, as VS Code keeps it over a reload. */
export const LADDER_VIEW = 'sipLens.ladder';

/** One ladder: the page on one side, the server and the text of its document on the other. */
export class LadderPanel {
  readonly uri: Uri;
  private readonly client: BaseLanguageClient;
  private readonly panel: WebviewPanel;
  private readonly trace: TraceApi;
  private readonly text: TextSide;
  private disposed = false;
  /** The page has its rows, so that one can be selected. */
  private filled = false;
  /** The message to select once it has. */
  private wanted: number | null = null;

  constructor(context: ExtensionContext, client: BaseLanguageClient, panel: WebviewPanel, uri: Uri) {
    this.uri = uri;
    this.client = client;
    this.panel = panel;
    this.trace = traceOf(client, uri);
    this.text = new TextSide(uri, this.trace, (index) => this.post({ type: 'select', index }));
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
    if (this.filled && this.panel.visible) this.post({ type: 'select', index });
    else this.wanted = index;
  }

  changed(): void {
    this.text.forget();
    this.post({ type: 'changed' });
  }

  gone(message: string): void {
    this.post({ type: 'gone', message });
  }

  cursorMoved(at: Position): void {
    this.text.cursorMoved(at);
  }

  private fill(extension: Uri): void {
    const { panel } = this;
    panel.title = `${fileName(this.uri)} ladder`;
    panel.iconPath = Uri.joinPath(extension, 'media/ladder-icon.svg');
    const roots = [Uri.joinPath(extension, 'dist/media')];
    panel.webview.options = { enableScripts: true, localResourceRoots: roots };
    panel.webview.html = ladderHtml(panel.webview, roots[0]!, this.uri);
  }

  private post(message: ToPage): void {
    if (!this.disposed) void this.panel.webview.postMessage(message);
  }

  private async receive(message: FromPage): Promise<void> {
    if (message.type === 'call') await this.answer(message.id, message.call);
    if (message.type === 'reveal') await this.reveal(message.index, message.focusEditor);
    if (message.type === 'copy') await copy(message.text);
  }

  private async answer(id: number, call: TraceCall): Promise<void> {
    this.post(await relay(this.client, this.uri, id, call));
    if (call.method !== 'summary') return;
    this.filled = true;
    if (this.wanted !== null) this.post({ type: 'select', index: this.wanted });
    this.wanted = null;
  }

  private async reveal(index: number, focusEditor: boolean): Promise<void> {
    try {
      await this.text.reveal(index, focusEditor);
    } catch (error) {
      void window.showErrorMessage(`SIP Lens: ${messageOf(error)}`);
    }
  }
}

async function copy(text: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage('$(check) Copied', 2000);
}
