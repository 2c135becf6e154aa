import type { Block } from '../sip/frame.ts';
import { Endpoints, TRANSPORTS } from '../trace/endpoints.ts';
import { messageMark, skippedMark } from '../trace/formats/capture.ts';
import type { ByteSource, ReadOptions } from '../trace/pages.ts';
import { textOf } from './bytes.ts';
import { type CaptureId, readCapture } from './capture.ts';
import type { Facts, Sink } from './sink.ts';

/**
 * A capture as a plain trace: each message as it was sent, in the order of time, behind a line with its time, transport and addresses.
 * The trace reader knows these lines (`formats/capture.ts`), so that the text stands for the capture wherever a text is wanted.
 */
export async function captureText(source: ByteSource, kind: CaptureId, options?: ReadOptions): Promise<string> {
  const sink = new TextSink();
  await readCapture(source, kind, sink, options);
  return sink.text(kind);
}

interface Captured {
  readonly text: string;
  readonly facts: Facts;
  copies: number;
}

class TextSink implements Sink {
  readonly endpoints = new Endpoints();
  private readonly messages: Captured[] = [];
  private readonly skipped = new Map<string, number>();

  message({ bytes }: Block, from: number, to: number, facts: Facts): void {
    this.messages.push({ text: textOf(bytes, from, to), facts, copies: 1 });
  }

  copy(number: number): void {
    this.messages[number]!.copies++;
  }

  skip(why: string): void {
    this.skipped.set(why, (this.skipped.get(why) ?? 0) + 1);
  }

  text(kind: CaptureId): string {
    const { names } = this.endpoints;
    const parts: string[] = [];
    for (const { text, facts, copies } of inOrder(this.messages)) {
      const { time, source, destination, transport } = facts;
      const way = { transport: TRANSPORTS[transport]!, source: names[source]!, destination: names[destination]! };
      parts.push(messageMark(kind, { time: Number.isNaN(time) ? null : time, ...way, copies }), text);
      parts.push(text.endsWith('\n') ? '\n' : '\n\n');
    }
    for (const [why, count] of this.skipped) parts.push(skippedMark(kind, why, count));
    return parts.join('');
  }
}

/** By time; one without keeps its place behind the one before it. */
function inOrder(messages: readonly Captured[]): Captured[] {
  let time = Number.NEGATIVE_INFINITY;
  const keyed = messages.map((message) => {
    if (!Number.isNaN(message.facts.time)) time = message.facts.time;
    return { message, time };
  });
  return keyed.sort((a, b) => a.time - b.time || 0).map(({ message }) => message);
}
