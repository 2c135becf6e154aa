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
      const { content, encoding } = await api.file(format, null);
      assert.ok(title && /^\w+$/.test(extension) && content.length > 500, format);
      assert.equal(encoding, format === 'pcapng' ? 'base64' : 'utf8');
    }
    const { content } = await api.file('pcapng', null);
    assert.equal(Buffer.from(content, 'base64').readUInt32LE(0), 0x0a0d0d0a);
    await assert.rejects(api.file('toString', null), { message: 'There is no export named “toString”.' });
  });

  it('names nobody where it is redacted', async () => {
    for (const made of [await api.redacted('k'), (await api.file('html', 'k')).content]) {
      assert.match(made, /deleteUser/);
      assert.doesNotMatch(made, /carol|alice|contoso/i);
    }
    assert.match((await api.file('html', null)).content, /carol@contoso\.com/);
  });
});
