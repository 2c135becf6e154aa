import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { snippets } from './snippets.ts';
import { DEFAULT_INPUT, templates } from './templates.ts';

for (const [kind, name] of [
  ['request', 'cccp'],
  ['notification', 'conference-info'],
] as const)
  test(`snippets/${name}.json holds the templates as they are`, () => {
    const file = new URL(`../../../snippets/${name}.json`, import.meta.url);
    const wanted = snippets(kind);
    if (process.env.UPDATE) writeFileSync(file, `${JSON.stringify(wanted, null, 2)}\n`);
    else assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), wanted, 'run this test with UPDATE=1');
  });

test('a snippet that nobody changes is its template', () => {
  const all = { ...snippets('request'), ...snippets('notification') };
  for (const { id, document } of templates()) {
    const lines = document(DEFAULT_INPUT).split('\n').slice(1);
    assert.equal(filled(all[id]?.body.join('\n') ?? ''), lines.join('\n'), id);
  }
});

/** The text that a snippet leaves when each stop is left with Tab. */
function filled(body: string): string {
  const values = new Map<string, string>();
  const text = body.replace(/\$\{(\d+):([^}]*)\}/g, (_, stop: string, value: string) => {
    values.set(stop, value);
    return value;
  });
  return text.replace(/(?<!\\)\$(\d+)/g, (_, stop: string) => values.get(stop) ?? '');
}
