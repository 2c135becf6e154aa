import { captureKind } from '../engine/capture/capture.ts';

/** Files that are often taken for traces, by their first bytes. */
const NO_TRACES: readonly { readonly begins: string; readonly why: string }[] = [
  { begins: 'PK\x03\x04', why: 'it is a ZIP archive: unpack it first' },
  { begins: '7z\xbc\xaf', why: 'it is a 7-Zip archive: unpack it first' },
  { begins: 'Rar!\x1a', why: 'it is a RAR archive: unpack it first' },
  { begins: 'BZh', why: 'it is compressed with bzip2: unpack it first (bzip2 -d)' },
  { begins: 'SQLite format 3\0', why: 'it is an SQLite database, not a trace' },
  { begins: '%PDF-', why: 'it is a PDF document, not a trace' },
  { begins: 'ElfFile\0', why: 'it is a Windows event log, not a trace' },
  { begins: '\x7fELF', why: 'it is a program, not a trace' },
];

/** Why a file with this beginning cannot be read, in words that follow its name, or null. A capture can. */
export function whyUnreadable(head: Uint8Array): string | null {
  const start = head.subarray(0, 4096);
  const text = new TextDecoder('latin1').decode(start);
  const known = NO_TRACES.find(({ begins }) => text.startsWith(begins));
  if (known) return known.why;
  if (captureKind(start) || utf16Of(start) || !start.includes(0) || text.includes('SIP/2.0')) return null;
  return 'it is a binary file, not a trace';
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
