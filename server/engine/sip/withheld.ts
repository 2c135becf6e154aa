import { memo } from '../base/memo.ts';
import { type Span, slice } from '../base/text.ts';
import type { SipMessage } from './message.ts';

// Who shows a trace to others takes names and addresses out of it before.

/** `x.x.x.x`, `10.0.XX.XX`, `***.***.***.***`: an address with some of its numbers taken out. */
const MASKED = String.raw`(?<![\w.*#])(?:\d{1,3}|[xX*#_]{1,3})(?:\.(?:\d{1,3}|[xX*#_]{1,3})){3}(?![\w*#])`;
/** `<IP>`, `[removed]`, `[email protected]`, `{server_ip}`: words in brackets that no address stands in. */
const WORDS = String.raw`<[A-Za-z][\w\s-]{0,40}>|\[[A-Za-z][\w\u00a0 -]{0,40}\]|\{[A-Za-z_][\w ]{0,40}\}`;
const WITHHELD = new RegExp(`${WORDS}|${MASKED}`, 'g');

/**
 * The first place in a part of a text where a word stands for a value that was taken out; null where there is none. In a quoted display name
 * anything may stand (RFC 3261 §25.1). @param part begins outside of quotes
 */
export function withheldIn(text: string, part: Span): Span | null {
  let quoted = false;
  let at = part.from;
  for (const found of slice(text, part).matchAll(WITHHELD)) {
    const from = part.from + found.index;
    for (; at < from; at++) {
      const char = text[at];
      if (quoted && char === '\\') at++;
      else if (char === '"') quoted = !quoted;
      else if (isBreak(char)) quoted = false;
    }
    if (!quoted && !/^[\d.]+$/.test(found[0])) return { from, to: from + found[0].length };
  }
  return null;
}

/** Whether a value was taken out in the header around a place of a message, or in the line where there is none. */
export function isWithheldNear(message: SipMessage, { from }: Span): boolean {
  const parts = withheldParts(message);
  const next = parts.findIndex((part) => part.to > from);
  return next >= 0 && parts[next]!.from <= from;
}

/** The headers and lines of a message in which a value was taken out, in order. */
const withheldParts = memo(({ text, from, to, headers }: SipMessage): readonly Span[] => {
  const parts: Span[] = [];
  let header = 0;
  for (let at = withheldIn(text, { from, to }); at; at = withheldIn(text, { from: parts.at(-1)!.to, to })) {
    while (header < headers.length && headers[header]!.to <= at.from) header++;
    const field = headers[header];
    parts.push(
      field && field.from <= at.from
        ? { from: field.from, to: Math.max(field.to, at.to) }
        : lineAround(text, at, { from, to }),
    );
  }
  return parts;
});

function lineAround(text: string, at: Span, within: Span): Span {
  let { from, to } = at;
  while (from > within.from && !isBreak(text[from - 1])) from--;
  while (to < within.to && !isBreak(text[to])) to++;
  return { from, to };
}

function isBreak(char: string | undefined): boolean {
  return char === '\n' || char === '\r';
}
