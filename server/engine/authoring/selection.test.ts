import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cursor } from '../base/testing.ts';
import { selectionAt } from './selection.ts';
import { traceSource, xmlSource } from './testing.ts';

/** What is selected step by step from `|` on, up to `most` steps. */
function selected(marked: string, most = 20): string[] {
  const { text, offset } = cursor(marked);
  const source = text.startsWith('<') ? xmlSource(text) : traceSource(text);
  return selectionAt(source, offset)
    .slice(0, most)
    .map(({ from, to }) => text.slice(from, to));
}

const HEAD = 'INFO sip:b@x SIP/2.0\nFrom: "A. B." <sip:al|ice@x.org:5060;gruu>;tag=1, x\nl: 4\n';

describe('a selection grows', () => {
  it('from a word over the address to the header, the head and the message', () =>
    assert.deepEqual(selected(`# prose\n${HEAD}\nbody`), [
      'alice',
      'alice@x.org',
      'sip:alice@x.org:5060',
      'sip:alice@x.org:5060;gruu',
      '"A. B." <sip:alice@x.org:5060;gruu>;tag=1, x',
      'From: "A. B." <sip:alice@x.org:5060;gruu>;tag=1, x',
      'From: "A. B." <sip:alice@x.org:5060;gruu>;tag=1, x\nl: 4',
      `${HEAD.replace('|', '')}\nbody`,
      `# prose\n${HEAD.replace('|', '')}\nbody`,
    ]));

  it('over a parameter and one value of a list', () =>
    assert.deepEqual(selected('BYE sip:b@x SIP/2.0\nVia: SIP/2.0/UDP a;branch=z9|h-1, SIP/2.0/UDP b\nl: 0\n', 5), [
      'z9h',
      'z9h-1',
      'branch=z9h-1',
      'SIP/2.0/UDP a;branch=z9h-1',
      'SIP/2.0/UDP a;branch=z9h-1, SIP/2.0/UDP b',
    ]));

  it('inside the quotes first', () =>
    assert.deepEqual(selected('BYE sip:b@x SIP/2.0\nTo: "Al|ice A." <sip:a@x>\nl: 0\n', 4), [
      'Alice',
      'Alice A.',
      '"Alice A."',
      '"Alice A." <sip:a@x>',
    ]));

  it('in a start line', () => {
    assert.deepEqual(selected('SIP/2.0 480 Temporarily| Unavailable\nl: 0\n', 3), [
      'Temporarily',
      'Temporarily Unavailable',
      'SIP/2.0 480 Temporarily Unavailable',
    ]);
    assert.deepEqual(selected('BYE sip:b@x;gr=|1 SIP/2.0\nl: 0\n', 4), [
      '1',
      'gr=1',
      'sip:b@x;gr=1',
      'BYE sip:b@x;gr=1 SIP/2.0',
    ]);
  });

  it('from a value over attribute, tag and elements to body and message', () => {
    const body = '<a>\n  <b id="1" entity="sip:c|arol@x"> <c/> </b>\n</a>';
    const plain = body.replace('|', '');
    const head = 'INFO sip:b@x SIP/2.0\nContent-Type: application/cccp+xml\n\n';
    assert.deepEqual(selected(`${head}${body}\n`), [
      'carol',
      'carol@x',
      'sip:carol@x',
      'entity="sip:carol@x"',
      '<b id="1" entity="sip:carol@x">',
      '<b id="1" entity="sip:carol@x"> <c/> </b>',
      '\n  <b id="1" entity="sip:carol@x"> <c/> </b>\n',
      plain,
      `${head}${plain}`,
      `${head}${plain}\n`,
    ]);
  });

  it('from text over the content to the element', () =>
    assert.deepEqual(selected('<a><b> two wo|rds </b></a>'), [
      'words',
      'two words',
      ' two words ',
      '<b> two words </b>',
      '<a><b> two words </b></a>',
    ]));

  it('in the order of the source where a message stands on one line', () => {
    const line =
      'INFO sip:b@x SIP/2.0 Via: SIP/2.0/UDP h From: <sip:al|ice@x>;tag=1 Call-ID: 1 Content-Type: text/xml <a b="1"/>';
    assert.deepEqual(selected(line, 5).slice(0, 5), [
      'alice',
      'alice@x',
      'sip:alice@x',
      '<sip:alice@x>;tag=1',
      'From: <sip:alice@x>;tag=1',
    ]);
  });

  it('to the outermost in few steps, however deep it is', () => {
    const deep = `${'<a>'.repeat(5000)}w|`;
    const steps = selected(deep, 1000);
    assert.equal(steps.length, 100);
    assert.deepEqual([steps[0], steps.at(-1)], ['w', deep.slice(0, -1)]);
  });

  it('from nothing but white space to the document', () => assert.deepEqual(selected('# a\n | \n'), ['# a\n  \n']));
});
