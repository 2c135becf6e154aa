import { type ExtensionContext, Uri } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { clientOptions, start } from './extension.ts';

let client: LanguageClient | undefined;

/** VS Code in a browser: the server is a worker beside the extension host. */
export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, 'dist/browser/server.js').toString(true);
  // VS Code puts a function of its own in place of `Worker`: what it makes is no instance of that, and not known to the client as one.
  const server = async () => {
    const worker = new Worker(script, { name: 'SIP Lens' });
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  // The worker cannot tell where its own script lies, nor what lies beside it.
  const libxml2 = Uri.joinPath(context.extensionUri, 'dist/libxml2.mjs').toString(true);
  client = new LanguageClient('sipLens', 'SIP Lens', server, clientOptions(context, { libxml2 }));
  start(context, client);
}

/** Ends the worker with the window. */
export async function deactivate(): Promise<void> {
  await client?.dispose();
}
