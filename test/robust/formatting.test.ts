import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatting, type Style } from '../../server/engine/authoring/formatting.ts';
import { type Trigger, typed } from '../../server/engine/authoring/onType.ts';
import type { Source, TextEdit } from '../../server/engine/authoring/source.ts';
import { applied, traceSource, xmlSource } from '../../server/engine/authoring/testing.ts';
import { slice } from '../../server/engine/base/text.ts';
import { headerId } from '../../server/engine/sip/registry.ts';
import { mutated, mutatedXml, runs } from './mutations.ts';

const STYLES: Style[] = [
  { unit: '  ' },
  { unit: '\t', insertFinalNewline: true, trimFinalNewlines: true, trimTrailingWhitespace: true },
];

function edits(source: Source, style: Style, part = { from: 0, to: source.text.length }): TextEdit[] {
  const steps = formatting(source, style, part);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function bodies({ reading: { trace } }: Source): string {
  const each = Array.from({ length: trace.count }, (_, index) => {
    const { text, body } = trace.message(index);
    return slice(text, body).replace(/[ \t\r\n]+/g, '');
  });
  return each.join('\n');
}

/** What a change is allowed to be. */
function isHarmless({ text, reading: { trace } }: Source, { from, to, text: by }: TextEdit): boolean {
  if (/^[ \t\r\n]*$/.test(text.slice(from, to) + by)) return true;
  const message = trace.message(trace.indexAt(from));
  const field = message.headers.find((one) => one.from <= from && to <= one.to);
  if (!field) return /^[ \t\r\n=]*$/.test(text.slice(from, to)) && by === '=';
  if (from >= field.value.from) return field.id === 'content-length' && /^\d+$/.test(by);
  const line = applied(text, [{ from, to, text: by }]).slice(field.from, field.to + by.length);
  return headerId(line.slice(0, line.indexOf(':')).trim()) === field.id;
}

describe('whatever is formatted', () => {
  it('as a trace changes in white space, names and lengths only', () => {
    fc.assert(
      fc.property(mutated, fc.constantFrom(...STYLES), (text, style) => {
        const source = traceSource(text);
        const made = edits(source, style);
        for (const one of made) assert.ok(isHarmless(source, one), JSON.stringify([text.slice(one.from, one.to), one]));
        const after = traceSource(applied(text, made));
        // With its length put right, a body may turn out to be another one than it was taken for.
        fc.pre(bodies(after) === bodies(source));
        assert.deepEqual(edits(after, style), []);
      }),
      runs(200),
    );
  });

  it('as an XML document keeps each character but white space', () => {
    fc.assert(
      fc.property(mutatedXml(), fc.constantFrom(...STYLES), (text, style) => {
        const after = applied(text, edits(xmlSource(text), style));
        assert.equal(after.replace(/[ \t\r\n]+/g, ''), text.replace(/[ \t\r\n]+/g, ''));
        assert.deepEqual(edits(xmlSource(after), style), []);
      }),
      runs(200),
    );
  });

  it('while typing changes nothing but the blanks of one line', () => {
    fc.assert(
      fc.property(mutatedXml(), fc.nat(), fc.constantFrom<Trigger>('>', '\n'), (text, place, trigger) => {
        const at = place % (text.length + 1);
        const written = text.slice(0, at) + trigger + text.slice(at);
        for (const { from, to, text: by } of typed(xmlSource(written), at + 1, trigger, '  '))
          assert.match(written.slice(from, to) + by, /^[ \t]*$/);
      }),
      runs(200),
    );
  });
});
