import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { XmlDocument as Libxml2Document, ParseOption } from 'libxml2-wasm';
import { canonicalizeDocument } from 'libxml2-wasm/lib/c14n.mjs';
import { dedent } from '../base/testing.ts';
import { applied, slice } from '../base/text.ts';
import { type Layout, layOut } from './layout.ts';
import { parseXml } from './parse.ts';
import { gaps, pieces } from './sound.ts';
import { attributeText, attributeValue, type XmlDocument, type XmlElement } from './tree.ts';

const LAYOUT: Layout = { unit: '  ', lineEnd: '\n' };

function laidOut(text: string, layout = LAYOUT): string {
  return applied(text, layOut(parseXml(text), layout));
}

interface Case {
  readonly title: string;
  readonly text: string;
  readonly wanted: string;
}

const cases: Case[] = [
  {
    title: 'elements within elements stand on lines of their own, texts stay',
    text: '<?xml version="1.0"?><a><b> x &amp; y </b><c/><d> </d><e><f>1</f></e></a>',
    wanted: `
      <?xml version="1.0"?>
      <a>
        <b> x &amp; y </b>
        <c/>
        <d> </d>
        <e>
          <f>1</f>
        </e>
      </a>`,
  },
  {
    title: 'white space in tags becomes one blank, around `=` and before `>` none',
    text: `<a  x = "1"\ty='2  3' ><b   /><c /></a >`,
    wanted: `
      <a x="1" y='2  3'>
        <b />
        <c />
      </a>`,
  },
  {
    title: 'attributes keep their order and their lines, below the first one or two levels deeper',
    text: '<a z="1"\n y="2" x="3"\n\n  w="4"\n><b\nz="1"\nc="2"\n/></a>',
    wanted: `
      <a z="1"
         y="2" x="3"
         w="4">
        <b
            z="1"
            c="2"/>
      </a>`,
  },
  {
    title: 'one empty line between two elements stays, none behind a start tag or before an end tag',
    text: '<a>\n\n\n<b/>\n \n\n<c/>\n\n</a>',
    wanted: `
      <a>
        <b/>

        <c/>
      </a>`,
  },
  {
    title: 'comments stay behind what they stand behind, instructions do not; what they hold stays',
    text: '<!-- 1\n 2 -->\n<?p  q?><a>   <!--3--><b/><!--4-->  <!--5-->\n      <!--  6\n7--><?p?></a><!--8-->',
    wanted: `
      <!-- 1
       2 -->
      <?p  q?>
      <a> <!--3-->
        <b/><!--4--> <!--5-->
        <!--  6
      7-->
        <?p?>
      </a><!--8-->`,
  },
  {
    title: 'beside text nothing changes, nor below it',
    text: '<a><b>text <c><d/></c> </b><e> <![CDATA[x]]> <f/></e></a>',
    wanted: `
      <a>
        <b>text <c><d/></c> </b>
        <e> <![CDATA[x]]> <f/></e>
      </a>`,
  },
  {
    title: 'white space that shall be preserved is',
    text: '<a><b xml:space="preserve"> <c  x="1"/> </b><d xml:space="default"><e/></d></a>',
    wanted: `
      <a>
        <b xml:space="preserve"> <c  x="1"/> </b>
        <d xml:space="default">
          <e/>
        </d>
      </a>`,
  },
  {
    title: 'a document type declaration stays as it is',
    text: '<!DOCTYPE a [ <!ENTITY b "<c><d/></c>"> ]>  <a><b/></a>',
    wanted: `
      <!DOCTYPE a [ <!ENTITY b "<c><d/></c>"> ]>  <a>
        <b/>
      </a>`,
  },
  {
    title:
      'in an element that is not closed, only those that are closed and begin a line are laid out, from where they stand',
    text: '<a>\n   <b><c/><d><e/></d></b>\n<f x=1><g/></f><h><i/></h>\n<j><k/></j>',
    wanted: `
      <a>
         <b>
           <c/>
           <d>
             <e/>
           </d>
         </b>
      <f x=1><g/></f><h><i/></h>
      <j>
        <k/>
      </j>`,
  },
];

for (const { title, text, wanted } of cases) {
  it(title, () => {
    assert.equal(laidOut(text), dedent(wanted));
    assert.deepEqual(layOut(parseXml(dedent(wanted)), LAYOUT), [], 'laid out twice is laid out once');
  });
}

describe('a layout', () => {
  it('keeps line ends, and adds the one that is told', () => {
    assert.equal(
      laidOut('<a>\r\n<b/>\r\r<c/><d/></a>', { unit: '\t', lineEnd: '\r\n' }),
      '<a>\r\n\t<b/>\r\r\t<c/>\r\n\t<d/>\r\n</a>',
    );
    assert.equal(laidOut('<a x="1"\ny="2"/>', { unit: '\t', lineEnd: '\n' }), '<a x="1"\n\t\ty="2"/>');
  });

  it('changes as little as possible', () => {
    const text = '<a>\n  <b/>\n    <c/>\n  <d  x="1"/>\n</a>';
    assert.deepEqual(layOut(parseXml(text), LAYOUT), [
      { from: 13, to: 15, text: '' },
      { from: 25, to: 26, text: '' },
    ]);
  });

  it('of a part changes white space that touches the part, from where the element around it stands', () => {
    const text = '<a>\n      <b>\n<c/>\n<d/>\n</b>\n<e/></a>';
    const within = { from: text.indexOf('<d/>'), to: text.indexOf('<d/>') + 2 };
    assert.equal(laidOut(text, { ...LAYOUT, within }), text.replace('<d/>', '        <d/>'));
    const all = { from: text.indexOf('<b>'), to: text.indexOf('</b>') + 1 };
    assert.equal(laidOut(text, { ...LAYOUT, within: all }), '<a>\n  <b>\n    <c/>\n    <d/>\n  </b>\n<e/></a>');
  });

  it('of a deep document grows no faster than the document', () => {
    const deep = '<a>'.repeat(10_000) + '</a>'.repeat(10_000);
    assert.ok(laidOut(deep).length < 90 * 20_000);
    const wide = `${' '.repeat(20_000)}<x>${'<a><b/></a>'.repeat(5_000)}`;
    assert.ok(laidOut(wide).length < 90 * 20_000 * 2);
  });

  it('of each valid document means what the document means, and stays', () => {
    const folder = new URL('../../fixtures/xml/valid/', import.meta.url);
    for (const name of readdirSync(folder)) {
      const text = readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n');
      const again = laidOut(laidOut(text));
      assert.equal(again, laidOut(text), name);
      assertSame(text, again);
    }
  });
});

const blank = fc.constantFrom('', '', ' ', '\n', '\r\n', '\n\n\n  ', '\t', ' \n ');
const other = fc.constantFrom(
  '<!-- c -->',
  '<!--\n-->',
  '<?pi x?>',
  '<![CDATA[ <x> ]]>',
  'text',
  '&#32;',
  '&amp; x',
  ' y ',
);
const name = fc.constantFrom('a', 'b', 'n:c', 'long-name');
const attributes = fc.constantFrom(
  '',
  ' x="1"',
  ' x = "1"\n\ty=\'a\nb\'',
  ' z="<"'.replace('<', '&lt;'),
  '\n xml:space="preserve"',
);

const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(name, attributes, fc.array(tie('content'), { maxLength: 4 }), blank, blank)
    .map(([tag, values, content, before, behind]) =>
      content.length
        ? `<${tag}${values}${before}>${content.join('')}</${tag}${behind}>`
        : `<${tag}${values}${before}/>`,
    ),
  content: fc.oneof({ depthSize: 'small', withCrossShrink: true }, blank, other, tie('element'), tie('element')),
}));
const wellFormed = fc
  .tuple(fc.constantFrom('', '<?xml version="1.0"?>', '<!-- c -->\n'), element, fc.constantFrom('', '\n', '<?p?>'))
  .map(([prolog, root, epilog]) => `${prolog}<root xmlns:n="urn:n" x="1"  y="2">${root}</root>${epilog}`);

const layouts = fc.constantFrom<Layout>(LAYOUT, { unit: '\t', lineEnd: '\r\n' }, { unit: '    ', lineEnd: '\n' });

describe('whatever well-formed document is laid out', () => {
  it('means the same, and is laid out once and for all', () => {
    fc.assert(
      fc.property(wellFormed, layouts, (text, layout) => {
        const once = laidOut(text, layout);
        assertSame(text, once);
        assert.deepEqual(layOut(parseXml(once), layout), []);
      }),
      { numRuns: 500 },
    );
  });

  it('means the same to libxml2', () => {
    fc.assert(
      fc.property(wellFormed, layouts, (text, layout) => {
        assert.equal(canonical(laidOut(text, layout)), canonical(text));
      }),
      { numRuns: 200 },
    );
  });
});

describe('whatever text is laid out', () => {
  const markup = fc.constantFrom('<', '>', '/', '</a>', '<a>', '<a', '<b/>', ' x="', '"', "'", '=', '&', ']]>');
  const more = fc.constantFrom(
    '<!--',
    '-->',
    '<![CDATA[',
    '<?',
    '?>',
    '<!DOCTYPE',
    '[',
    '\n',
    ' ',
    '\u00a0',
    '\f',
    '\0',
  );
  const soup = fc
    .array(fc.oneof(markup, more, fc.string({ maxLength: 3 })), { maxLength: 60 })
    .map((all) => all.join(''));
  const broken = fc
    .tuple(wellFormed, fc.nat(300), fc.nat(12))
    .map(([text, at, length]) => text.slice(0, at) + text.slice(at + length));

  it('keeps each character that is not white space, and its place in the order', () => {
    fc.assert(
      fc.property(fc.oneof(soup, broken), layouts, (text, layout) => {
        const once = laidOut(text, layout);
        assert.equal(once.replace(/[ \t\r\n]+/g, ''), text.replace(/[ \t\r\n]+/g, ''));
        assert.deepEqual(layOut(parseXml(once), layout), []);
      }),
      { numRuns: 1000 },
    );
  });

  it('changes nothing outside of the part that is asked for', () => {
    fc.assert(
      fc.property(fc.oneof(wellFormed, broken), fc.nat(200), fc.nat(50), (text, from, length) => {
        const within = { from, to: from + length };
        for (const edit of layOut(parseXml(text), { ...LAYOUT, within })) {
          const blanks = /^[ \t\r\n=]*/;
          const lastBefore = from - blanks.exec([...text.slice(0, from)].reverse().join(''))![0].length;
          const firstBehind = within.to + blanks.exec(text.slice(within.to))![0].length;
          assert.ok(edit.from >= lastBefore - 1 && edit.to <= firstBehind + 1, JSON.stringify({ text, edit, within }));
        }
      }),
      { numRuns: 300 },
    );
  });
});

function assertSame(before: string, after: string): void {
  assert.deepEqual(meaning(parseXml(after)), meaning(parseXml(before)));
}

/** What a document says, in the way of Canonical XML: all but white space between elements where there is no text beside it. */
function meaning(document: XmlDocument): unknown[] {
  const root = document.root!;
  const around = [
    { from: document.from, to: root.from },
    { from: root.to, to: document.to },
  ].map((gap) => pieces(document.text, gap).filter(({ kind }) => kind !== 'blank'));
  const written = (part: { from: number; to: number }) => slice(document.text, part);
  return [around[0]!.map(written), elementMeaning(document, root, false), around[1]!.map(written)];
}

function elementMeaning(document: XmlDocument, element: XmlElement, preserved: boolean): unknown {
  const space = attributeValue(document, element, 'space', 'http://www.w3.org/XML/1998/namespace');
  const exact = space === undefined ? preserved : space === 'preserve';
  const inner = gaps(element).map((gap) => pieces(document.text, gap));
  const isText = element.children.length === 0 || inner.flat().some(({ kind }) => kind === 'text' || kind === 'cdata');
  const parts = inner.map((some) =>
    some.filter(({ kind }) => isText || exact || kind !== 'blank').map((piece) => slice(document.text, piece)),
  );
  return {
    name: `{${element.namespace}}${element.local}`,
    attributes: element.attributes.map((one) => [one.namespace, one.local, attributeText(document, one)]),
    content: parts.flatMap((some, at) => {
      const child = element.children[at];
      return child ? [...some, elementMeaning(document, child, exact)] : some;
    }),
  };
}

/** Canonical XML (comments kept) of what libxml2 reads, which leaves out the white space it holds for insignificant. */
function canonical(text: string): string {
  const document = Libxml2Document.fromString(text, { option: ParseOption.XML_PARSE_NOBLANKS });
  try {
    const parts: Buffer[] = [];
    const write = (bytes: Uint8Array) => {
      parts.push(Buffer.from(bytes));
      return bytes.length;
    };
    canonicalizeDocument({ write, close: () => true }, document, { withComments: true });
    return Buffer.concat(parts).toString('utf8');
  } finally {
    document.dispose();
  }
}
