import { type CodeAction, commands, Range, type Uri, window, workspace } from 'vscode';
import type { SourceRange } from '../server/view/protocol.ts';
import { documentOf, messageOf } from './trace.ts';

/** Offers what mends a problem of a document, as the light bulb in its text does, and does what is chosen. */
export async function offerFixes(uri: Uri, { start, end }: SourceRange, rule: string): Promise<void> {
  try {
    const document = await documentOf(uri);
    const range = new Range(start.line, start.character, end.line, end.character);
    const all = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
    const actions = all.filter((action) => concerns(action, rule) && !action.disabled);
    const items = actions.map((action) => ({ label: action.title, action }));
    if (items.length === 0) void window.showInformationMessage(`SIP Lens: no fix is known for ${rule}.`);
    const chosen = items.length > 0 && (await window.showQuickPick(items, { placeHolder: `Quick fixes for ${rule}` }));
    if (chosen) await take(chosen.action);
  } catch (error) {
    void window.showErrorMessage(`SIP Lens: ${messageOf(error)}`);
  }
}

/** Whether an action says that it is for a problem of this rule. */
function concerns({ diagnostics }: CodeAction, rule: string): boolean {
  return (diagnostics ?? []).some(({ code }) => (typeof code === 'object' ? code.value : code) === rule);
}

async function take({ edit, command }: CodeAction): Promise<void> {
  if (edit) await workspace.applyEdit(edit);
  if (command) await commands.executeCommand(command.command, ...(command.arguments ?? []));
}
