import { CodeAction, commands, type Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { FromPage } from '../server/view/protocol.ts';
import { documentOf, fileName } from './trace.ts';

type Fault = Pick<FromPage & { type: 'fix' }, 'range' | 'rule' | 'message'>;

/** Offers what mends a problem of a document, as the light bulb in its text does, and does what is chosen. */
export async function offerFixes(client: BaseLanguageClient, uri: Uri, fault: Fault): Promise<void> {
  await documentOf(uri);
  const actions = await fixesOf(client, uri, fault);
  if (actions.length === 0) {
    void window.showInformationMessage(`SIP Lens: no fix is known for ${fault.rule}.`);
    return;
  }
  const items = actions.map((action) => ({ label: action.title, action }));
  const chosen = await window.showQuickPick(items, { placeHolder: `Quick fixes for ${fault.rule}` });
  if (!chosen) return;
  const { edit, command } = chosen.action;
  if (edit && !(await workspace.applyEdit(edit))) throw new Error(`${fileName(uri)} cannot be changed.`);
  if (command) await commands.executeCommand(command.command, ...(command.arguments ?? []));
}

/** Asks the server itself: what VS Code gives extensions does not say which problem an action is for. */
async function fixesOf(client: BaseLanguageClient, uri: Uri, { range, rule, message }: Fault): Promise<CodeAction[]> {
  const textDocument = { uri: client.code2ProtocolConverter.asUri(uri) };
  const context = { diagnostics: [{ range, code: rule, message }], only: ['quickfix'] };
  const found: Parameters<typeof client.protocol2CodeConverter.asCodeActionResult>[0] | null = await client.sendRequest(
    'textDocument/codeAction',
    { textDocument, range, context },
  );
  const actions = await client.protocol2CodeConverter.asCodeActionResult(found ?? []);
  return actions.filter((one) => one instanceof CodeAction).filter((one) => isFor(one, rule));
}

function isFor({ diagnostics }: CodeAction, rule: string): boolean {
  return (diagnostics ?? []).some(({ code }) => (typeof code === 'object' ? code.value : code) === rule);
}
