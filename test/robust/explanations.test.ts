import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { signatureAt } from '../../server/engine/authoring/completion/signature.ts';
import { explanationAt } from '../../server/engine/authoring/explanation.ts';
import { traceSource, xmlSource } from '../../server/engine/authoring/testing.ts';
import { provideSchemas } from '../../server/engine/xml/schemas.ts';
import { loadVerdict } from '../../server/engine/xml/verdict.ts';
import { mutated, mutatedXml, runs } from './mutations.ts';

provideSchemas((file) => readFileSync(new URL(`../../server/schemas/${file}`, import.meta.url), 'utf8'));
await loadVerdict();

const sources = fc.oneof(mutatedXml().map(xmlSource), mutated.map(traceSource));

describe('wherever one points', () => {
  it('what is explained lies there, and is one explanation', () => {
    fc.assert(
      fc.property(sources, fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (source, places) => {
        for (const place of places) {
          const offset = place % (source.text.length + 1);
          const found = explanationAt(source, offset);
          if (!found) continue;
          assert.ok(found.at.from <= offset && offset <= found.at.to && found.at.to <= source.text.length);
          assert.doesNotMatch(found.markdown, /[\u0000-\u0009\u000b-\u001f]/);
          const outsideOfCode = found.markdown.replace(/(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
          assert.doesNotMatch(outsideOfCode, /(?<!\\)[<`]/);
        }
      }),
      runs(100),
    );
  });

  it('a signature names parameters of its label', () => {
    fc.assert(
      fc.property(sources, fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (source, places) => {
        for (const place of places) {
          const found = signatureAt(source, place % (source.text.length + 1));
          for (const { label, parameters } of found?.signatures ?? [])
            for (const { from, to } of parameters) assert.ok(0 <= from && from < to && to <= label.length);
        }
      }),
      runs(100),
    );
  });
});
