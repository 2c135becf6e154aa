import {
  type Position,
  Range,
  type TextDocument,
  type TextEditor,
  type TextEditorDecorationType,
  TextEditorRevealType,
  ThemeColor,
  type ViewColumn,
  window,
} from 'vscode';

/** What keeps the texts beside a ladder in step with it. */
export interface MessageSide {
  /**
   * Shows a message (one-based) in a text. Only with `focusEditor` is a text opened that is not on screen.
   * @param ladder the column of the ladder
   */
  reveal(index: number, focusEditor: boolean, ladder: ViewColumn | undefined): Promise<void>;
  /** Shows a line (zero-based) of the source, where that is a text. */
  goToLine?(line: number): Promise<void>;
  /** The user has moved the cursor in some document. */
  cursorMoved(document: TextDocument, at: Position): void;
  /** The numbers of messages may mean others now. */
  forget(): void;
  dispose(): void;
}

/** A bar beside the lines as well as the tint, because high contrast themes have no tint. */
export function messageHighlight(): TextEditorDecorationType {
  return window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.rangeHighlightBackground'),
    borderColor: new ThemeColor('focusBorder'),
    borderStyle: 'solid',
    borderWidth: '0 0 0 2px',
    overviewRulerColor: new ThemeColor('editorOverviewRuler.rangeHighlightForeground'),
  });
}

/** Scrolls to the range where none of it can be seen whole. */
export function bringIntoView(editor: TextEditor, range: Range): void {
  if (editor.visibleRanges.some((visible) => visible.contains(range))) return;
  const above = new Range(Math.max(0, range.start.line - 2), 0, range.end.line, 0);
  editor.revealRange(above, TextEditorRevealType.AtTop);
}
