import { type Span, trimmed } from '../base/text.ts';
import type { SipUri } from './values.ts';

/** A header field inside a URI, `?Replaces=…` (RFC 3261 §19.1.1). */
export interface UriHeader extends Span {
  /** In lower case. */
  readonly name: string;
  /** As it is written, escapes included; null where there is no equals sign. */
  readonly value: Span | null;
}

/**
 * The header fields of a URI, parted by `&`. Where an `@` in them was left as it is, what stands before it reads like a user: they
 * are found there, too.
 */
export function uriHeaders(text: string, uri: SipUri): UriHeader[] {
  const whole = uri.headers ?? headersInUser(text, uri);
  if (!whole) return [];
  const found: UriHeader[] = [];
  let from = whole.from;
  for (const part of text.slice(whole.from, whole.to).split('&')) {
    const at = trimmed(text, from, from + part.length);
    const equals = part.indexOf('=');
    const name = text.slice(at.from, equals < 0 ? at.to : from + equals).trim();
    found.push({ ...at, name: name.toLowerCase(), value: equals < 0 ? null : trimmed(text, from + equals + 1, at.to) });
    from += part.length + 1;
  }
  return found;
}

function headersInUser(text: string, { user, to }: SipUri): Span | null {
  const found = user && /\?[a-z-]+=/i.exec(text.slice(user.from, user.to));
  return found && user ? { from: user.from + found.index + 1, to } : null;
}

/** The text without its escapes, `%40` and the like; what is no escape stays. */
export function unescaped(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
