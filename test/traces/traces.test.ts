import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { URL } from 'node:url';
import { buildLadder, lintText } from '../../server/engine/engine.ts';
import { KEEP_ALIVE, keepAlives } from '../../server/engine/flow/keepAlives.ts';
import { readRoster } from '../../server/engine/flow/roster/roster.ts';
import { provideSchemas } from '../../server/engine/xml/schemas.ts';
import { b2buaCall } from './b2bua.ts';
import { busyDay } from './busyDay.ts';
import { conference } from './conference.ts';
import { office } from './office.ts';

provideSchemas((file) => readFileSync(new URL(`../../server/schemas/${file}`, import.meta.url), 'utf8'));

/** The ladder of a generated trace, in which nothing is wrong. */
async function ladderOf(text: string) {
  const { reading, lint } = await lintText(text);
  const wrong = lint.problems.filter(({ severity }) => severity === 'error' || severity === 'warning');
  assert.deepEqual(wrong.slice(0, 3), []);
  return { ladder: buildLadder(reading, lint.problems), reading };
}

describe('generated traces', () => {
  it('a call through a back-to-back user agent is one call of two legs, which meet at its lane', async () => {
    const { ladder } = await ladderOf(b2buaCall());
    assert.equal(ladder.rows.length, 14);
    const labels = ladder.lanes.map(({ label }) => label);
    assert.deepEqual(labels, ['Alice', '192.0.2.1', 'Bob']);
    const invites = ladder.rows.filter(({ label }) => label.startsWith('INVITE'));
    assert.deepEqual(
      invites.map(({ from, to }) => `${labels[from]} > ${labels[to]}`),
      ['Alice > 192.0.2.1', '192.0.2.1 > Bob'],
    );
    const [call, ...others] = ladder.calls;
    assert.equal(others.length, 0);
    assert.deepEqual(call?.callIds, ['a84b4c76@192.0.2.10', '7f1d93e0@192.0.2.1']);
    assert.equal(call.links[0]?.evidence[0]?.kind, 'session-id');
  });

  it('an office has a lane for each user and one for the server that asks for them', async () => {
    const { ladder, reading } = await ladderOf(office(40));
    assert.equal(ladder.lanes.length, 41);
    assert.equal(ladder.rows.length, 40 * 8);
    const marks = keepAlives(reading.trace.built, reading.flow.transactions, () => false);
    assert.equal(marks?.filter((mark) => mark === KEEP_ALIVE).length, 40);
  });

  it('a conference has a lane for each user, and its roster knows who is left', async () => {
    const users = 12;
    const { ladder, reading } = await ladderOf(conference(users));
    // Each user: four messages of a command, three of a subscription; each change is told to all who were there. Then one is ejected.
    const told = (users * (users - 1)) / 2;
    assert.equal(ladder.rows.length, users * 7 + told + 4 + users - 1);
    assert.equal(ladder.lanes.length, users + 1);
    const [roster] = readRoster(reading.trace, reading.flow);
    const last = roster?.states.at(-1);
    assert.equal(last?.version, users + 1);
  });

  it('a busy day has failures, retransmissions and a break, between hosts that are always the same', async () => {
    const { ladder, reading } = await ladderOf(busyDay(1500));
    assert.ok(ladder.rows.length >= 1500 && ladder.rows.length < 1520, String(ladder.rows.length));
    assert.equal(ladder.lanes.length, 12);
    const count = (is: (row: (typeof ladder.rows)[number]) => unknown) => ladder.rows.filter(is).length;
    for (const status of [401, 404, 486, 487, 503])
      assert.ok(count((row) => row.status === status) > 1, String(status));
    assert.ok(count((row) => row.retransmissionOf !== null) > 1);
    const times = ladder.rows.map(({ time }) => time ?? assert.fail('a message without a time'));
    const longest = Math.max(...times.slice(1).map((time, at) => time - times[at]!));
    assert.ok(longest > 30 * 60_000, `${longest} ms`);
    assert.equal(reading.trace.format, 'sngrep-txt');
    assert.equal(busyDay(1500), busyDay(1500));
  });
});
