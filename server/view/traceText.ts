import { isoTime } from '../engine/base/time.ts';
import { isCapture } from '../engine/capture/capture.ts';
import type { RowTrace } from '../engine/ladder/rows.ts';
import { messageMark } from '../engine/trace/formats/capture.ts';
import type { TextTrace } from '../engine/trace/text.ts';
import type { TraceText } from './protocol.ts';

const LINE_END = /\r\n|\r|\n/g;

/**
 * Some messages (zero-based) as a trace of their own, each as it was sent, behind a line with its time, and where the trace is a
 * capture with its addresses: read again, it tells the same of them.
 */
export function traceText(
  trace: RowTrace & Pick<TextTrace, 'view'>,
  format: string,
  indices: Iterable<number>,
): TraceText {
  const parts: string[] = [];
  const places: { index: number; from: number; to: number }[] = [];
  let line = 0;
  const add = (text: string) => {
    parts.push(text);
    line += text.match(LINE_END)?.length ?? 0;
  };
  for (const index of indices) {
    add(markOf(trace, format, index));
    const from = line;
    const { text, ...span } = trace.view(index);
    const message = text.slice(span.from, span.to);
    add(message.endsWith('\n') ? message : `${message}\n`);
    places.push({ index: index + 1, from, to: line });
    add('\n');
  }
  return { text: parts.join(''), places };
}

function markOf(trace: RowTrace, format: string, index: number): string {
  const time = trace.columns.timeOf(index);
  if (!isCapture(format)) return time === null ? '' : `# ${isoTime(time)}\n`;
  const { source, destination, transport } = trace.way(index);
  const way = { transport: transport ?? '', source: source ?? '', destination: destination ?? '' };
  return messageMark(format, { time, ...way, copies: trace.columns.copiesOf(index) });
}
