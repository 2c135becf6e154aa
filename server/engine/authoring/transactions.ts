import { answersOf, callMembers } from '../answers.ts';
import type { Span } from '../base/text.ts';
import { header } from '../sip/message.ts';
import { type MessagePlace, messagePlace, type Source } from './source.ts';

/** A message to go to. */
export interface Destination {
  /** The whole of it in the source. */
  readonly whole: Span;
  /** What is to be selected: its start line. */
  readonly name: Span;
}

/**
 * The place that stands for a message's transaction: the method or status line that the offset of a message lies in, or its CSeq; null
 * elsewhere, as on the Request-URI, which names somebody.
 */
export function transactionAt({ message, offset, toSource }: MessagePlace): Span | null {
  const holds = (at: Span | undefined) => at !== undefined && at.from <= offset && offset <= at.to;
  if (message.kind === 'unknown') return null;
  const cseq = header(message, 'cseq');
  if (cseq && holds(cseq.value)) return toSource(cseq.value);
  if (message.kind === 'response') return holds(message.startLine) ? toSource(message.startLine) : null;
  const named = [message.at.method, message.at.version].find(holds);
  return named ? toSource(named) : null;
}

/** The request that a response answers, the response that answers a request; null where the trace shows none. */
export function counterpart(source: Source, index: number): Destination | null {
  const { reading } = source;
  const other = reading.flow.transactions.respondsTo[index]! || answersOf(reading)[index]!;
  return other ? destination(source, other - 1) : null;
}

/** The start lines of the messages that make up the transaction of a message, its own included, in their order. */
export function transactionLines(source: Source, index: number): { readonly at: Span; readonly isRequest: boolean }[] {
  const { of } = source.reading.flow.transactions;
  const members = [...callMembers(source.reading, index)].filter((other) => of[other] === of[index]);
  return (members.length > 0 ? members : [index]).map((other) => {
    const { message, toSource } = messagePlace(source, other);
    return { at: toSource(message.startLine), isRequest: message.kind === 'request' };
  });
}

/** A message (zero-based) as something to go to. */
export function destination(source: Source, index: number): Destination {
  const { message, toSource } = messagePlace(source, index);
  return { whole: source.reading.trace.span(index), name: toSource(message.startLine) };
}
