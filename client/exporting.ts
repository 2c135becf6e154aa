import { Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ExportedFile, ExportOffer } from '../server/view/protocol.ts';
import { fileName, type TraceSource, traceOf } from './trace.ts';

/** Asks in which form, and whether redacted, and writes the ladder to a file that is asked for. Leaving any question leaves everything as it is. */
export async function exportLadder(client: BaseLanguageClient, source: TraceSource): Promise<void> {
  const api = traceOf(client, source);
  const offers = (await api.exports()).map((offer) => ({
    label: offer.title,
    description: `.${offer.extension}`,
    offer,
  }));
  const chosen = await window.showQuickPick(offers, { placeHolder: 'Export the ladder as', matchOnDescription: true });
  const key = chosen && (await askKey());
  const target = key !== undefined && chosen && (await askTarget(source.uri, chosen.offer));
  if (!target) return;
  await workspace.fs.writeFile(target, bytesOf(await api.file(chosen.offer.format, key, null)));
  const open = 'Open';
  const answer = await window.showInformationMessage(`SIP Lens: the ladder is in ${fileName(target)}.`, open);
  if (answer === open) await window.showTextDocument(target);
}

/** Opens the trace, redacted, as a new document. */
export async function redactTrace(client: BaseLanguageClient, source: TraceSource): Promise<void> {
  const content = await traceOf(client, source).redacted(newKey());
  await window.showTextDocument(await workspace.openTextDocument({ content, language: 'sip' }));
}

/** Null: as it is; undefined: nothing was chosen. */
async function askKey(): Promise<string | null | undefined> {
  const ways = [
    { label: 'As it is', description: '', key: null },
    { label: 'Redacted', description: 'users, hosts, numbers, addresses and credentials replaced', key: newKey() },
  ];
  return (await window.showQuickPick(ways, { placeHolder: 'With the names of the trace?' }))?.key;
}

async function askTarget(uri: Uri, { title, extension }: ExportOffer): Promise<Uri | undefined> {
  const name = `${fileName(uri).replace(/\.[^.]*$/, '') || 'ladder'}-ladder.${extension}`;
  const folder = uri.scheme === 'untitled' ? workspace.workspaceFolders?.[0]?.uri : Uri.joinPath(uri, '..');
  const filters = { [title]: [extension] };
  return window.showSaveDialog({ ...(folder && { defaultUri: Uri.joinPath(folder, name) }), filters });
}

function bytesOf({ content, encoding }: ExportedFile): Uint8Array {
  if (encoding === 'utf8') return new TextEncoder().encode(content);
  return Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
}

/** A text that nobody can guess: what is redacted with it cannot be told from it again. */
function newKey(): string {
  return crypto.randomUUID();
}
