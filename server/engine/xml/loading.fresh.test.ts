import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { elementModel, rootModels } from './model.ts';
import { provideSchemas } from './schemas.ts';
import { loadVerdict, verdict } from './verdict.ts';
import { parseXml } from './xml.ts';

describe('before schemas are loaded', () => {
  it('no element is known', () => {
    assert.equal(elementModel(parseXml('<a/>').root!), null);
    assert.deepEqual(rootModels(), []);
  });

  it('nothing is judged', async () => {
    await loadVerdict();
    assert.equal(verdict(parseXml('<a/>')), null);
  });

  it('a load that fails is tried again', async () => {
    provideSchemas(() => Promise.reject(new Error('no such file')));
    await assert.rejects(loadVerdict(), /no such file/);
    provideSchemas((file) => (file === 'cccp.xsd' ? '<broken' : ''));
    await assert.rejects(loadVerdict());
    provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
    await Promise.all([loadVerdict(), loadVerdict()]);
    assert.deepEqual(verdict(parseXml('<a/>')), []);
  });
});
