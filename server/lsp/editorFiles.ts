import type { Connection } from 'vscode-languageserver';
import type { OpenedFile } from '../view/openedFile.ts';
import { READ_BYTES_REQUEST, type ReadBytesParams, type ReadBytesResult } from '../view/protocol.ts';

const PART = 1024 * 1024;

/** Opens a file of which the editor gives the bytes: one in a browser, or in a workspace that is on no disk. */
export async function openFromEditor(connection: Connection, uri: string): Promise<OpenedFile> {
  const ask = (from: number, length: number) =>
    connection.sendRequest<ReadBytesResult>(READ_BYTES_REQUEST, { uri, from, length } satisfies ReadBytesParams);
  let start = 0;
  const first = await ask(0, PART);
  let part = bytesOf(first.base64);
  return {
    name: decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)),
    size: first.size,
    changed: 0,
    async read(from, into) {
      if (from < start || from >= start + part.length) {
        part = bytesOf((await ask(from, Math.max(PART, Math.min(into.length, 4 * PART)))).base64);
        start = from;
      }
      const given = part.subarray(from - start, from - start + into.length);
      into.set(given);
      return given.length;
    },
    close() {},
  };
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
