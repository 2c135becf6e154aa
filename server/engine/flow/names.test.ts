import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, it } from 'node:test';
import { type ElementModel, rootModels } from '../xml/model.ts';
import { CCCP, CONFERENCE_INFO, provideSchemas } from '../xml/schemas.ts';
import { loadVerdict } from '../xml/verdict.ts';
import { isKnownAttribute } from './attributes.ts';
import { COMMANDS } from './fragments.ts';
import { CONFERENCE_INFO_NAMES } from './misnamed.ts';

// What is known by name before the schemas are there is what they have.
before(async () => {
  provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
  await loadVerdict();
});

it('commands', () => {
  const request = rootModels().find(({ local }) => local === 'request');
  const declared = request?.children.filter(({ namespace }) => namespace === CCCP).map(({ local }) => local);
  assert.deepEqual(declared?.sort(), [...COMMANDS].sort());
});

it('elements of conference-info', () => {
  const names = models()
    .filter(({ namespace }) => namespace === CONFERENCE_INFO)
    .map(({ local }) => local);
  assert.deepEqual([...new Set(names)].sort(), [...CONFERENCE_INFO_NAMES].sort());
});

it('attributes of both', () => {
  const own = models().filter(({ namespace }) => namespace === CCCP || namespace === CONFERENCE_INFO);
  const bare = own.flatMap(({ attributes }) => attributes.filter(({ namespace }) => namespace === ''));
  assert.ok(bare.length > 20);
  assert.deepEqual([...new Set(bare.map(({ local }) => local).filter((local) => !isKnownAttribute(local)))], []);
});

/** All elements that the schemas declare below the roots. */
function models(): ElementModel[] {
  const found = new Set<ElementModel>();
  const visit = (model: ElementModel): void => {
    if (found.has(model)) return;
    found.add(model);
    for (const child of model.children) visit(child.model);
  };
  for (const root of rootModels()) visit(root);
  return [...found];
}
