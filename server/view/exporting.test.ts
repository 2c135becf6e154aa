import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath, URL } from 'node:url';
import { LineMap } from '../engine/base/text.ts';
import { lintText } from '../engine/engine.ts';
import { provideSchemas } from '../engine/xml/schemas.ts';
import { createTraceApi } from './traces.ts';

provideSchemas((file) => readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8'));

const text = readFileSync(fileURLToPath(new URL('../../samples/eject-user.sip', import.meta.url)), 'utf8');

async function open() {
  const { reading, lint } = await lintText(text);
  const lines = new LineMap(text);
  const { problems, profiles } = lint;
  return { reading, problems, profiles, revision: 1, title: 'eject-user.sip', lines, offsetAt: () => 0, notices: [] };
}

describe('what the editor writes to files', () => {
  const opened = open();
  const api = createTraceApi(() => opened);

  it('is the ladder in every form that is offered', async () => {
    const offers = await api.exports();
    assert.ok(offers.length >= 10);
    for (const { format, title, extension } of offers) {
      const { content, encoding } = await api.file(format, null, null);
      assert.ok(title && /^\w+$/.test(extension) && content.length > 500, format);
      const expected = { pcapng: 'base64', png: 'pictures', 'png-dark': 'pictures' }[format] ?? 'utf8';
      assert.equal(encoding, expected, format);
    }
    const { content } = await api.file('pcapng', null, null);
    assert.equal(Buffer.from(content, 'base64').readUInt32LE(0), 0x0a0d0d0a);
    await assert.rejects(api.file('toString', null, null), { message: 'There is no export named “toString”.' });
  });

  it('is a part of the ladder where a scope is given: numbers stay', async () => {
    const { content } = await api.file('csv', null, { filter: 'status:481', context: 'transaction' });
    assert.deepEqual(
      content
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]),
      ['5', '9'],
    );
    const redacted = await api.file('csv', 'k', { filter: 'from:carol', context: 'message' });
    assert.equal(redacted.content.trim().split('\n').length, 5);
    assert.doesNotMatch(redacted.content, /carol/i);
    const none = api.file('csv', null, { filter: 'status:699', context: 'message' });
    await assert.rejects(none, { message: 'Nothing was exported: no message fits the filter.' });
    await assert.rejects(api.file('csv', null, { filter: 'x:', context: 'message' }), /The filter cannot be read/);
  });

  it('can be compared: a message, and a call', async () => {
    const one = await api.comparable(4, 'message', 'what matters');
    assert.match(one, /^BYE sip:/);
    assert.match(one, /CSeq: ‹…› BYE/);
    const call = await api.comparable(1, 'call', 'everything');
    assert.equal(call.match(/^# Message \d+: /gm)?.length, 4);
    assert.match(call, /^# Message 1: Alice → Focus\n\nINFO /);
  });

  it('names nobody where it is redacted', async () => {
    for (const made of [await api.redacted('k'), (await api.file('html', 'k', null)).content]) {
      assert.match(made, /deleteUser/);
      assert.doesNotMatch(made, /carol|alice|contoso/i);
    }
    assert.match((await api.file('html', null, null)).content, /carol@contoso\.com/);
  });
});
