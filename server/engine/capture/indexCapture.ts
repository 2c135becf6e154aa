import { type Block, lineEnd } from '../sip/frame.ts';
import { TraceBuilder } from '../trace/builder.ts';
import { Flag } from '../trace/columns.ts';
import { formatNumber } from '../trace/formats/all.ts';
import { MessageReader } from '../trace/message.ts';
import { sortByTime } from '../trace/order.ts';
import type { ByteSource, ReadOptions } from '../trace/pages.ts';
import { Stretch } from '../trace/stretch.ts';
import { type CaptureId, readCapture } from './capture.ts';
import type { Facts, Sink } from './sink.ts';

/** Reads a capture into columns without making a text of it; memory grows by the columns only. */
export async function indexCapture(
  source: ByteSource,
  kind: CaptureId,
  options: ReadOptions = {},
): Promise<TraceBuilder> {
  const sink = new IndexSink(kind);
  const { columns } = sink.builder;
  const progress = (bytes: number) => {
    columns.expected = (1.05 * columns.count * source.size) / bytes;
    return options.progress?.(bytes);
  };
  await readCapture(source, kind, sink, { ...options, progress });
  sortByTime(sink.builder.columns);
  return sink.builder;
}

class IndexSink implements Sink {
  readonly builder = new TraceBuilder();
  readonly endpoints = this.builder.endpoints;
  private readonly reader = new MessageReader(this.builder);
  private readonly format: number;
  private stretch: Stretch | null = null;

  constructor(kind: CaptureId) {
    this.format = formatNumber(kind) << Flag.formatShift;
  }

  message(memory: Block, from: number, to: number, facts: Facts): void {
    this.stretch ??= new Stretch(memory, to, 0, null);
    const { stretch } = this;
    stretch.bytes = memory.bytes;
    stretch.words = memory.words;
    stretch.end = to;
    stretch.base = facts.place - from;
    stretch.safe = to + 1;
    this.reader.told = {
      time: Number.isNaN(facts.time) ? null : facts.time,
      source: facts.source,
      destination: facts.destination,
      flags: this.format | (facts.transport << Flag.transportShift),
      isClosed: true,
      isIgnored: false,
      copies: 1,
    };
    this.reader.lines(stretch, from, lineEnd(memory, from, to), true);
  }

  copy(number: number): void {
    this.builder.columns.addCopy(number);
  }

  skip(why: string, place: number): void {
    this.builder.skip(why, place);
  }
}
