import type { Connection, InitializeParams } from 'vscode-languageserver';
import { READ_FILE_REQUEST } from '../view/protocol.ts';

/** An editor that does not give a file within this time does not have it. */
const PATIENCE_MS = 10_000;

/** The URIs of the workspace's folders, without a slash at their end. */
export function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return folders.map((uri) => uri.replace(/\/+$/, ''));
}

/** The text of a file as the editor has it; null where the editor does not give it. */
export async function askForFile(connection: Connection, uri: string): Promise<string | null> {
  const asked = connection.sendRequest<unknown>(READ_FILE_REQUEST, { uri });
  const text = await soon(asked).catch(() => null);
  return typeof text === 'string' ? text : null;
}

function soon<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<T>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The editor does not answer.')), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
