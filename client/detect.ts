import { type ExtensionContext, Range, type TextDocument, type Uri, window, workspace } from 'vscode';
import { fileName, readAsTrace } from './trace.ts';

const HEAD_CHARACTERS = 100_000;
const START_LINE = /\b[A-Z]{3,20} sips?:[^\s]{1,2000} SIP\/2\.0\b|\bSIP\/2\.0 [1-6]\d\d /;
const REFUSED = 'sipLens.refused';
const NEVER = 'sipLens.neverOffer';
const REMEMBERED = 500;

/** Whether the beginning of the text holds a SIP message: a guess good enough for an offer, no more. */
export function looksLikeTrace(document: TextDocument): boolean {
  const start = document.positionAt(0);
  return START_LINE.test(document.getText(new Range(start, document.positionAt(HEAD_CHARACTERS))));
}

/** Offers once for each plain text file that holds SIP to read it as a trace. */
export function offerToReadAsTrace(context: ExtensionContext): void {
  const offer = (document: TextDocument | undefined) => void (document && offerOnce(context, document));
  offer(window.activeTextEditor?.document);
  context.subscriptions.push(window.onDidChangeActiveTextEditor((editor) => offer(editor?.document)));
}

async function offerOnce({ workspaceState, globalState }: ExtensionContext, document: TextDocument): Promise<void> {
  if (!['plaintext', 'log'].includes(document.languageId) || document.uri.scheme === 'output') return;
  const asked = workspaceState.get<string[]>(REFUSED, []);
  const uri = document.uri.toString();
  if (globalState.get(NEVER, false) || asked.includes(uri) || !looksLikeTrace(document)) return;
  await workspaceState.update(REFUSED, [...asked.slice(1 - REMEMBERED), uri]);
  const answer = await ask(document.uri);
  if (answer === 'Open as SIP trace' && !document.isClosed) await readAsTrace(document);
  if (answer === "Don't ask") await globalState.update(NEVER, true);
}

function ask(uri: Uri): Thenable<string | undefined> {
  const question = `${fileName(uri)}: This looks like a SIP trace.`;
  return window.showInformationMessage(question, 'Open as SIP trace', 'Not now', "Don't ask");
}

/** Makes the document a trace if it is none yet; asks first where no SIP can be seen in it. */
export async function traceOrAsk(document: TextDocument): Promise<TextDocument | undefined> {
  if (document.languageId === 'sip' || looksLikeTrace(document)) return readAsTrace(document);
  const question = `No SIP message was found at the beginning of ${fileName(document.uri)}.`;
  const answer = await window.showInformationMessage(question, 'Read it as a trace anyway');
  return answer && !document.isClosed ? readAsTrace(await workspace.openTextDocument(document.uri)) : undefined;
}
