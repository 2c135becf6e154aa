import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type JsonNode, parseJson } from './json.ts';
import { cursor } from './testing.ts';

describe('parseJson', () => {
  it('reads what JSON.parse reads, with places', () => {
    const text = ' {"a": [1, -2.5e3, "x\\n\\u00e4"], "b": {"c": null, "d": true}, "": []} ';
    const { value, fault } = parseJson(text);
    assert.equal(fault, null);
    assert.deepEqual(plain(value!), JSON.parse(text));
    const member = value?.kind === 'object' ? value.members[1]! : null;
    assert.equal(text.slice(member!.at.from, member!.at.to), '"b"');
    assert.equal(text.slice(member!.value.from, member!.value.to), '{"c": null, "d": true}');
  });

  it('lets comments and a byte order mark pass', () => {
    const { value } = parseJson('\ufeff// first\n{ /* a * b */ "a": 1 // last\n}\n');
    assert.deepEqual(plain(value!), { a: 1 });
  });

  it('says where it cannot go on', () => {
    for (const [marked, message] of [
      ['|', 'A value is expected here.'],
      ['{"a" |1}', 'A colon is expected here.'],
      ['{"a": 1|', 'A comma or } is expected here.'],
      ['{"a": 1, |}', 'A name in quotation marks is expected here.'],
      ['[1, |"x]', 'The quotation mark that ends this text is missing.'],
      ['{"a": |off}', 'This is no value of JSON.'],
      ['{} |{}', 'The document has ended: nothing more may follow.'],
    ] as const) {
      const { text, offset } = cursor(marked);
      const { value, fault } = parseJson(text);
      assert.equal(value, null, marked);
      assert.deepEqual([fault?.from, fault?.message], [offset, message], marked);
    }
  });

  it('refuses what is nested too deeply, instead of failing', () => {
    assert.match(parseJson('['.repeat(200_000)).fault!.message, /nested too deeply/);
  });
});

function plain(node: JsonNode): unknown {
  if (node.kind === 'simple') return node.value;
  if (node.kind === 'array') return node.items.map(plain);
  return Object.fromEntries(node.members.map(({ name, value }) => [name, plain(value)]));
}
