import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dedent } from '../base/testing.ts';
import { parseXml } from '../xml/xml.ts';
import { type OutlineItem, outlineOf } from './outline.ts';

function lines(items: readonly OutlineItem[], depth = 0): string[] {
  return items.flatMap(({ name, detail, kind, children }) => [
    `${'  '.repeat(depth)}${name}${detail && ` = ${detail}`} (${kind})`,
    ...lines(children, depth + 1),
  ]);
}

const outline = (text: string, brief = false) => lines(outlineOf(parseXml(text), brief)).join('\n');

const REQUEST = `<request xmlns="urn:ietf:params:xml:ns:cccp" requestId="7"><deleteUser>
  <userKeys confEntity="sip:c@x" userEntity="sip:u@x"/><n> a
  b </n></deleteUser></request>`;

describe('the outline of an XML document', () => {
  it('tells what elements are called by and what they say', () =>
    assert.equal(
      outline(REQUEST),
      dedent(`
        request 7 (entity)
          deleteUser (command)
            userKeys sip:u@x (entity)
            n = a b (text)`),
    ));

  it('leaves out what is called by nothing, in brief and in a long document', () => {
    const users = (count: number) =>
      '<users><user entity="sip:u@x"><roles><entry>a</entry></roles></user></users>'.repeat(count);
    const roster = (count: number) => `<conference-info entity="sip:c@x">${users(count)}</conference-info>`;
    const brief = 'conference-info sip:c@x (entity)\n  user sip:u@x (entity)';
    assert.equal(outline(roster(1), true), brief);
    assert.match(outline(roster(1)), /entry = a/);
    assert.equal(outline(roster(1000)).split('\n').length, 1001);
  });

  it('bears any text', () => {
    assert.equal(outline('no root'), '');
    assert.equal(outline('<a').split('\n').length, 1);
    assert.equal(outline('<a>'.repeat(20_000)).split('\n').length <= 41, true);
    assert.equal(outline('<a id="1">'.repeat(20_000)).split('\n').length, 41);
    assert.doesNotMatch(outline(`<a id="\u202e\u0007${'x'.repeat(9999)}"/>`), /[\u0000-\u0009\u202e]|x{200}/);
  });
});
