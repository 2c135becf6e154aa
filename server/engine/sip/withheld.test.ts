import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { slice } from '../base/text.ts';
import { lintText } from '../engine.ts';
import { withheldIn } from './withheld.ts';

const first = (text: string) => {
  const found = withheldIn(text, { from: 0, to: text.length });
  return found && slice(text, found);
};

describe('a value that was taken out', () => {
  it('is a word in brackets, or an address without some of its numbers', () => {
    assert.equal(first('<sip:alice@<IP>:5060>'), '<IP>');
    assert.equal(first('SIP/2.0/UDP 10.0.XX.XX:5060'), '10.0.XX.XX');
    assert.equal(first('<sip:[removed]@example.org>'), '[removed]');
  });
  it('is no address, no URI, and nothing in a quoted name', () => {
    for (const text of [
      '<sip:alice@192.0.2.1>;+sip.instance="<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>"',
      'SIP/2.0/UDP [2001:db8::1]:5060',
      '"[External] Bob" <sip:bob@example.org>',
      String.raw`"Bob \"<boss>\" [Sales]" <sip:bob@example.org>`,
    ])
      assert.equal(first(text), null, text);
    assert.equal(first('"[External] Bob" <sip:<number>@example.org>'), '<number>');
    assert.equal(first('"open\r\n<IP>'), '<IP>', 'a quote ends with its line');
  });
});

describe('what stands on a line without its values', () => {
  const rules = async (via: string, to: string, profile: 'strict' | 'trace' = 'trace') => {
    const text = `OPTIONS sip:bob@example.org SIP/2.0\nVia: ${via}\nMax-Forwards: 70\nFrom: <sip:a@example.org>;tag=1\nTo: ${to}\nCall-ID: 1\nCSeq: 1 OPTIONS\nContent-Length: 0\n\n`;
    const { lint } = await lintText(text, { profile, levels: {} });
    return lint.problems.map(({ rule }) => rule);
  };
  const VIA = 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1';
  const BAD = 'SIP/2.0/UDP x.x.x.x:99999;branch=z9hG4bK1';

  it('is told once and not judged', async () => {
    assert.deepEqual((await rules(VIA, '<sip:bob@example.org>')).includes('value-withheld'), false);
    const told = await rules(BAD, '<sip:bob@example.org>');
    assert.ok(told.includes('value-withheld'), told.join());
    assert.ok(!told.some((rule) => rule.startsWith('via-')), told.join());
  });
  it('is judged by a strict eye, and so is a line with a name in brackets', async () => {
    const strict = await rules(BAD, '<sip:bob@example.org>', 'strict');
    assert.ok(
      strict.some((rule) => rule.startsWith('via-')),
      strict.join(),
    );
    const fault = '<sip:bob@example.org:99999>';
    assert.ok((await rules(VIA, `"[External] Bob" ${fault}`)).includes('uri-port-range'));
    assert.ok(!(await rules(VIA, `"Bob" <sip:<number>@example.org:99999>`)).includes('uri-port-range'));
  });
});
