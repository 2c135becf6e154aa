import {
  type Position,
  Range,
  Selection,
  type TextDocument,
  type TextEditor,
  type TextEditorDecorationType,
  type Uri,
  ViewColumn,
  window,
} from 'vscode';
import type { SourceRange, TraceApi } from '../server/view/protocol.ts';
import { bringIntoView, type MessageSide, messageHighlight } from './messageSide.ts';
import { documentOf, sameUri } from './trace.ts';

const CURSOR_RESTS_MS = 30;

/** Keeps the text beside a ladder in step with it: an arrow shows its message, the cursor selects its arrow. */
export class TextSide implements MessageSide {
  private readonly uri: Uri;
  private readonly trace: TraceApi;
  private readonly select: (index: number) => void;
  private readonly highlight: TextEditorDecorationType = messageHighlight();
  private shown: number | null = null;
  /** Where the ladder has put the cursor, as far as VS Code has not told of a later place: its coming there is no move of the user. */
  private placed: Position[] = [];
  private latest = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(uri: Uri, trace: TraceApi, select: (index: number) => void) {
    this.uri = uri;
    this.trace = trace;
    this.select = select;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.latest++;
    this.highlight.dispose();
  }

  /** After an edit the numbers of messages may mean others. */
  forget(): void {
    this.shown = null;
  }

  /** Shows a message in the text. Only with `focusEditor` is a text opened that is not on screen. */
  async reveal(index: number, focusEditor: boolean): Promise<void> {
    clearTimeout(this.timer);
    const turn = ++this.latest;
    const range = toRange(await this.trace.range(index));
    if (turn !== this.latest) return;
    const editor = focusEditor ? await this.focused() : this.visible();
    if (!editor || turn !== this.latest) return;
    this.shown = index;
    this.placed.push(range.start);
    editor.selection = new Selection(range.start, range.start);
    bringIntoView(editor, range);
    editor.setDecorations(this.highlight, [range]);
  }

  async goToLine(line: number): Promise<void> {
    const editor = await this.focused();
    const range = editor.document.validateRange(new Range(line, 0, line, 0));
    editor.selection = new Selection(range.start, range.start);
    bringIntoView(editor, range);
  }

  /** The user has moved the cursor: once it rests, its arrow is selected. */
  cursorMoved(document: TextDocument, at: Position): void {
    if (!sameUri(document.uri, this.uri)) return;
    const told = this.placed.findIndex((position) => position.isEqual(at));
    this.placed = told < 0 ? [] : this.placed.slice(told);
    if (told >= 0) return;
    clearTimeout(this.timer);
    const turn = ++this.latest;
    this.timer = setTimeout(() => void this.selectAt(at, turn), CURSOR_RESTS_MS);
  }

  private async selectAt(at: Position, turn: number): Promise<void> {
    try {
      const index = await this.trace.messageAt(at.line, at.character);
      if (turn !== this.latest || index === null || index === this.shown) return;
      this.shown = index;
      this.select(index);
      const range = toRange(await this.trace.range(index));
      if (turn === this.latest) this.visible()?.setDecorations(this.highlight, [range]);
    } catch {
      // The page says what is wrong with the trace; a cursor that moves is no occasion to say it again.
    }
  }

  private visible(): TextEditor | undefined {
    return window.visibleTextEditors.find((editor) => sameUri(editor.document.uri, this.uri));
  }

  private async focused(): Promise<TextEditor> {
    const viewColumn = this.visible()?.viewColumn ?? ViewColumn.One;
    return window.showTextDocument(await documentOf(this.uri), { viewColumn, preserveFocus: false });
  }
}

/** Without the line that a range ending at column 0 does not reach into. */
function toRange({ start, end }: SourceRange): Range {
  const within = end.character === 0 && end.line > start.line;
  return within
    ? new Range(start.line, start.character, end.line - 1, Number.MAX_SAFE_INTEGER)
    : new Range(start.line, start.character, end.line, end.character);
}
