import type { ExtensionContext } from 'vscode';
import { LanguageClient, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { clientOptions, start } from './extension.ts';
import { openLadderOnStart } from './ladderOnStart.ts';

let client: LanguageClient | undefined;

/** VS Code on a desktop or a remote machine: the server is a process of its own, over IPC. */
export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server.mjs');
  const transport = TransportKind.ipc;
  const debug = { module, transport, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  const server: ServerOptions = { run: { module, transport }, debug };
  client = new LanguageClient('sipLens', 'SIP Lens', server, clientOptions(context));
  start(context, client);
  if (process.env.SIP_LENS_OPEN_LADDER) openLadderOnStart(context);
}

/** Ends the server with the window. */
export async function deactivate(): Promise<void> {
  await client?.dispose();
}
