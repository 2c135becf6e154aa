import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type FaultPlace, severityCap } from './policy.ts';
import { CCCP, CONFERENCE_INFO } from './schemas.ts';

const MSCI = 'http://schemas.microsoft.com/rtc/2005/08/confinfoextensions';
const NOBODY: ReadonlySet<string> = new Set();

function cap(namespace: string, fault: FaultPlace['fault'], rest: Partial<FaultPlace> = {}, replaced = NOBODY) {
  return severityCap({ fault, namespace, judgedBy: namespace, local: 'x', name: undefined, ...rest }, replaced);
}

it('what published messages have is no error', () => {
  assert.equal(cap(CONFERENCE_INFO, 'missing-attribute', { local: 'media', name: 'id' }), 'warning');
  assert.equal(cap(CONFERENCE_INFO, 'order-extension'), 'warning');
  assert.equal(cap(CCCP, 'command'), 'warning');
  assert.equal(cap(CCCP, 'value', { name: 'reason' }), 'warning');
});

it('other faults are as grave as the rule says', () => {
  assert.equal(cap(CONFERENCE_INFO, 'missing-attribute', { name: 'entity' }), undefined);
  assert.equal(cap(CONFERENCE_INFO, 'order'), undefined);
  assert.equal(cap(CCCP, 'value', { name: 'code' }), undefined);
  assert.equal(cap(CCCP, 'element'), undefined);
});

it("an unknown name in Microsoft's extensions is a hint at most, unless the user has brought the schema", () => {
  for (const fault of ['attribute', 'element', 'missing-element', 'order'] as const) {
    assert.equal(cap(MSCI, fault), 'hint');
    assert.equal(cap(MSCI, fault, {}, new Set([MSCI])), undefined);
  }
  assert.equal(cap(MSCI, 'value'), 'warning');
  assert.equal(cap(MSCI, 'element', { judgedBy: CONFERENCE_INFO }), undefined);
});
