import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { LineMap } from '../engine/base/text.ts';
import { read } from '../engine/engine.ts';
import type { RosterTimeline, TraceApi } from './protocol.ts';
import { createTraceApi } from './traces.ts';

/** A roster is told as far as it is known, and asked for again. */
async function whole(api: TraceApi, choice: number): Promise<RosterTimeline> {
  for (;;) {
    const timeline = await api.roster(choice);
    if (timeline.progress === null) return timeline;
  }
}

function open(text: string) {
  const trace = { reading: read(text), problems: [], profiles: [], revision: 1, title: 'x', lines: new LineMap(text) };
  return createTraceApi(async () => ({ ...trace, offsetAt: () => 0, notices: [] }));
}

const fixture = (path: string) => open(readFileSync(new URL(path, import.meta.url), 'utf8'));
const sample = fixture('../../samples/eject-user.sip');

it('tells when each user was in, how, and what changed it', async () => {
  const { choices, chosen, marks, users } = await whole(sample, 1);
  assert.deepEqual(choices, [
    'alice@contoso.com (7ecb5f9bffb…), as Alice sees it',
    'alice@contoso.com (7ecb5f9bffb…), as Bob sees it',
  ]);
  assert.equal(chosen, 1);
  assert.deepEqual(
    marks.map(({ message, version, gap, stale }) => [message, version, gap, stale]),
    [
      [13, 10, null, false],
      [17, 11, null, false],
    ],
  );
  assert.deepEqual(
    marks.map(({ cause, users: count, isWhole, locked, mcus }) => [cause, count, isWhole, locked, mcus]),
    [
      [1, 1, false, null, []],
      [1, 0, false, null, []],
    ],
  );
  const [carol] = users;
  assert.deepEqual([carol?.label, carol?.entity], ['Carol', 'carol@contoso.com']);
  assert.deepEqual(carol?.spans, [
    { from: 0, to: 1, role: 'attendee', endpoints: [{ name: 'chat', status: 'connected' }] },
  ]);
  assert.deepEqual(
    carol?.events.map(({ at, kind, message, cause }) => [at, kind, message, cause]),
    [
      [0, 'endpoint-gone', 13, 1],
      [0, 'endpoint', 13, null],
      [1, 'ejected', 17, 1],
    ],
  );
});

it('gives the first choice for one that is not there, and nothing where there is no conference', async () => {
  assert.equal((await whole(sample, 99)).chosen, 0);
  assert.equal((await sample.summary()).roster, true);
  const call = open('OPTIONS sip:a@example.org SIP/2.0\nCall-ID: 1\nCSeq: 1 OPTIONS\n\n');
  assert.equal((await call.summary()).roster, false);
  assert.deepEqual(await whole(call, 0), { choices: [], chosen: 0, progress: null, marks: [], users: [] });
});

it('somebody who comes later is in from then to the end', async () => {
  const { marks, users } = await whole(fixture('../fixtures/traces/plain/microsoft/join.sip'), 0);
  const [, , carol, dave] = users;
  assert.equal(marks.length, 3);
  assert.deepEqual(carol?.spans, [
    { from: 1, to: 3, role: 'attendee', endpoints: [{ name: 'focus', status: 'connected' }] },
  ]);
  assert.equal(dave?.spans[0]?.endpoints[0]?.status, 'pending');
});
