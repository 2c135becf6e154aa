import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { CONFIGURATION_FILE, LEVEL_NAMES, PROFILE_NAMES, readConfiguration } from '../server/engine/configuration.ts';
import { allRules } from '../server/engine/rules/all.ts';
import { RULE_GROUPS } from '../server/engine/rules/groups.ts';

// What an editor offers and checks in a configuration file is made of the rules. UPDATE=1 writes it.
const FILE = new URL('../schemas/sip-lens.schema.json', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  contributes: {
    jsonValidation: readonly { fileMatch: string; url: string }[];
    configuration: { properties: Record<string, { enum?: string[]; enumDescriptions?: string[] }> };
  };
};

test('the schema of configuration files knows all rules and groups', () => {
  const wanted = `${JSON.stringify(schema(), null, 2)}\n`;
  if (process.env.UPDATE) writeFileSync(FILE, wanted);
  assert.ok(existsSync(FILE) && readFileSync(FILE, 'utf8') === wanted, 'run this test with UPDATE=1');
});

test('the editor is told of the schema', () => {
  const [own] = manifest.contributes.jsonValidation;
  assert.equal(own!.fileMatch, CONFIGURATION_FILE);
  assert.equal(new URL(`../${own!.url}`, import.meta.url).href, FILE.href);
});

test('its names are those that are read', () => {
  const names = Object.keys(schema().properties.rules.properties);
  const rules = Object.fromEntries(names.map((name) => [name, 'off']));
  const { levels, problems } = readConfiguration(JSON.stringify({ $schema: '', profile: 'ms', rules }));
  assert.deepEqual(problems, []);
  assert.equal(Object.keys(levels).length, names.length);
});

function schema() {
  const profile = manifest.contributes.configuration.properties['sipLens.profile']!;
  const level = (description: string) => ({ enum: LEVEL_NAMES, description });
  const groups = Object.entries(RULE_GROUPS).map(([id, title]) => [id, level(`All rules of the group: ${title}.`)]);
  const rules = allRules.map(({ id, title, spec }) => [id, level(`${title} (${spec})`)]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'How SIP Lens judges the traces in this folder and below',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      profile: {
        enum: PROFILE_NAMES,
        enumDescriptions: profile.enumDescriptions,
        description: 'How traces are judged.',
      },
      rules: {
        type: 'object',
        additionalProperties: false,
        description: 'Severities by rule or by group; that of a rule counts more than that of its group.',
        properties: Object.fromEntries([...groups, ...rules]) as Record<string, object>,
      },
    },
  };
}
