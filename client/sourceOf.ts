import { type Uri, workspace } from 'vscode';
import { openDocument, type TraceSource } from './trace.ts';

/**
 * A larger file is read by ranges, if it is not open as a text already. VS Code gives extensions no text beyond 50 MB, colours none beyond
 * 20 MB, and takes many times as long to hand one over as the server takes to read the file.
 */
const LARGEST_TEXT = 20 * 1024 * 1024;
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
