import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { applied } from '../base/text.ts';
import { lintDocument } from '../document.ts';
import { lintText } from '../engine.ts';
import { provideSchemas } from '../xml/schemas.ts';
import { silencedHere } from './silence.ts';
import { traceSource, xmlSource } from './testing.ts';

provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/traces/${name}`, import.meta.url), 'utf8');
const traces: Record<string, string> = {
  flattened: readFileSync(new URL('../../../samples/eject-user.flattened.txt', import.meta.url), 'utf8'),
  plain: readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8'),
  CRLF: fixture('plain/pbx/hold.sip')
    .replace(/^Max-Forwards: \d+/gm, 'Max-Forwards: 300')
    .replace(/\r?\n/g, '\r\n'),
  'of a log': fixture('freeswitch-sofia/sip-options-udp.log').replace(/CSeq: \d+/g, 'CSeq: x'),
};

describe('turning a rule off here', () => {
  for (const [what, text] of Object.entries(traces))
    it(`removes its problems of one message, and nothing else: ${what}`, async () => {
      const { problems } = (await lintText(text)).lint;
      let offered = 0;
      for (const problem of [problems[0]!, problems.at(-1)!]) {
        const edits = silencedHere(traceSource(text), problem);
        if (!edits) continue;
        offered++;
        const left = (await lintText(applied(text, edits))).lint.problems;
        const isMeant = ({ rule, messageIndex }: (typeof problems)[number]) =>
          rule === problem.rule && messageIndex === problem.messageIndex;
        const told = ({ rule, messageIndex, message }: (typeof problems)[number]) =>
          `${messageIndex} ${rule} ${message}`;
        assert.deepEqual(left.map(told), problems.filter((one) => !isMeant(one)).map(told));
      }
      assert.ok(offered > 0);
    });

  it('works in a document, too, for an element', async () => {
    const text = `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:r@example.org" version="1">
  <users>
    <user entity="sip:a@example.org" state="deleted"><roles/></user>
    <user entity="sip:b@example.org" state="deleted"><roles/></user>
  </users>
</conference-info>
`;
    const rules = async (of: string) => (await lintDocument(of, { profile: 'strict', levels: {} }))!;
    const problems = (await rules(text)).filter(({ rule }) => rule === 'confinfo-child-state');
    assert.equal(problems.length, 2);
    const after = applied(text, silencedHere(xmlSource(text), problems[0]!)!);
    assert.match(after, /\n {4}<!-- sip-lens-disable confinfo-child-state -->/);
    assert.equal((await rules(after)).filter(({ rule }) => rule === 'confinfo-child-state').length, 1, after);
  });
});
