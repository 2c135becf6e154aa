import { commands, type ExtensionContext, TabInputWebview, type TextEditor, window } from 'vscode';
import { LADDER_VIEW } from './ladderPanel.ts';

/** Opens the ladder of the first text on screen, as `npm start` wants it. A reload of the window restores it by itself. */
export function openLadderOnStart({ subscriptions }: ExtensionContext): void {
  if (hasLadder()) return;
  const open = (editor: TextEditor | undefined) => {
    if (!editor) return;
    waiting.dispose();
    void commands.executeCommand('sipLens.openLadderToSide', editor.document.uri);
  };
  const waiting = window.onDidChangeActiveTextEditor(open);
  subscriptions.push(waiting);
  open(window.activeTextEditor);
}

function hasLadder(): boolean {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(LADDER_VIEW));
}
