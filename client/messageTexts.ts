import {
  EventEmitter,
  type ExtensionContext,
  type TextDocument,
  type TextEditor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { TraceText } from '../server/view/protocol.ts';
import { closeFile, fileName, type TraceSource, traceOf } from './trace.ts';

/** The scheme of texts that are made of the messages of a trace; they cannot be written to. */
export const MESSAGE_SCHEME = 'sip-lens';

/** A message of a trace (one-based), or all of its call, as a text of its own. */
export interface MessageText extends TraceSource {
  readonly index: number;
  readonly what: 'message' | 'call';
}

type Places = TraceText['places'];

const places = new Map<string, Places>();
const outdated = new EventEmitter<Uri>();

/** Gives VS Code the texts of messages and calls. `isShown` tells whether a ladder shows the trace. */
export function provideMessageTexts(
  context: ExtensionContext,
  client: BaseLanguageClient,
  isShown: (uri: Uri) => boolean,
): void {
  const provideTextDocumentContent = async (uri: Uri) => {
    const of = messageTextOf(uri);
    if (!of) throw new Error('This text belongs to no trace.');
    const { text, places: found } = await traceOf(client, of).text(of.index, of.what);
    places.set(uri.toString(), found);
    if (of.of === 'file' && !isShown(of.uri)) await closeFile(client, of.uri);
    return text;
  };
  context.subscriptions.push(
    outdated,
    workspace.registerTextDocumentContentProvider(MESSAGE_SCHEME, {
      provideTextDocumentContent,
      onDidChange: outdated.event,
    }),
    workspace.onDidCloseTextDocument(({ uri }) => void places.delete(uri.toString())),
  );
}

/** Opens a message or a call as a text: beside the ladder, or where such a text is already. */
export async function openMessageText(of: MessageText, ladder: ViewColumn | undefined): Promise<TextEditor> {
  const there = messageTextsOf(of.uri)[0]?.viewColumn;
  const address = uriOf(of);
  const isOpen = workspace.textDocuments.some(({ uri }) => uri.toString() === address.toString());
  if (isOpen) outdated.fire(address); // other legs may be one call since
  const viewColumn = there ?? (ladder === ViewColumn.One ? ViewColumn.Two : ViewColumn.Beside);
  return window.showTextDocument(await workspace.openTextDocument(address), { viewColumn, preview: true });
}

/** The editors on screen that show messages of a trace as texts. */
export function messageTextsOf(trace: Uri): readonly TextEditor[] {
  return window.visibleTextEditors.filter(
    ({ document }) => messageTextOf(document.uri)?.uri.toString() === trace.toString(),
  );
}

/** Where each message stands in such a text. */
export function placesIn(document: TextDocument): Places {
  return places.get(document.uri.toString()) ?? [];
}

/** The address says all, so that VS Code can open the text again after a reload. */
export function uriOf({ uri, of, index, what }: MessageText): Uri {
  const path = `/${fileName(uri)} ${what === 'call' ? 'call of message' : 'message'} ${index}.sip`;
  return Uri.from({ scheme: MESSAGE_SCHEME, path, query: JSON.stringify([uri.toString(), of, index, what]) });
}

/** What an address stands for; undefined where it is none of these. */
export function messageTextOf({ scheme, query }: Uri): MessageText | undefined {
  if (scheme !== MESSAGE_SCHEME) return undefined;
  try {
    const [uri, of, index, what] = JSON.parse(query) as [string, TraceSource['of'], number, MessageText['what']];
    return { uri: Uri.parse(uri, true), of, index, what };
  } catch {
    return undefined;
  }
}
