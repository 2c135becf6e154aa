import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { strip } from './base/testing.ts';
import { type Notice, noticesOf } from './flow/notices.ts';
import { allRules } from './rules/all.ts';
import { readText } from './trace/text.ts';
import { checkTrace } from './traceChecks.ts';

const CASE = allRules.find(({ id }) => id === 'call-id-case')!;

/** What is remembered of the messages of a rule's faulty example, which are about identities alone. */
function noticed(text: string): Notice[] {
  const trace = readText(strip(text));
  return Array.from({ length: trace.count }, (_, index) => noticesOf(index, trace.message(index), null)).flat();
}

describe('the rules about a trace', () => {
  it('are not asked again where what they are about is as it was', () => {
    const notices = noticed(CASE.bad);
    const first = checkTrace(notices, undefined);
    assert.deepEqual(
      [...first.found].filter(([, found]) => found.length > 0).map(([{ id }]) => id),
      [CASE.id],
    );
    const signature: Notice = {
      ...{ kind: 'signature', index: 0, at: { from: 0, to: 1 }, counter: 'cnum', number: 1, association: 'a' },
    };
    const again = checkTrace([...notices, signature], first);
    for (const [rule, found] of again.found)
      assert.equal(found === first.found.get(rule), rule.about !== 'signatures', rule.id);
  });

  it('are asked again where it changed', () => {
    const first = checkTrace(noticed(CASE.bad), undefined);
    const again = checkTrace(noticed(CASE.good), first);
    assert.deepEqual([...again.found.values()].flat(), []);
  });
});
