import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { dedent, strip } from './base/testing.ts';
import { rulesForCall } from './callSieve.ts';
import { readCall } from './flow/calls.ts';
import { type Reading, read } from './reading.ts';
import { allRules } from './rules/all.ts';
import type { CallRule } from './rules/rule.ts';

const rules = allRules.filter((rule): rule is CallRule => rule.scope === 'call');
const PLAIN = new URL('../fixtures/traces/plain/', import.meta.url);

/** The texts of the rules about calls, each also without one of its messages, and real traces. */
function* texts(): Generator<string> {
  for (const { good, bad } of rules)
    for (const text of [dedent(good), strip(bad)]) {
      yield text;
      const { trace } = read(text);
      for (let index = 0; index < trace.count; index++) {
        const { from, to } = trace.span(index);
        yield text.slice(0, from) + text.slice(to);
      }
    }
  for (const folder of ['microsoft/', 'pbx/', 'ietf/', 'torture/'])
    for (const file of readdirSync(new URL(folder, PLAIN)))
      if (!file.endsWith('.expected')) yield readFileSync(new URL(`${folder}${file}`, PLAIN), 'utf8');
}

/** The messages of each Call-ID. */
function* callsOf({ starts, order }: Reading['calls']): Generator<Uint32Array> {
  for (let number = 1; number + 1 < starts.length; number++)
    if (starts[number]! < starts[number + 1]!) yield order.subarray(starts[number], starts[number + 1]);
}

describe('the rules for a call', () => {
  it('leave out only those that are silent', () => {
    let [asked, count, spoke] = [0, 0, 0];
    for (const text of texts()) {
      const { trace, flow, facts, calls } = read(text);
      for (const indices of callsOf(calls)) {
        const wanted = rulesForCall(readCall(trace, flow, facts, indices));
        const speaking = rules.filter((rule) => {
          let said = false;
          rule.check(readCall(trace, flow, facts, indices), () => void (said = true));
          return said;
        });
        const lost = speaking.filter((rule) => !wanted.includes(rule)).map(({ id }) => id);
        assert.deepEqual(lost, [], text);
        asked += wanted.length;
        spoke += speaking.length;
        count++;
      }
    }
    assert.ok(
      spoke > rules.length && asked < (count * rules.length) / 2,
      `${spoke} of ${asked} spoke about ${count} calls`,
    );
  });
});
