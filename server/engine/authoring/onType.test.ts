import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { cursor } from '../base/testing.ts';
import { provideSchemas } from '../xml/schemas.ts';
import { loadVerdict } from '../xml/verdict.ts';
import { type Trigger, typed } from './onType.ts';
import { applied, traceSource, xmlSource } from './testing.ts';

provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
await loadVerdict();

const CONFINFO = '<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:a@example.org">';

/** The text, which goes on behind the root's start tag, after `|` was reached by typing. */
function after(marked: string, trigger: Trigger, { unit = '  ', root = CONFINFO, sourceOf = xmlSource } = {}): string {
  const { text, offset } = cursor(root + marked);
  return applied(text, typed(sourceOf(text), offset, trigger, unit)).slice(root.length);
}

const onEnter: [title: string, before: string, after: string][] = [
  ['behind a start tag, one level deeper', '\n  <users>\n|', '\n  <users>\n    '],
  ['what is behind the cursor comes along', '\n  <users>\n|<user/>', '\n  <users>\n    <user/>'],
  ['blanks that the editor has put there count', '\n  <users>\n  |', '\n  <users>\n    '],
  [
    'behind a child, like the child',
    '\n  <users>\n  <user/>\n|\n  </users>',
    '\n  <users>\n  <user/>\n    \n  </users>',
  ],
  ['an end tag stands below its start tag', '\n  <users>\n      |</users>', '\n  <users>\n  </users>'],
  ['between attributes, below the first', '\n  <user entity="sip:a@e"\n|>', '\n  <user entity="sip:a@e"\n        >'],
  [
    'in a tag that is not finished, too',
    '\n  <user entity="sip:a@e"\n|\n  <users/>',
    '\n  <user entity="sip:a@e"\n        \n  <users/>',
  ],
  ['behind the name, two levels deeper', '\n  <user\n|entity="sip:a@e"/>', '\n  <user\n      entity="sip:a@e"/>'],
  ['behind a comment', '<!-- 1\n2 -->\n|', '<!-- 1\n2 -->\n  '],
];

const unchanged: [title: string, text: string][] = [
  ['in a value', '\n  <user entity="a\n|b"/>'],
  ['in a comment', '\n  <!-- a\n| -->'],
  ['in a CDATA section', '\n  <![CDATA[\n|]]>'],
  ['in text', '\n  <users>a\n|b</users>'],
  [
    'where text is meant to be',
    '\n  <conference-description><display-text>\n|</display-text></conference-description>',
  ],
  ['where white space is to be kept', '\n  <users xml:space="preserve"><user>\n|</user></users>'],
  ['in an end tag', '\n  <users></users\n|>'],
  ['behind the root', '</conference-info>\n|'],
];

describe('a line break indents the new line', () => {
  for (const [title, before, wanted] of onEnter) it(title, () => assert.equal(after(before, '\n'), wanted));
  it('with tabs', () => assert.equal(after('\n\t<users>\n|', '\n', { unit: '\t' }), '\n\t<users>\n\t\t'));
  for (const [title, text] of unchanged)
    it(`but not ${title}`, () => assert.equal(after(text, '\n'), text.replace('|', '')));
  it('but not in other vocabularies', () => {
    const root = '<a xmlns="urn:x">';
    assert.equal(after('\n  <b>\n|', '\n', { root }), '\n  <b>\n');
  });
});

describe('the `>` of an end tag that stands alone indents it', () => {
  it('like the line of its start tag', () => {
    assert.equal(after('\n  <users>\n    <user/>\n    </users>|', '>'), '\n  <users>\n    <user/>\n  </users>');
    assert.equal(after('\n<users><user>\n    </user>|</users>', '>'), '\n<users><user>\n</user></users>');
  });
  for (const text of [
    '\n  <users>|',
    '\n  <users>\n    <user></user>|',
    '\n  <users>text\n    </users>|',
    '\n  <conference-description><display-text>\n    </display-text>|',
    '\n  <users>\n    </nothing>|',
    '\n  <users>\n  </users>|',
    '\n  <users>\n    -->|',
  ])
    it(`and no other one: ${JSON.stringify(text)}`, () => assert.equal(after(text, '>'), text.replace('|', '')));
});

describe('in a body of a message', () => {
  const head = 'INFO sip:b@e SIP/2.0\r\nv:x\r\nContent-Type: application/conference-info+xml\r\nl:  9\r\n\r\n';
  it('lines are indented, headers and lengths stay', () => {
    const root = head + CONFINFO;
    assert.equal(
      after('\r\n<users>\r\n|\r\n</users>', '\n', { root, sourceOf: traceSource }),
      '\r\n<users>\r\n  \r\n</users>',
    );
    assert.equal(after('\r\n<users>\r\n  </users>|', '>', { root, sourceOf: traceSource }), '\r\n<users>\r\n</users>');
  });
  it('nothing changes in heads and between messages', () => {
    for (const text of ['INFO sip:b@e SIP/2.0\r\n|v: x\r\n', '# a\r\n|\r\nINFO sip:b@e SIP/2.0\r\nv: x', 'v: </a>|'])
      for (const trigger of ['\n', '>'] as const)
        assert.equal(after(text, trigger, { root: '', sourceOf: traceSource }), text.replace('|', ''));
  });
});
