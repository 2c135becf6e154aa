import { type Uri, workspace } from 'vscode';
import { openDocument, type TraceSource } from './trace.ts';

/** VS Code gives extensions no text that is longer than this. */
const LARGEST_TEXT = 50 * 1024 * 1024;
const CAPTURE = /\.(?:pcap|pcapng|cap|hep)$/i;

/** How a file is read: as a document where VS Code can hold it as one, otherwise by ranges. */
export async function sourceOf(uri: Uri): Promise<TraceSource> {
  if (openDocument(uri)) return { uri, of: 'document' };
  if (isCapture(uri) || (await sizeOf(uri)) > LARGEST_TEXT) return { uri, of: 'file' };
  try {
    await workspace.openTextDocument(uri);
    return { uri, of: 'document' };
  } catch {
    return { uri, of: 'file' }; // what is wrong with it will be told by who reads it
  }
}

/** Whether a file is named as packet captures are. */
export function isCapture(uri: Uri): boolean {
  return CAPTURE.test(uri.path);
}

async function sizeOf(uri: Uri): Promise<number> {
  return workspace.fs.stat(uri).then(
    ({ size }) => size,
    () => 0,
  );
}
