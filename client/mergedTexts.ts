import { type ExtensionContext, Uri, ViewColumn, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { MERGE_REQUEST, MERGED_SCHEME, type MergeParams, type MergeResult } from '../server/view/protocol.ts';
import type { Ladders } from './ladders.ts';
import { documentOf, fileName } from './trace.ts';

type Times = MergeParams['times'];

const notes = new Map<string, readonly string[]>();

/** Gives VS Code the texts of merged traces. */
export function provideMergedTexts(context: ExtensionContext, client: BaseLanguageClient): void {
  const provideTextDocumentContent = async (uri: Uri) => {
    const [uris, times] = JSON.parse(uri.query) as [string[], Times];
    const params: MergeParams = { uris: uris.map((one) => protocolUri(client, one)), times };
    const result = await client.sendRequest<MergeResult>(MERGE_REQUEST, params);
    notes.set(uri.toString(), result.notes);
    return result.text;
  };
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(MERGED_SCHEME, { provideTextDocumentContent }),
  );
}

/** Opens one ladder of several files, beside the messages of all of them. Where clocks differ it offers to put the times right. */
export async function openMergedLadder(
  ladders: Ladders,
  files: readonly Uri[],
  times: Times = 'as written',
): Promise<void> {
  const uri = uriOf(files, times);
  const document = await documentOf(uri);
  await window.showTextDocument(document, { viewColumn: ViewColumn.One });
  ladders.openToSide(document);
  const said = notes.get(uri.toString()) ?? [];
  if (said.length === 0 || times === 'aligned') return;
  const align = 'Put Times Right';
  const answer = await window.showInformationMessage(said.join(' '), align);
  if (answer === align) await openMergedLadder(ladders, files, 'aligned');
}

/** Opens the ladder of the same files with other times. */
export async function showTimes(ladders: Ladders, merged: Uri, times: Times): Promise<void> {
  const [uris] = JSON.parse(merged.query) as [string[]];
  const document = await documentOf(
    uriOf(
      uris.map((uri) => Uri.parse(uri, true)),
      times,
    ),
  );
  await window.showTextDocument(document, { viewColumn: ViewColumn.One });
  ladders.openToSide(document);
}

function uriOf(files: readonly Uri[], times: Times): Uri {
  const aligned = times === 'aligned' ? ', aligned' : '';
  const path = `/${files.map(fileName).join(' + ')}${aligned}.sip`;
  return Uri.from({ scheme: MERGED_SCHEME, path, query: JSON.stringify([files.map(String), times]) });
}

function protocolUri(client: BaseLanguageClient, uri: string): string {
  return client.code2ProtocolConverter.asUri(Uri.parse(uri, true));
}
