import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cursor } from '../../base/testing.ts';
import { parseXml, type XmlElement } from '../../xml/xml.ts';
import { xmlCursor } from './xmlCursor.ts';

/** What is at the bar: kind, `typed` in brackets, the element or the siblings around it. */
function seen(marked: string): string {
  const { text, offset } = cursor(marked);
  const found = xmlCursor(parseXml(text), offset);
  if (!found) return 'nothing';
  const typed = `[${text.slice(found.typed.from, found.typed.to)}]`;
  const names = (elements: readonly XmlElement[]) => elements.map(({ name }) => name).join(' ');
  switch (found.kind) {
    case 'content':
    case 'tag': {
      const only = found.kind === 'tag' && found.nameOnly ? ' name only' : '';
      return `${found.kind}${only} ${typed} in ${found.parent?.name ?? 'root'}: ${names(found.before)} | ${names(found.after)}`;
    }
    case 'closing':
      return `closing ${typed} of ${found.parent.name}`;
    case 'attribute':
      return `attribute ${typed} of ${found.element.name}${found.attribute ? ` at ${found.attribute.name}` : ''}`;
    case 'value':
      return `value ${typed} of ${found.attribute.name}, ${found.open}…${found.close}`;
  }
}

const CASES: readonly [string, string][] = [
  // content
  ['<a>|</a>', 'content [] in a:  | '],
  ['<a>\n  |\n</a>', 'content [] in a:  | '],
  ['<a><b/>|<c></c></a>', 'content [] in a: b | c'],
  ['<a><b/> w|o <c/></a>', 'content [wo] in a: b | c'],
  ['<a><b/>|', 'content [] in a: b | '],
  ['<a><b>|<c/></a>', 'content [] in b:  | '],
  ['<a><b>t|</a>', 'content [t] in b:  | '],
  ['|', 'content [] in root:  | '],
  ['<?xml version="1.0"?>\n|', 'content [] in root:  | '],
  ['<a/>|', 'nothing'],
  ['|<a/>', 'nothing'],
  // tags
  ['<|', 'tag [] in root:  | '],
  ['<re|', 'tag [re] in root:  | '],
  ['<a><|</a>', 'tag [] in a:  | '],
  ['<a><|></a>', 'tag [>] in a:  | '],
  ['<a>\n<|\n<c/></a>', 'tag [] in a:  | c'],
  ['<a><b/>\n<x|\n<c/><d></d></a>', 'tag [x] in a: b | c d'],
  ['<a><b/><x:|<c/></a>', 'tag [x:] in a: b | c'],
  ['<a><b/><x|><c/></a>', 'tag [x>] in a: b | c'],
  ['<a><b/><x|></x><c/></a>', 'tag name only [x] in a: b | c'],
  ['<a><b/><x| y="1"><c/></a>', 'tag name only [x] in a: b | c'],
  ['<a><x|/></a>', 'tag name only [x] in a:  | '],
  // What is wrong before the cursor does no harm.
  ['<a><b/><bro\n<c/>\n|<d/></a>', 'content [] in a: b c | d'],
  // closing tags
  ['<a><b></|</a>', 'closing [] of b'],
  ['<a><b></|></a>', 'closing [>] of b'],
  ['<a><b></b|</a>', 'closing [b] of b'],
  ['<a><a><c></a|', 'closing [a] of c'],
  ['<a><b/></|', 'closing [] of a'],
  ['<a><|/a>', 'nothing'],
  // attributes
  ['<a |', 'attribute [] of a'],
  ['<a |>', 'attribute [] of a'],
  ['<a |/>', 'attribute [] of a'],
  ['<a b="1" |c="2">', 'attribute [] of a'],
  ['<a b="1" c|>', 'attribute [c] of a at c'],
  ['<a b="1" c|c="2">', 'attribute [cc] of a at cc'],
  ['<a b="1"| c="2">', 'nothing'],
  ['<a><b s|\n<c/></a>', 'attribute [s] of b at s'],
  ['<a /|>', 'nothing'],
  // values
  ['<a b="|">', 'value [] of b, …'],
  ['<a b="x|y">', 'value [xy] of b, …'],
  ["<a b='x|y'>", 'value [xy] of b, …'],
  ['<a b=|>', 'value [] of b, "…"'],
  ['<a b=x|>', 'value [x] of b, "…"'],
  ['<a b="x|>', 'value [x] of b, …"'],
  ['<a b="x| c="y">', 'value [x] of b, …"'],
  ['<a><b c="|\n<d/></a>', 'value [] of c, …"'],
  // what is no place to write in
  ['<a><!-- | --></a>', 'nothing'],
  ['<a><!-- x -->|</a>', 'content [] in a:  | '],
  ['<a><![CDATA[ <| ]]></a>', 'nothing'],
  ['<a><?x | ?></a>', 'nothing'],
  ['<?xml | ?><a/>', 'nothing'],
  ['<a><!|</a>', 'nothing'],
];

describe('what is written at the cursor', () => {
  for (const [marked, expected] of CASES) test(JSON.stringify(marked), () => assert.equal(seen(marked), expected));
});
