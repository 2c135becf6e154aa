import { commands, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ExportedFile, ExportOffer, Scope } from '../server/view/protocol.ts';
import { exportedWords, exportName, exportPaths } from './exportNames.ts';
import { drawPictures } from './pictures.ts';
import { choose } from './quickChoice.ts';
import { askInSteps, type Question } from './steps.ts';
import { fileName, type TraceSource, traceOf } from './trace.ts';

/** What the reader looks at: a filter or a call that alone is shown, and the message that is selected (one-based). */
export interface Looked {
  readonly scope: Scope | null;
  readonly selected: number | null;
}

interface Answers {
  readonly scope: Scope | null;
  readonly offer: ExportOffer;
  /** Null: with the names of the trace. */
  readonly key: string | null;
}

/** Forms that are made to be passed on as they are: redacted first. */
const FOR_OTHERS = ['html'];

/**
 * Asks how much of the ladder, in which form, and whether redacted, and writes it to a file that is asked for. Leaving any question leaves
 * everything as it is.
 */
export async function exportLadder(
  client: BaseLanguageClient,
  source: TraceSource,
  looked: Looked = { scope: null, selected: null },
): Promise<void> {
  const api = traceOf(client, source);
  const offers = await api.exports();
  const questions = [
    () => ({ placeholder: 'What to export', items: scopes(looked) }),
    () => ({ placeholder: 'Export the ladder as', items: offers.map(formOf) }),
    ({ offer }: Partial<Answers>) => ({ placeholder: 'With the names of the trace?', items: ways(offer) }),
  ];
  const answers = await askInSteps<Answers>('Export Ladder', questions, choose);
  const target = answers && (await askTarget(source.uri, answers.offer));
  if (!target) return;
  const { offer, key, scope } = answers;
  const files = await filesOf(await api.file(offer.format, key, scope), target);
  for (const { uri, bytes } of files) await workspace.fs.writeFile(uri, bytes);
  const where = exportedWords(files.map(({ uri }) => fileName(uri)));
  const open = 'Open';
  const answer = await window.showInformationMessage(`SIP Lens: the ladder is in ${where}.`, open);
  if (answer === open) await commands.executeCommand('vscode.open', files[0]!.uri);
}

/** What of the ladder can be exported: all of it, and what the reader looks at. */
function scopes({ scope, selected }: Looked): Question<Answers>['items'] {
  const items = [{ label: 'The whole ladder', description: '', answer: { scope: null as Scope | null } }];
  const { call, filter = '' } = scope ?? {};
  if (call) items.push({ label: `What is shown: ${call.title}`, description: filter, answer: { scope } });
  else if (scope) items.push({ label: 'What the filter leaves', description: filter, answer: { scope } });
  if (selected === null) return items;
  const around = (context: Scope['context']) => ({ scope: { filter: `message:${selected}`, context } });
  return [
    ...items,
    { label: `The call of message ${selected}`, description: 'with all of its legs', answer: around('call') },
    { label: `The transaction of message ${selected}`, description: '', answer: around('transaction') },
  ];
}

function formOf(offer: ExportOffer) {
  return { label: offer.title, description: `.${offer.extension}`, answer: { offer } };
}

function ways(offer: ExportOffer | undefined) {
  const asIs = { label: 'As it is', description: '', answer: { key: null } };
  const description = 'users, hosts, numbers, addresses and credentials replaced';
  const redacted = { label: 'Redacted', description, answer: { key: newKey() } };
  return FOR_OTHERS.includes(offer?.format ?? '') ? [redacted, asIs] : [asIs, redacted];
}

/** Opens the trace, redacted, as a new document. */
export async function redactTrace(client: BaseLanguageClient, source: TraceSource): Promise<void> {
  const content = await traceOf(client, source).redacted(newKey());
  await window.showTextDocument(await workspace.openTextDocument({ content, language: 'sip' }));
}

async function askTarget(uri: Uri, { title, extension }: ExportOffer): Promise<Uri | undefined> {
  const name = exportName(fileName(uri), extension);
  const folder = uri.scheme === 'untitled' ? workspace.workspaceFolders?.[0]?.uri : Uri.joinPath(uri, '..');
  const filters = { [title]: [extension] };
  return window.showSaveDialog({ ...(folder && { defaultUri: Uri.joinPath(folder, name) }), filters });
}

interface NewFile {
  readonly uri: Uri;
  readonly bytes: Uint8Array;
}

/** What is to be written, and where: several pictures are numbered. */
async function filesOf(file: ExportedFile, target: Uri): Promise<NewFile[]> {
  if (file.encoding !== 'pictures') return [{ uri: target, bytes: bytesOf(file) }];
  const pictures = await drawPictures(JSON.parse(file.content));
  const paths = exportPaths(target.path, pictures.length);
  return pictures.map((bytes, at) => ({ uri: target.with({ path: paths[at]! }), bytes }));
}

function bytesOf({ content, encoding }: ExportedFile): Uint8Array {
  if (encoding === 'utf8') return new TextEncoder().encode(content);
  return Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
}

/** A text that nobody can guess: what is redacted with it cannot be told from it again. */
function newKey(): string {
  return crypto.randomUUID();
}
