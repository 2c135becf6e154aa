import { type Block, lineEnd } from '../sip/frame.ts';
import { TraceBuilder } from '../trace/builder.ts';
import { Flag } from '../trace/columns.ts';
import { formatNumber } from '../trace/formats/all.ts';
import type { GrowingIndex } from '../trace/growing.ts';
import { MessageReader } from '../trace/message.ts';
import { sortByTime } from '../trace/order.ts';
import type { ByteSource, ReadOptions } from '../trace/pages.ts';
import { Stretch } from '../trace/stretch.ts';
import { type CaptureId, CaptureReader, readCapture } from './capture.ts';
import { Reassembled } from './reassembled.ts';
import type { Facts, Sink } from './sink.ts';

/** Reads a capture into columns without making a text of it; memory grows by the columns only. */
export async function indexCapture(
  source: ByteSource,
  kind: CaptureId,
  options: ReadOptions = {},
): Promise<TraceBuilder> {
  const sink = new IndexSink(kind, null);
  await readCapture(source, kind, sink, sink.expecting(source, options));
  sortByTime(sink.builder.columns);
  return sink.builder;
}

/**
 * A capture that may grow. Of each message it is known where its text stands: in the file, or, where it was put together of several
 * packets, among the texts that are kept.
 */
export class GrowingCapture implements GrowingIndex {
  readonly texts = new Reassembled();
  private readonly sink: IndexSink;
  private readonly capture: CaptureReader;

  constructor(kind: CaptureId) {
    this.sink = new IndexSink(kind, this.texts);
    this.capture = new CaptureReader(kind, this.sink);
  }

  get builder(): TraceBuilder {
    return this.sink.builder;
  }

  /** Reads the whole packets that are there now. */
  readOn(source: ByteSource, options: ReadOptions = {}): Promise<boolean> {
    return this.capture.readOn(source, this.sink.expecting(source, options));
  }

  /** Nothing was written for a while: what waits for more packets is shown as far as it goes. */
  pause(): void {
    this.capture.pause();
  }

  /** Nothing more will be written: a packet at the end that is not whole is read as well. */
  finish(source: ByteSource): Promise<void> {
    return this.capture.finish(source);
  }
}

class IndexSink implements Sink {
  readonly builder = new TraceBuilder();
  readonly endpoints = this.builder.endpoints;
  private readonly reader = new MessageReader(this.builder);
  private readonly format: number;
  private readonly texts: Reassembled | null;
  private stretch: Stretch | null = null;

  /** @param texts keeps what stands nowhere in the file as a whole, where somebody wants to read it again */
  constructor(kind: CaptureId, texts: Reassembled | null) {
    this.format = formatNumber(kind) << Flag.formatShift;
    this.texts = texts;
  }

  /** The options of a read that lets the columns know how many messages may come. */
  expecting(source: ByteSource, options: ReadOptions): ReadOptions {
    const { columns } = this.builder;
    const progress = (bytes: number) => {
      columns.expected = (1.05 * columns.count * source.size) / bytes;
      return options.progress?.(bytes);
    };
    return { ...options, progress };
  }

  message(memory: Block, from: number, to: number, facts: Facts, at: number): void {
    this.stretch ??= new Stretch(memory, to, 0, null);
    const { stretch } = this;
    stretch.bytes = memory.bytes;
    stretch.words = memory.words;
    stretch.end = to;
    stretch.base = (at >= 0 ? at : (this.texts?.keep(memory.bytes, from, to) ?? facts.place)) - from;
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
