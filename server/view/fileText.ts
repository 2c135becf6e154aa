import { captureKindOf } from '../engine/capture/capture.ts';
import { captureText } from '../engine/capture/text.ts';
import type { OpenedFile } from './openedFile.ts';

/** A file as one text: a capture as the plain trace of its messages, anything else in UTF-8, or in Windows-1252 where it is none. */
export async function textOf(file: OpenedFile): Promise<string> {
  const kind = await captureKindOf(file);
  if (kind) return captureText(file, kind);
  const bytes = new Uint8Array(file.size);
  for (let filled = 0, read = -1; read !== 0 && filled < bytes.length; filled += read)
    read = await file.read(filled, bytes.subarray(filled));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
