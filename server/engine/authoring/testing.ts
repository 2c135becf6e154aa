import { applied as apply } from '../base/text.ts';
import { read } from '../engine.ts';
import { parseXml } from '../xml/xml.ts';
import type { Source, TextEdit } from './source.ts';

/** A trace as a source, for tests. */
export function traceSource(text: string): Source {
  return { uri: 'test:trace.sip', text, kind: 'trace', reading: read(text), xml: null };
}

/** An XML document of its own as a source, for tests. */
export function xmlSource(text: string): Source {
  return { uri: 'test:document.cccp', text, kind: 'xml', reading: read(''), xml: parseXml(text) };
}

/** The text after the edits, which must not overlap. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  const order = [...edits].sort((a, b) => a.from - b.from);
  for (const [at, { from }] of order.entries())
    if (at > 0 && from < order[at - 1]!.to) throw new Error(`Two edits overlap at ${from}.`);
  return apply(text, order);
}

/** What a generator gives in the end. */
export function finished<T>(steps: Iterator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
