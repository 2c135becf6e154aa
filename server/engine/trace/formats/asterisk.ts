import { beginsWith, looksLike } from './lines.ts';

// What the formats of Asterisk have in common.

/** The call (`C-0005da36`) that a line of a log names, or else its thread. */
export function threadOf(head: string): string | undefined {
  return /\[(C-[0-9a-f]{8})\]/.exec(head)?.[1] ?? /\b[A-Z]+\[(\d+)\]/.exec(head)?.[1];
}

/**
 * Whether Asterisk writes such a line in its log or on its console, where no SIP message has one: a time in brackets, an arrow, a
 * step of the dialplan, a prompt.
 */
export function isLogLine(bytes: Uint8Array, at: number, end: number): boolean {
  switch (bytes[at]) {
    case 91: // [
      return looksLike(bytes, at, end, '[0000-00-00') || looksLike(bytes, at, end, '[Aaa ~0');
    case 60: // <
      return beginsWith(bytes, at, end, '<--- ');
    case 32:
      return ['    -- ', '  == ', '       > '].some((start) => beginsWith(bytes, at, end, start));
    default:
      return isPrompt(bytes, at, end);
  }
}

/** `pbx*CLI>` */
function isPrompt(bytes: Uint8Array, at: number, end: number): boolean {
  const limit = Math.min(end, at + 40);
  let star = at;
  while (star < limit && bytes[star]! > 32 && bytes[star] !== 42 && bytes[star] !== 58) star++;
  return bytes[star] === 42 && beginsWith(bytes, star, end, '*CLI>');
}
