import { type Event, EventEmitter, type ExtensionContext, languages, type TextDocument, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  FILE_CLOSED,
  remote,
  type ToPage,
  TRACE_CHANGED,
  TRACE_REQUEST,
  type TraceApi,
  type TraceCall,
  type TraceChangedParams,
} from '../server/view/protocol.ts';

/** What a ladder shows: a document that VS Code holds, or a file that the server reads itself, by ranges. */
export interface TraceSource {
  readonly uri: Uri;
  readonly of: 'document' | 'file';
}

/** The command by which a ladder of merged files asks for other times: its arguments are the trace and the times. */
export const SHOW_TIMES = 'sipLens.showTimes';

/** A trace, as the server answers for it. */
export function traceOf(client: BaseLanguageClient, source: TraceSource): TraceApi {
  const { api, receive } = remote(async ({ id, call }) => receive(await relay(client, source, id, call)));
  return api;
}

/** The trace that a document is. */
export function asDocument(uri: Uri): TraceSource {
  return { uri, of: 'document' };
}

/** Tells the URI of each trace that has changed. A client has one listener a notification, hence this event for several. */
export function traceChanges(context: ExtensionContext, client: BaseLanguageClient): Event<Uri> {
  const changes = new EventEmitter<Uri>();
  const tell = ({ uri }: TraceChangedParams) => changes.fire(Uri.parse(uri));
  context.subscriptions.push(changes, client.onNotification(TRACE_CHANGED, tell));
  return changes.event;
}

/** Tells the server that nobody looks at a file any more. */
export async function closeFile(client: BaseLanguageClient, uri: Uri): Promise<void> {
  if (client.isRunning()) await client.sendNotification(FILE_CLOSED, { uri: protocolUri(client, uri) });
}

/** Passes one call on to the server; whatever goes wrong comes back as a failure that says so. */
export async function relay(
  client: BaseLanguageClient,
  { uri, of }: TraceSource,
  id: number,
  call: TraceCall,
): Promise<ToPage> {
  try {
    if (of === 'document') await documentOf(uri);
    const value: unknown = await client.sendRequest(TRACE_REQUEST, { uri: protocolUri(client, uri), call, of });
    return { type: 'reply', id, value };
  } catch (error) {
    return { type: 'failure', id, message: messageOf(error) };
  }
}

/** The document of the URI, opened again where no editor holds it any more. */
export async function documentOf(uri: Uri): Promise<TextDocument> {
  const open = openDocument(uri);
  if (open) return open;
  if (uri.scheme === 'untitled') throw new Error(`${fileName(uri)} has been closed.`);
  try {
    return await readAsTrace(await workspace.openTextDocument(uri));
  } catch {
    throw new Error(`${fileName(uri)} cannot be opened. It may have been moved or deleted.`);
  }
}

/** The document of the URI if VS Code holds it now. */
export function openDocument(uri: Uri): TextDocument | undefined {
  return workspace.textDocuments.find((document) => !document.isClosed && sameUri(document.uri, uri));
}

/** Makes the document one that the server reads as a trace. */
export async function readAsTrace(document: TextDocument): Promise<TextDocument> {
  return document.languageId === 'sip' ? document : languages.setTextDocumentLanguage(document, 'sip');
}

/** URIs are compared as VS Code writes them: the server may encode the same one differently. */
export function sameUri(a: Uri, b: Uri): boolean {
  return a.toString() === b.toString();
}

/** The last part of the path, for titles and messages. */
export function fileName(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1) || uri.toString();
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function protocolUri(client: BaseLanguageClient, uri: Uri): string {
  return client.code2ProtocolConverter.asUri(uri);
}
