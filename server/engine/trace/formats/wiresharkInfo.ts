import { latin1, lineEnd } from '../../sip/frame.ts';
import type { Peel, PieceSink } from './format.ts';

// What Wireshark's column Info says of a SIP message: `Request: INVITE sip:a@example.com | `, `Status: 200 OK (INVITE) | `.

/** Words in the lines that tell it. */
export const infoMarks: readonly string[] = ['Request: ', 'Status: '];

const INFO = /(?:Request: (?=[A-Z]{2,20} \S)|Status: (?=[1-7]\d\d(?: |$)))/;
/** Protocols as the column tells them: `SIP`, `SIP/SDP`, `SIP/XML`. */
const PROTOCOL = /^SIP(?:\/\S+)?$/;
/** What may stand behind a reason phrase: the method, the number of bindings, a bar, and in older versions words. */
const BEHIND = / *(?: \([A-Z]{2,20}\)| {2}|\||, (?:with session description|in-dialog)|$)/;
/** A method and a URI; older versions write words behind a comma. */
const REQUEST = /^\S* \S+?(?=,?(?:\s|$))/;
const LONGEST = 400;

/** Where the start line begins of which the column tells, or -1. */
export function infoIn(line: string): number {
  const found = INFO.exec(line);
  return found ? found.index + found[0].length : -1;
}

/** Whether a text is the name of SIP in Wireshark's column Protocol. */
export function isSipProtocol(text: string): boolean {
  return PROTOCOL.test(text);
}

/** An address of the columns; names are left as they are. */
export function hostOf(text: string | undefined): string | undefined {
  return text?.includes(':') ? `[${text}]` : text;
}

/**
 * The start line of which the column tells.
 * @param stop a character that ends the column, if the line does not
 * @param keep takes over a part of it
 */
export function infoPeel(
  stop: string,
  keep: (block: Parameters<Peel>[0], from: number, to: number, into: PieceSink) => void = (_, from, to, into) =>
    into.keep(from, to),
): Peel {
  return (block, from, to, into) => {
    const line = latin1(block.bytes, from, Math.min(lineEnd(block, from, to), from + LONGEST));
    const end = stop === '' ? -1 : line.indexOf(stop);
    const column = (end < 0 ? line : line.slice(0, end)).trimEnd();
    const isStatus = /^\d/.test(column);
    const length = isStatus ? BEHIND.exec(column)!.index : (REQUEST.exec(column)?.[0].length ?? column.length);
    if (isStatus) into.put('SIP/2.0 ', from, from);
    keep(block, from, from + length, into);
    into.put(isStatus ? '\r\n\r\n' : ' SIP/2.0\r\n\r\n', from + length, from + length);
    return from + length;
  };
}
