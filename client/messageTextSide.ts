import {
  type Position,
  Range,
  Selection,
  type TextDocument,
  type TextEditor,
  type TextEditorDecorationType,
  type ViewColumn,
  window,
  workspace,
} from 'vscode';
import { bringIntoView, type MessageSide, messageHighlight } from './messageSide.ts';
import { messageTextOf, messageTextsOf, openMessageText, placesIn, uriOf } from './messageTexts.ts';
import { sameUri, type TraceSource } from './trace.ts';

/** Keeps the texts of single messages and calls in step with the ladder of a file that is no document. */
export class MessageTextSide implements MessageSide {
  private readonly source: TraceSource;
  private readonly select: (index: number) => void;
  private readonly highlight: TextEditorDecorationType = messageHighlight();
  private shown: number | null = null;
  private latest = 0;

  constructor(source: TraceSource, select: (index: number) => void) {
    this.source = source;
    this.select = select;
  }

  dispose(): void {
    this.latest++;
    this.highlight.dispose();
  }

  forget(): void {}

  /** A call on screen shows its own messages; else a text with a single message changes to another one. */
  async reveal(index: number, focusEditor: boolean, ladder: ViewColumn | undefined): Promise<void> {
    const turn = ++this.latest;
    const editor = this.holding(index) ?? (await this.opened(index, focusEditor, ladder));
    if (!editor || turn !== this.latest) return;
    this.shown = index;
    this.mark(editor, index, true);
    if (focusEditor) await window.showTextDocument(editor.document, editor.viewColumn);
  }

  cursorMoved(document: TextDocument, at: Position): void {
    const of = messageTextOf(document.uri);
    if (!of || !sameUri(of.uri, this.source.uri)) return;
    const index = placesIn(document).findLast(({ from }) => from <= at.line)?.index;
    if (index === undefined || index === this.shown) return;
    this.shown = index;
    this.select(index);
    for (const editor of messageTextsOf(this.source.uri))
      if (editor.document === document) this.mark(editor, index, false);
  }

  private holding(index: number): TextEditor | undefined {
    return messageTextsOf(this.source.uri).find(({ document }) =>
      placesIn(document).some((place) => place.index === index),
    );
  }

  private async opened(
    index: number,
    focusEditor: boolean,
    ladder: ViewColumn | undefined,
  ): Promise<TextEditor | undefined> {
    const of = { ...this.source, index, what: 'message' } as const;
    if (focusEditor) return openMessageText(of, ladder);
    const there = messageTextsOf(this.source.uri).find(
      ({ document }) => messageTextOf(document.uri)?.what === 'message',
    );
    if (!there) return undefined;
    const place = { viewColumn: there.viewColumn, preserveFocus: true, preview: true };
    return window.showTextDocument(await workspace.openTextDocument(uriOf(of)), {
      ...place,
      viewColumn: there.viewColumn!,
    });
  }

  private mark(editor: TextEditor, index: number, move: boolean): void {
    const place = placesIn(editor.document).find((one) => one.index === index);
    if (!place) return;
    const range = new Range(place.from, 0, Math.max(place.from, place.to - 1), Number.MAX_SAFE_INTEGER);
    if (move) {
      editor.selection = new Selection(range.start, range.start);
      bringIntoView(editor, range);
    }
    editor.setDecorations(this.highlight, [range]);
  }
}
