import { normalizeMessage, normalizeTrace } from '../../normalize.ts';
import { type Fix, messageAt, type Source } from '../source.ts';
import { lineEndAt } from './lineEnds.ts';

/** In a message that a page has put on one line: puts it into lines, alone or with all others of the trace. */
export function reflows(source: Source, offset: number): Fix[] {
  const { trace } = source.reading;
  const place = messageAt(source, offset);
  if (!place || !trace.isFlattened(place.index)) return [];
  const { from, to } = trace.span(place.index);
  const lineEnd = lineEndAt(source.text, source.text.length);
  const before = /[^\r\n]$/.test(source.text.slice(0, from)) ? lineEnd : '';
  const message = normalizeMessage(place.message).replace(/\n+$/, '\n').replaceAll('\n', lineEnd);
  const one = { title: 'Put this message into lines', edits: [{ from, to, text: before + message }] };
  if (trace.count < 2) return [one];
  const text = normalizeTrace(source.reading).replaceAll('\n', lineEnd);
  return [one, { title: 'Put the whole trace into lines', edits: [{ from: 0, to: source.text.length, text }] }];
}
