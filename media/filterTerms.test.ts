import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFilter } from '../server/engine/filter/parse.ts';
import { hasTerm, QUICK_TERMS, toggleTerm } from './filterTerms.ts';

const term = (label: string) => QUICK_TERMS.find((one) => one.label === label)!;

test('a button puts its condition into the filter and takes it out again', () => {
  const steps: readonly (readonly [before: string, label: string, after: string])[] = [
    ['', 'Requests', 'is:request'],
    ['is:request', 'Failures', 'is:request,failure'],
    ['is:request,failure', 'Requests', 'is:failure'],
    ['is:failure from:alice', 'Failures', 'from:alice'],
    ['has:sdp is:request', 'Media', 'is:request'],
    ['-is:sent', 'Requests', '-is:sent is:request'],
    ['body:"is:request" x', 'Requests', 'body:"is:request" x is:request'],
    ['has:"x y" ', 'Media', 'has:"x y" has:sdp'],
    ['method:BYE  PROBLEM:error', 'Problems', 'method:BYE  problem:error,any'],
  ];
  for (const [before, label, after] of steps) {
    assert.equal(toggleTerm(before, term(label)), after, `${before} + ${label}`);
    assert.equal(hasTerm(after, term(label)), !hasTerm(before, term(label)), `${before} + ${label}`);
  }
});

test('every button is a filter that can be read', () => {
  for (const one of QUICK_TERMS) assert.deepEqual(parseFilter(toggleTerm('', one)).problems, [], one.label);
});
