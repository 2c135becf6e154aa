import { type ExtensionContext, Uri, window, workspace } from 'vscode';
import type { Ladders } from './ladders.ts';
import { linkTarget, placesOf } from './linkTarget.ts';
import { sourceOf } from './sourceOf.ts';
import { fileName, messageOf } from './trace.ts';

/** Opens what such links name; what lies outside of the workspace only after asking. */
export function openLinks(context: ExtensionContext, ladders: Ladders): void {
  const handleUri = async (link: Uri) => {
    try {
      await open(link, ladders);
    } catch (error) {
      void window.showErrorMessage(`SIP Lens: ${messageOf(error)}`);
    }
  };
  context.subscriptions.push(window.registerUriHandler({ handleUri }));
}

async function open(link: Uri, ladders: Ladders): Promise<void> {
  const { trace, isAddress, index } = linkTarget(link);
  const uri = isAddress ? await allowed(Uri.parse(trace, true)) : await inWorkspace(trace);
  if (uri) await ladders.select(await sourceOf(uri), index);
}

/** The file of a path in the workspace, from the folder that it begins with the name of where there are several. */
async function inWorkspace(name: string): Promise<Uri> {
  const places = placesOf(name, workspace.workspaceFolders ?? []);
  for (const uri of places.map(({ folder, path }) => Uri.joinPath(folder.uri, path)))
    if (workspace.getWorkspaceFolder(uri) && (await exists(uri))) return uri;
  throw new Error(
    `The link names ${name}, which is no file of this workspace. Open the folder that has it, and the link again.`,
  );
}

/** A file that a link names by its whole address; undefined where the user does not want it. */
async function allowed(uri: Uri): Promise<Uri | undefined> {
  if (workspace.getWorkspaceFolder(uri)) return uri;
  const schemes = ['file', ...(workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme)];
  if (!schemes.includes(uri.scheme)) throw new Error(`The link names ${uri.scheme}: addresses, which are not opened.`);
  const question = `A link asks to open ${fileName(uri)}, which is outside of this workspace.`;
  const answer = await window.showWarningMessage(question, { modal: true, detail: uri.toString(true) }, 'Open');
  return answer && uri;
}

async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
