import { captureKind } from '../engine/capture/capture.ts';

/** Why a file with this beginning cannot be read, in words that follow its name, or null. A capture can. */
export function whyUnreadable(head: Uint8Array): string | null {
  const start = head.subarray(0, 4096);
  if (captureKind(start) || utf16Of(start) || !start.includes(0)) return null;
  const hasSip = new TextDecoder('latin1').decode(start).includes('SIP/2.0');
  return hasSip ? null : 'it is a binary file, not a trace';
}

/** UTF-8 and UTF-16 with or without their marks; what is neither is taken for Windows-1252. */
export function decodeText(bytes: Uint8Array): string {
  const wide = utf16Of(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The name of the 16-bit encoding whose mark the bytes begin with. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}
