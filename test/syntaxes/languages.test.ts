import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DEFAULT_INPUT, templates } from '../../server/engine/authoring/templates.ts';

interface Language {
  readonly id: string;
  readonly firstLine: string;
}

interface EnterRule {
  readonly beforeText: string;
  readonly afterText?: string;
  readonly action: { readonly indent: string };
}

const { languages } = readJson<{ contributes: { languages: Language[] } }>('package.json').contributes;
const { onEnterRules } = readJson<{ onEnterRules: EnterRule[] }>('language-configuration.xml.json');

test('a document is known by its root where that stands on the first line', () => {
  for (const { id, kind, document } of templates()) {
    const [, ...lines] = document(DEFAULT_INPUT).split('\n');
    assert.deepEqual(languagesOf(lines.join(' ')), [kind === 'request' ? 'cccp' : 'conference-info'], id);
  }
  const body = '<c:response xmlns:x="urn:x" xmlns:c="urn:ietf:params:xml:ns:cccp" requestId="1"/>';
  assert.deepEqual(languagesOf(`<?xml version="1.0"?> ${body}`), ['cccp']);
  assert.deepEqual(languagesOf('<request xmlns="urn:example"/>'), []);
  assert.deepEqual(languagesOf('<x><request xmlns="urn:ietf:params:xml:ns:cccp"/></x>'), []);
});

test('Enter indents behind a start tag, and between it and its end tag', () => {
  assert.equal(onEnter('  <users state="partial">', ''), 'indent');
  assert.equal(onEnter('  <users a="1 > 0">', '</users>'), 'indentOutdent');
  assert.equal(onEnter("<ci:user entity='sip:a/b'>", '</ci:user>'), 'indentOutdent');
  for (const before of ['<users/>', '<user entity="a"/>', '</users>', '<?xml version="1.0"?>', '<!-- a -->', 'text'])
    assert.equal(onEnter(before, ''), undefined, before);
});

function languagesOf(line: string): string[] {
  return languages.flatMap(({ id, firstLine }) => (new RegExp(firstLine).test(line) ? [id] : []));
}

function onEnter(before: string, after: string): string | undefined {
  const rule = onEnterRules.find(
    ({ beforeText, afterText }) => new RegExp(beforeText).test(before) && new RegExp(afterText ?? '').test(after),
  );
  return rule?.action.indent;
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
}
