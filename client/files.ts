import { type ExtensionContext, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { READ_FILE_REQUEST } from '../server/view/protocol.ts';

/** Gives the server the text of files of the workspace, wherever that is; null for anything else. */
export function answerReadFile(context: ExtensionContext, client: BaseLanguageClient): void {
  const answer = async ({ uri }: { uri: string }) => {
    const file = Uri.joinPath(Uri.parse(uri, true), '.'); // without `..`, which would lead out of a folder
    if (!workspace.getWorkspaceFolder(file)) return null;
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(file));
    } catch {
      return null;
    }
  };
  context.subscriptions.push(client.onRequest(READ_FILE_REQUEST, answer));
}
