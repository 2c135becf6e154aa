import { type ExtensionContext, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  READ_BYTES_REQUEST,
  READ_FILE_REQUEST,
  type ReadBytesParams,
  type ReadBytesResult,
} from '../server/view/protocol.ts';
import { fileName, messageOf } from './trace.ts';

/** What is on no disk is read whole, and kept in memory while its ladder is open: larger files are refused. */
const LARGEST = 200 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;
/** So long the bytes of a file are kept that were not asked for again. */
const KEPT_MS = 60_000;

/** Gives the server the text of files of the workspace, wherever that is; null for anything else. */
export function answerReadFile(context: ExtensionContext, client: BaseLanguageClient): void {
  const answer = async ({ uri }: { uri: string }) => {
    const file = Uri.joinPath(Uri.parse(uri, true), '.'); // without `..`, which would lead out of a folder
    if (!workspace.getWorkspaceFolder(file)) return null;
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(file));
    } catch {
      return null;
    }
  };
  context.subscriptions.push(client.onRequest(READ_FILE_REQUEST, answer));
}

/** Gives the server parts of a file that it cannot read itself: in a browser, in a workspace that is on no disk. */
export function answerReadBytes(context: ExtensionContext, client: BaseLanguageClient): void {
  const kept = new Map<string, { whole: Promise<Uint8Array>; timer: ReturnType<typeof setTimeout> }>();
  const forget = (uri: string) => void kept.delete(uri);
  const bytesOf = (uri: string) => {
    const known = kept.get(uri);
    clearTimeout(known?.timer);
    const whole = known?.whole ?? readWhole(Uri.parse(uri, true));
    kept.set(uri, { whole, timer: setTimeout(forget, KEPT_MS, uri) });
    whole.catch(() => forget(uri));
    return whole;
  };
  const answer = async ({ uri, from, length }: ReadBytesParams): Promise<ReadBytesResult> => {
    const whole = await bytesOf(uri);
    return { size: whole.length, base64: base64Of(whole.subarray(from, from + length)) };
  };
  const stop = { dispose: () => kept.forEach(({ timer }) => void clearTimeout(timer)) };
  context.subscriptions.push(client.onRequest(READ_BYTES_REQUEST, answer), stop);
}

async function readWhole(uri: Uri): Promise<Uint8Array> {
  const { size } = await statOf(uri);
  if (size > LARGEST) {
    const [has, most] = [size, LARGEST].map((bytes) => Math.round(bytes / MEGABYTE));
    throw new Error(
      `${fileName(uri)} has ${has} MB. Here VS Code lets an extension read files only as a whole, so that no more than ${most} MB can be shown.`,
    );
  }
  return workspace.fs.readFile(uri);
}

async function statOf(uri: Uri): Promise<{ readonly size: number }> {
  try {
    return await workspace.fs.stat(uri);
  } catch (error) {
    throw new Error(`${fileName(uri)} cannot be read: ${messageOf(error)}`);
  }
}

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000)
    parts.push(String.fromCharCode.apply(null, [...bytes.subarray(at, at + 0x8000)]));
  return btoa(parts.join(''));
}
