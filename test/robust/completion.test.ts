import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { accepted, offered } from '../../server/engine/authoring/completion/testing.ts';
import type { Source } from '../../server/engine/authoring/source.ts';
import { traceSource, xmlSource } from '../../server/engine/authoring/testing.ts';
import { loadVerdict } from '../../server/engine/xml/verdict.ts';
import './holds.ts'; // says where the schemas are
import { mutated, mutatedXml, runs } from './mutations.ts';

await loadVerdict();

describe('whatever is written', () => {
  it('in a trace, what is offered takes the place of what is at the cursor', () => {
    fc.assert(
      fc.property(mutated, fc.nat(), (text, place) => holds(traceSource(text), place % (text.length + 1))),
      runs(300),
    );
  });

  it('in an XML document, too', () => {
    fc.assert(
      fc.property(mutatedXml(), fc.nat(), (text, place) => holds(xmlSource(text), place % (text.length + 1))),
      runs(300),
    );
  });

  it('nested or left open a hundred thousand times, something is offered in no time worth speaking of', () => {
    for (const piece of ['<a ', '<a>', '<users', '</a', '<!--', 'x="', '<ci:user x="']) {
      const text = `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" ${piece.repeat(100_000)}`;
      for (const offset of [text.length, text.length / 2]) holds(xmlSource(text), Math.floor(offset));
    }
    for (const piece of ['<', ';', ',', '"', '(', '=', '@', ' x']) {
      const text = `INVITE sip:b@x.org SIP/2.0\nContact: ${piece.repeat(100_000)}`;
      for (const offset of [text.length, text.length / 2]) holds(traceSource(text), Math.floor(offset));
    }
  });
});

function holds(source: Source, offset: number): void {
  const { text } = source;
  for (const one of offered(source, offset)) {
    const { from, to } = one.replace;
    assert.ok(
      0 <= from && from <= offset && offset <= to && to <= text.length,
      `${one.label}: ${from}–${to} at ${offset}`,
    );
    assert.ok(accepted(text, one).length > 0);
  }
}
