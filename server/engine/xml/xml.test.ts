import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isLinear } from '../../../test/cpuTime.ts';
import { annotate, dedent, strip } from '../base/testing.ts';
import { slice } from '../base/text.ts';
import {
  attribute,
  attributeValue,
  child,
  childrenOf,
  parseXml,
  prettyXml,
  textOf,
  walk,
  type XmlDocument,
  type XmlElement,
} from './xml.ts';

const WELL_FORMED = [
  '<a/>',
  '\ufeff<?xml version="1.0"\n?>\n<!-- note --><a/><?pi data?>\n<!-- end -->\n',
  `<a b='"' c="'>" d = "&lt;&#10;&#x1F600;"/>`,
  '<a>x &amp; y <![CDATA[<&]]]> ]] > </a >',
  '<p:a xmlns:p="urn:p" p:b="1" b="2"><p:c xmlns:p="urn:q"/></p:a>',
  '<a xmlns="urn:a"><b xmlns=""/></a>',
  '<a xml:lang="en"/>',
  '<äö-1.·_ 属性="😀"/>',
];

const BROKEN = {
  'end tags': `
    <users>
      <user>
       ^^^^ The element \`user\` is not closed before \`</users>\`.
    </users>
  `,
  'a mistyped end tag': `
    <users><user></usr></users>
                   ^^^ \`</usr>\` does not close \`<user>\`; is \`</user>\` meant?
  `,
  'an end tag without its prefix': `
    <c:user xmlns:c="urn:c"></user>
                              ^^^^ \`</user>\` does not close \`<c:user>\`; is \`</c:user>\` meant?
  `,
  'end tags crossed': `
    <a><one><two></one></two></a>
             ^^^ The element \`two\` is not closed before \`</one>\`.
  `,
  'an end tag too many': `
    <a></element></a>
         ^^^^^^^ \`</element>\` closes nothing: no element \`element\` is open here.
  `,
  'a text that ends early': `
    <a><b><c>text
           ^ The element \`c\` is never closed, nor is \`b\` around it.
  `,
  'a tag being typed': `
    <users>
      <us
      ^^^ The tag \`<us\` has no \`>\`.
      <user/>
    </users>
  `,
  'a value being typed': `
    <users>
      <user entity="sip:bob
                   ^^^^^^^^ The value of \`entity\` has no closing quote.
      <user entity="sip:carol"/>
    </users>
  `,
  'a quote that is missing': `
    <user entity="sip:bob state="full">
                 ^^^^^^^^ The value of \`entity\` has no closing quote.
      <roles id="1>text</roles>
                ^^ The value of \`id\` has no closing quote.
    </user>
  `,
  'an end tag being typed': `
    <a><b>text</
              ^^ The end tag \`</\` has no \`>\`.
    </a>
  `,
  attributes: `
    <a x="1" x="2" y=3 z p="4"q="5" r="a<b"/>
             ^ The attribute \`x\` is given twice.
                     ^ The value of \`y\` must stand in quotes.
                                        ^ \`<\` in a value must be written \`&lt;\`.
  `,
  'an attribute without a value': `
    <a b c="1"/>
       ^ The attribute \`b\` has no value.
  `,
  'attributes without a blank': `
    <a p="4"q="5"/>
            ^ A blank is missing before \`q\`.
  `,
  names: `
    <a é!="1"><1/></a>
       ^^ A name cannot contain \`!\`.
              ^ A name is expected after \`<\`; a \`<\` in text is written \`&lt;\`.
  `,
  prefixes: `
    <m:a m:b="1"><n:c:d/><p:x xmlns:p=""/></m:a>
     ^ The prefix \`m\` is not declared.
                  ^ The prefix \`n\` is not declared.
                  ^^^^^ A name has at most one colon, between a prefix and the name itself.
                              ^^^^^^^^^^ The prefix \`p\` must stand for a namespace, not for nothing.
  `,
  'two prefixes for one namespace': `
    <a xmlns:p="u" xmlns:q="u" p:x="1" q:x="2"/>
                                       ^^^ The attribute \`q:x\` is given twice: \`p:x\` is the same.
  `,
  references: `
    <a b="&c">&amp; & &nbsp; &#0; &#x110000; 1 < 2 ]]></a>
          ^ \`&\` alone must be written \`&amp;\`.
                    ^ \`&\` alone must be written \`&amp;\`.
                      ^^^^^^ \`&nbsp;\` is not defined; XML knows \`&lt;\`, \`&gt;\`, \`&amp;\`, \`&apos;\` and \`&quot;\`.
                             ^^^^ \`&#0;\` stands for no character that XML allows.
                                  ^^^^^^^^^^ \`&#x110000;\` stands for no character that XML allows.
                                               ^ A name is expected after \`<\`; a \`<\` in text is written \`&lt;\`.
                                                   ^^^ \`]]>\` in text must be written \`]]&gt;\`.
  `,
  'text outside of the root': `
    text <a/> more
    ^^^^ Text is not allowed before the root element.
  `,
  'two roots': `
    <a/><b/><c/>
         ^ A document has one root element: \`a\` has ended before \`b\`.
  `,
  'a declaration in the middle': `
    <a/>
    <?xml version="1.0"?>
    ^^^^^ The XML declaration is only allowed at the very beginning, without anything before it.
  `,
  'a comment without end': `
    <a><!-- text
       ^^^^ The comment is never closed: \`-->\` is missing.
    </a>
  `,
  'dashes in a comment': `
    <a><!-- a -- b --></a>
              ^^ \`--\` is not allowed inside a comment.
  `,
  'a document type': `
    <!DOCTYPE a [<!ENTITY lol "]>"><!-- don't --><!ENTITY b "&lol;&lol;">]>
    ^^^^^^^^^ A document type declaration is not allowed here; entities are not expanded.
    <a>&b;</a>
  `,
  'other declarations': `
    <a><!ELEMENT b></a>
       ^^ After \`<!\` a comment \`<!-- … -->\` or a section \`<![CDATA[ … ]]>\` is expected.
  `,
};

describe('parseXml', () => {
  for (const text of WELL_FORMED) it(`finds nothing in ${text}`, () => assert.deepEqual(parseXml(text).problems, []));

  for (const [name, annotated] of Object.entries(BROKEN)) {
    it(`names ${name}`, () => {
      const text = strip(annotated);
      assert.equal(annotate(text, parseXml(text).problems), dedent(annotated));
    });
  }

  it('names a control character once, a lone half of a pair too', () => {
    assert.deepEqual(messages('<a>\0\0\0</a>'), ['XML does not allow the control character U+0000.']);
    assert.deepEqual(messages('<a b="\ud800"/>'), ['XML does not allow the character U+D800.']);
  });

  it('asks for a root where there is none', () => {
    assert.deepEqual(messages(' <!-- nothing --> '), ['An XML document needs a root element.']);
  });

  it('names twenty problems at most, and no endless name', () => {
    assert.equal(messages(`<a>${'& '.repeat(1000)}</a>`).length, 20);
    assert.ok(messages(`<${'a'.repeat(100_000)}`)[0]!.length < 100);
  });

  it('reads in place, and does not look beyond the end', () => {
    const text = 'INFO\n\n<a b="1">text</a>\n\nINFO\n\n<c> --> </d>';
    assert.equal(slice(text, parseXml(text, 6, 19).root!), '<a b="1">text');
    const whole = parseXml(text, 6, 23);
    assert.deepEqual(whole.problems, []);
    assert.equal(slice(text, whole.root!.closeTag!), '</a>');
    assert.equal(slice(text, whole.root!.openTag), '<a b="1">');
    assert.equal(slice(text, whole.root!.attributes[0]!.value), '1');
    assert.deepEqual(parseXml('<a/><!-- -->', 0, 8).problems.length, 1);
  });

  it('resolves prefixes where they are declared', () => {
    const { root } = parseXml('<a xmlns="urn:1" xmlns:p="urn:2" b="" p:b=""><p:c xmlns:p="urn:3"/><p:c/></a>');
    assert.deepEqual([root!.namespace, ...root!.children.map((one) => one.namespace)], ['urn:1', 'urn:3', 'urn:2']);
    assert.deepEqual([attribute(root!, 'b')?.name, attribute(root!, 'b', 'urn:2')?.name], ['b', 'p:b']);
  });

  it('keeps the tree around a tag that is being typed', () => {
    const { root } = parseXml('<users><user><us</user><user/></users>');
    assert.deepEqual(outline(root!), 'users(user(us),user)');
  });
});

describe('helpers', () => {
  const document = parseXml('<a t="1&amp;&#x41;\n2"><b>x<c/>&lt;<![CDATA[&amp;]]></b><b xmlns="u"/> </a>');
  const root = document.root!;

  it('decode values and texts', () => {
    assert.equal(attributeValue(document, root, 't'), '1&A 2');
    assert.equal(attributeValue(document, root, 'u'), undefined);
    assert.equal(textOf(document, root.children[0]!), 'x<&amp;');
  });

  it('find children by name and namespace', () => {
    assert.equal(childrenOf(root, 'b', '').length, 1);
    assert.equal(child(root, 'b', 'u'), root.children[1]);
    assert.equal(child(root, 'c', ''), undefined);
    assert.deepEqual(names(document), ['a', 'b', 'c', 'b']);
  });

  it('print for reading', () => {
    assert.equal(
      prettyXml(parseXml('xx  <a  x = "1"><b>text &amp; </b><c/></a>\n', 2)),
      '<a x="1">\n  <b>text &amp; </b>\n  <c/>\n</a>',
    );
    assert.equal(prettyXml(parseXml(' <a> <b> ')), '<a> <b>');
  });
});

describe('large and hostile documents', () => {
  const SIZE = 1_000_000;
  const hostile = {
    'nested deeply': '<a>'.repeat(SIZE / 4),
    'a comment that is open': `<!--${'-'.repeat(SIZE)}`,
    'angle brackets': '<'.repeat(SIZE),
    'open values': '<a x="'.repeat(SIZE / 6),
    'values of both quotes': `<a x='<a y="`.repeat(SIZE / 12),
    'open declarations': '<!DOCTYPE ['.repeat(SIZE / 10),
    'one tag of attributes': `<a ${Array.from({ length: SIZE / 20 }, (_, at) => `a${at}=""`).join(' ')}/>`,
    'end tags': `${'<abc>'.repeat(SIZE / 20)}${'</xyzxyz>'.repeat(SIZE / 20)}`,
    'quotes in the wrong place': `<a ${'x="b="'.repeat(SIZE / 6)}`,
    ampersands: '&'.repeat(SIZE),
    'one line': `<r>${'<a b="cc">hello</a>'.repeat(SIZE / 20)}</r>`,
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(`${name}: time in proportion`, async () => {
      assert.ok(await isLinear((part) => parseXml(text.slice(0, text.length * part))));
    });
  }

  it('are walked and printed without recursion', () => {
    const document = parseXml(`${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`);
    assert.equal(names(document).length, 10_000);
    assert.equal(prettyXml(document).split('\n').length, 19_999);
  });
});

describe('any text', () => {
  const markup = fc.constantFrom('<', '>', '/', '</a>', '<a', '<b:c', ' x="', "'", '=', '&', '&lt;', '&#', ';', ']]>');
  const more = fc.constantFrom('<!--', '-->', '<![CDATA[', '<?', '?>', '<!DOCTYPE', '[', ' xmlns:b="u"', '\n', '\0');
  const text = fc
    .array(fc.oneof(markup, more, fc.string({ maxLength: 3 })), { maxLength: 60 })
    .map((all) => all.join(''));

  it('gives spans that lie in the document, children in their parents', () => {
    fc.assert(
      fc.property(text, fc.nat(20), fc.nat(20), (source, before, after) => {
        const whole = `${'<'.repeat(before)}${source}${'>'.repeat(after)}`;
        const document = parseXml(whole, before, before + source.length);
        for (const problem of document.problems) assertInside(document, problem);
        for (const element of walk(document)) assertElement(document, element);
        prettyXml(document);
      }),
      { numRuns: 500 },
    );
  });
});

function messages(text: string): string[] {
  return parseXml(text).problems.map((problem) => problem.message);
}

function names(document: XmlDocument): string[] {
  return [...walk(document)].map((element) => element.name);
}

function outline(element: XmlElement): string {
  return element.children.length ? `${element.name}(${element.children.map(outline).join()})` : element.name;
}

interface Place {
  readonly from: number;
  readonly to: number;
}

function assertInside(around: Place, inner: Place): void {
  assert.ok(around.from <= inner.from && inner.from <= inner.to && inner.to <= around.to, `${inner.from}–${inner.to}`);
}

function assertElement(document: XmlDocument, element: XmlElement): void {
  assertInside(element.parent ?? document, element);
  assertInside(element, element.openTag);
  assert.equal(slice(document.text, element.nameAt), element.name);
  if (element.closeTag) assertInside(element, element.closeTag);
  for (const one of element.texts) assertInside(element, one);
  for (const one of element.attributes) {
    assertInside(element.openTag, one);
    assertInside(one, one.value);
    assert.equal(slice(document.text, one.nameAt), one.name);
  }
}
