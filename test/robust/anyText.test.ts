import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lintDocument } from '../../server/engine/document.ts';
import { DEFAULT_OPTIONS } from '../../server/engine/severity.ts';
import { loadVerdict } from '../../server/engine/xml/verdict.ts';
import { parseXml, prettyXml, walk } from '../../server/engine/xml/xml.ts';
import { documentRulesHold, rulesHold, walkThrough } from './holds.ts';
import { mutated, mutatedXml, runs } from './mutations.ts';

await loadVerdict();

/** Lines as SIP traces have them, in any order. */
const lines = fc
  .array(
    fc.oneof(
      fc.constantFrom('INVITE sip:a@b SIP/2.0', 'SIP/2.0 200 OK', 'Via: SIP/2.0/UDP h;branch=z9hG4bK1', 'Call-ID: 1'),
      fc.constantFrom('', ' ', '\t', 'CSeq: 1 INVITE', 'From: <sip:a@b>;tag=1', 'To: x', 'l: 3', 'c: text/xml', '<a/>'),
      fc.constantFrom('v=0', 'o=- 1 1 IN IP4 h', '--b', 'c: multipart/mixed;boundary=b', '10:00:00', 'nonsense', '# x'),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc
        .tuple(fc.constantFrom('Contact', 'Via', 'To', 'Event', 'Reason', 'Accept', 'X'), fc.string({ maxLength: 20 }))
        .map(([name, value]) => `${name}: ${value}`),
    ),
    { maxLength: 25 },
  )
  .chain((rows) => fc.constantFrom('\n', '\r\n', '\r', ' ').map((end) => rows.join(end)));

describe('any text', () => {
  it('of any bytes is read, checked, drawn and asked about', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('latin1', 'utf8'), async (bytes, encoding) =>
        holds(Buffer.from(bytes).toString(encoding)),
      ),
      runs(150),
    );
  });

  it('of any characters is, too', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), holds), runs(150));
  });

  it('of the lines that traces are made of is, too', async () => {
    await fc.assert(fc.asyncProperty(lines, holds), runs(400));
  });

  it('that some changes make of a trace is, too', async () => {
    await fc.assert(fc.asyncProperty(mutated, holds), runs(400));
  });
});

describe('any XML document', () => {
  it('that some changes make of a body is judged within its bounds', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedXml(), async (text) => {
        documentRulesHold(parseXml(text), { carrier: null, type: null });
        for (const { from, to, message } of (await lintDocument(text, DEFAULT_OPTIONS)) ?? []) {
          assert.ok(from >= 0 && from <= to && to <= text.length, `${from}–${to} of ${text.length}`);
          assert.doesNotMatch(message, /[\u0000-\u001f\u007f-\u009f]/);
        }
      }),
      runs(300),
    );
  });

  it('is printed with the same elements', () => {
    fc.assert(
      fc.property(mutatedXml(), (text) => {
        const document = parseXml(text);
        const again = parseXml(prettyXml(document));
        assert.equal([...walk(again)].length, [...walk(document)].length);
      }),
      runs(300),
    );
  });
});

async function holds(text: string): Promise<void> {
  const { reading } = await walkThrough(text);
  rulesHold(reading);
}
