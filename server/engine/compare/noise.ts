/** How much of messages is compared: all, or without what differs between any two of them. */
export type Extent = 'what matters' | 'everything';

/** Stands for what two messages of the same meaning need not have in common. */
export const PLACEHOLDER = '‹…›';

/** Headers that only tell one message or one exchange from the next. */
const HEADERS = ['call-id', 'content-length', 'date', 'timestamp'];
/** Parameters of the same kind: they identify transactions and dialogs (RFC 3261 §8.1.1.7, §19.3), and credentials that are used once. */
const PARAMS = ['branch', 'tag', 'nonce', 'cnonce', 'response', 'opaque', 'crand', 'cnum', 'rspauth', 'srand', 'snum'];
/** Attributes that count documents and commands (RFC 4575 §5.1, MS-CONFBAS §2.2.2). */
const ATTRIBUTES = ['version', 'requestId'];

/** Whether the whole value of a header (lower-case full name) is noise. */
export function isNoisyHeader(id: string): boolean {
  return HEADERS.includes(id);
}

/** Whether the value of a header's parameter is noise. */
export function isNoisyParam(name: string): boolean {
  return PARAMS.includes(name.toLowerCase());
}

/** Whether the value of an attribute of a document element is noise. */
export function isNoisyAttribute(name: string): boolean {
  return ATTRIBUTES.includes(name);
}
