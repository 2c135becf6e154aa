import * as vscode from 'vscode';
import { type CancellationToken, type Disposable, type ExtensionContext, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { TOOL_REQUEST, type ToolParams } from '../server/view/protocol.ts';
import { uriOfTab } from './commands.ts';
import type { Ladders } from './ladders.ts';
import { fileName, openDocument } from './trace.ts';

/** What VS Code has from 1.95 on, as far as it is used here. */
interface ToolsApi {
  readonly lm?: { registerTool?(name: string, tool: LanguageModelTool): Disposable };
  readonly LanguageModelToolResult: new (content: readonly object[]) => object;
  readonly LanguageModelTextPart: new (value: string) => object;
}

type Input = Readonly<Record<string, unknown>>;

interface Invocation {
  readonly input?: Input;
  readonly tokenizationOptions?: { readonly tokenBudget: number };
}

interface LanguageModelTool {
  prepareInvocation(options: Invocation): { readonly invocationMessage: string };
  invoke(options: Invocation, token: CancellationToken): Promise<object>;
}

/** A token of a model stands for about so many characters of a trace. */
const CHARACTERS = 3;

/** Gives language models the tools of the manifest, where VS Code has any: each only reads. */
export function registerLanguageModelTools(
  context: ExtensionContext,
  client: BaseLanguageClient,
  ladders: Pick<Ladders, 'active'>,
): void {
  const api: ToolsApi = vscode as unknown as ToolsApi;
  if (typeof api.lm?.registerTool !== 'function') return;
  for (const { name, displayName } of offered(context)) {
    const tool: LanguageModelTool = {
      prepareInvocation: ({ input }) => ({
        invocationMessage: `${displayName}: ${pathIn(input) ?? 'the trace in front'}`,
      }),
      async invoke({ input = {}, tokenizationOptions }, token) {
        const uri = await uriFor(pathIn(input), ladders);
        const params: ToolParams = {
          uri: client.code2ProtocolConverter.asUri(uri),
          tool: name,
          input,
          ...(tokenizationOptions && { longest: tokenizationOptions.tokenBudget * CHARACTERS }),
        };
        const answer = await client.sendRequest<string>(TOOL_REQUEST, params, token);
        return new api.LanguageModelToolResult([new api.LanguageModelTextPart(answer)]);
      },
    };
    context.subscriptions.push(api.lm.registerTool(name, tool));
  }
}

/** The tools as the manifest tells of them. */
function offered({ extension }: ExtensionContext): readonly { readonly name: string; readonly displayName: string }[] {
  return extension.packageJSON.contributes.languageModelTools;
}

function pathIn(input: Input | undefined): string | undefined {
  const path = input?.path;
  return typeof path === 'string' && path.trim() !== '' ? path.trim() : undefined;
}

/** The file that a model names, which must be one of the workspace or an open one; without a name that in front. */
async function uriFor(path: string | undefined, ladders: Pick<Ladders, 'active'>): Promise<Uri> {
  if (path === undefined) {
    const uri = ladders.active()?.uri ?? window.activeTextEditor?.document.uri ?? uriOfTab();
    if (uri) return uri;
    throw new Error('No trace is open in front: say its “path” in the workspace.');
  }
  const open = workspace.textDocuments.find(({ uri }) => [uri.toString(), uri.fsPath, fileName(uri)].includes(path));
  if (open) return open.uri;
  const places = /^(?:[a-z]:)?[\\/]/i.test(path) ? [Uri.file(path)] : relative(path);
  for (const uri of places) if (workspace.getWorkspaceFolder(uri) && (await isFile(uri))) return uri;
  throw new Error(`There is no file “${path}” in the workspace.`);
}

/** Where a relative path may lead: from each folder of the workspace, and from the one that it begins with the name of. */
function relative(path: string): Uri[] {
  const folders = workspace.workspaceFolders ?? [];
  return folders.flatMap(({ uri, name }) => [
    Uri.joinPath(uri, path),
    ...(path.startsWith(`${name}/`) ? [Uri.joinPath(uri, path.slice(name.length + 1))] : []),
  ]);
}

async function isFile(uri: Uri): Promise<boolean> {
  if (openDocument(uri)) return true;
  return workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.File) !== 0,
    () => false,
  );
}
