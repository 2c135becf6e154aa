import type { Span } from '../../base/text.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Completion, Source, XmlPlace } from '../source.ts';
import type { SipCursor } from './sipCursor.ts';
import type { XmlCursor } from './xmlCursor.ts';

/** A place in an XML document where something may be offered. */
export interface XmlAsk<K extends XmlCursor = XmlCursor> {
  readonly source: Source;
  readonly place: XmlPlace;
  readonly cursor: K;
}

/** Offers things of one kind. What it replaces, and the order, are as they are in the document that `place` is about. */
export type XmlCompleter = (ask: XmlAsk) => readonly Completion[];

/** A place in the head of a message, or where a message may begin. */
export interface SipAsk<K extends SipCursor = SipCursor> {
  readonly source: Source;
  /** The text that the cursor's spans lie in. */
  readonly text: string;
  /** Null where none has begun yet. */
  readonly message: SipMessage | null;
  /** The number of the message; of the last one before the place, or -1, where none has begun. */
  readonly index: number;
  readonly cursor: K;
  toSource(span: Span): Span;
}

/** Offers things of one kind in the head of a message. */
export type SipCompleter = (ask: SipAsk) => readonly Completion[];

/** A key that keeps items in the order of their groups, and in a group in that of their numbers. */
export function order(group: number, number = 0): string {
  return `${group}${String(number).padStart(5, '0')}`;
}
