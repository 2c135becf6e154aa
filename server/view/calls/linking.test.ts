import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { b2buaCall } from '../../../test/traces/b2bua.ts';
import { conference } from '../../../test/traces/conference.ts';
import { read } from '../../engine/engine.ts';
import type { Indexed } from '../../engine/indexed/snapshot.ts';
import { GrowingFile } from '../growingFile.ts';
import type { CallsView, LinkDecision } from './callNode.ts';
import { type CallSource, sourceOfFile, sourceOfReading } from './callSource.ts';
import { Calls } from './calls.ts';
import { createCallsApi } from './callsApi.ts';
import { FileLegs, type LegBounds } from './fileLegs.ts';

const ALL: CallsView = { show: 'all', order: 'time' };
const TWO_LEGS = readFileSync(new URL('../../../test/e2e/two-legs.sip', import.meta.url), 'utf8');

/** A file in memory, read to its end; `read` is called with each part of it that is asked for. */
async function indexed(text: string, read = () => {}): Promise<Indexed> {
  const bytes = Buffer.from(text);
  const file = {
    ...{ name: 'x', size: bytes.length, changed: 0, close() {} },
    read(from: number, into: Uint8Array) {
      read();
      const part = bytes.subarray(from, from + into.length);
      into.set(part);
      return part.length;
    },
  };
  const growing = await GrowingFile.open(file, () => {});
  await growing.readOn(() => false);
  return { snapshot: growing.latest, source: growing.source };
}

/** The calls of a file of which so much is read for its legs. */
function callsOfFile(of: Indexed, bounds?: LegBounds) {
  return callsOf(sourceOfFile(of, new FileLegs(bounds).search(of))).api;
}

function callsDecided(decided: () => readonly LinkDecision[]) {
  return new Calls<CallSource>({ sourceOf: (one) => one, stateOf: ({ flow }) => flow, decided });
}

/** The calls of one source, and what is decided of their legs. */
function callsOf(source: CallSource) {
  let decided: readonly LinkDecision[] = [];
  const api = createCallsApi(
    async () => source,
    callsDecided(() => decided),
  );
  return {
    api,
    async decide(nodes: readonly string[], how: 'link' | 'cut' | 'undo') {
      decided = await api.decideLinks(nodes, how);
      return decided;
    },
  };
}

type Api = ReturnType<typeof callsOf>['api'];

async function drawn(api: Api, of = ''): Promise<string[]> {
  const { nodes } = await api.calls(of, ALL);
  const below = await Promise.all(nodes.map(async (node) => (node.hasChildren ? drawn(api, node.id) : [])));
  return nodes.flatMap(({ id, label, description }, at) => [`${id}: ${label} | ${description}`, ...below[at]!]);
}

async function looked(api: Api) {
  for (;;) {
    const state = await api.linkLegs('look');
    if (state.progress === null) return state;
  }
}

describe('the legs of a file that is read by ranges', () => {
  const texts = { TWO_LEGS, b2bua: b2buaCall() };
  for (const [name, text] of Object.entries(texts))
    it(`are linked as those of a document: ${name}`, async () => {
      const expected = await drawn(callsOf(sourceOfReading(read(text))).api);
      assert.ok(expected.some((line) => line.startsWith('link 1 2 0: the same Session-ID')));
      const small = callsOfFile(await indexed(text));
      assert.deepEqual(await drawn(small), expected);
      const bounds = { wholeBytes: 0, most: 1000 };
      const large = callsOfFile(await indexed(text), bounds);
      assert.ok(
        !(await drawn(large)).some((line) => line.startsWith('link')),
        'nothing is read before it is asked for',
      );
      assert.deepEqual(await looked(large), { progress: null, links: 1, isStopped: false, note: '' });
      assert.deepEqual(await drawn(large), expected);
    });

  it('with conferences are those of a document, and stand together once they are known', async () => {
    const text = conference(5);
    const expected = await drawn(callsOf(sourceOfReading(read(text))).api);
    assert.match(expected[0]!, /^fold 1: Conference user1@contoso\.com \| 5 users · 5 calls/);
    assert.deepEqual(await drawn(callsOfFile(await indexed(text))), expected);
    const large = callsOfFile(await indexed(text), { wholeBytes: 0, most: 1000 });
    assert.ok(!(await drawn(large)).some((line) => line.startsWith('fold 1: Conference')));
    await looked(large);
    assert.deepEqual(await drawn(large), expected);
  });

  it('are looked for no farther than is said, and no more once that is stopped', async () => {
    const of = await indexed(manyPairs(600));
    const bounded = callsOfFile(of, { wholeBytes: 0, most: 100 });
    const { links, note } = await looked(bounded);
    assert.deepEqual([links, note], [50, 'Legs are linked by the first 100 requests that open calls.']);

    let reads = 0;
    const counted = await indexed(manyPairs(600), () => reads++);
    const api = callsOfFile(counted, { wholeBytes: 0, most: 10_000 });
    void api.linkLegs('look');
    const stopped = await api.linkLegs('stop');
    assert.deepEqual([stopped.progress, stopped.isStopped], [null, true]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = reads;
    assert.equal((await api.linkLegs('look')).progress, null);
    assert.equal(reads, before);
    await api.linkLegs('resume');
    assert.equal((await looked(api)).links, 600);
  });
});

it('what could not be read of legs is read when it is asked for again', async () => {
  const source = sourceOfReading(read(TWO_LEGS));
  let faults = 1;
  const find = async (looking: Parameters<CallSource['legSearch']['find']>[0]) => {
    if (faults-- > 0) throw new Error('The file cannot be read.');
    return source.legSearch.find(looking);
  };
  const { api } = callsOf({ ...source, legSearch: { ...source.legSearch, find } });
  await assert.rejects(api.calls('', ALL), /cannot be read/);
  assert.equal((await api.calls('', ALL)).links, 1);
});

describe('what is told of legs by hand', () => {
  const unlinked = TWO_LEGS.replace(/^Session-ID: .*\n/gm, '');
  const LATER: Readonly<Record<string, string>> = {
    ...{ 'leg-': 'later-', alice: 'anne', bob: 'ben', T09: 'T10' },
    z9hG4bK: 'z9hG4bKl',
  };
  const labels = async (api: Api, of = '') =>
    (await api.calls(of, ALL)).nodes.map(({ kind, label, description }) => `${kind}: ${label} | ${description}`);

  it('confirms a guess, is said, and is taken back', async () => {
    const { api, decide } = callsOf(sourceOfReading(read(unlinked)));
    const before = await drawn(api);
    const decisions = await decide(['guess 1 2'], 'link');
    assert.deepEqual(decisions, [{ callIds: ['leg-1@192.0.2.1', 'leg-2@192.0.2.9'], are: 'one call' }]);
    assert.match((await labels(api))[0]!, /13 messages · 2 legs, linked by you · /);
    const [first = ''] = await labels(api, 'leg 1');
    assert.equal(first, 'linked: linked by you | leg 2');
    assert.equal((await api.callMessages('call 1', ALL)).length, 13);
    assert.match(await api.callSummary('call 1'), /- Legs 1 and 2: linked by you, weight 1 \(messages 1 and 3\)/);
    assert.deepEqual(await decide(['link 1 2 0'], 'undo'), []);
    assert.deepEqual(await drawn(api), before);
  });

  it('confirms all guesses that are chosen, each once', async () => {
    const later = unlinked.replace(/leg-|alice|bob|T09|z9hG4bK/g, (word) => LATER[word]!);
    const { api, decide } = callsOf(sourceOfReading(read(unlinked + later)));
    const calls = (await api.calls('', ALL)).nodes;
    const within = await Promise.all(calls.map(({ id }) => api.calls(id, ALL)));
    const guesses = within.flatMap(({ nodes }) => nodes.filter(({ kind }) => kind === 'guess')).map(({ id }) => id);
    assert.equal(guesses.length, 4, 'each of two is told at both its legs');
    assert.deepEqual(
      (await decide(guesses, 'link')).map(({ callIds }) => callIds.join(' ')),
      ['leg-1@192.0.2.1 leg-2@192.0.2.9', 'later-1@192.0.2.1 later-2@192.0.2.9'],
    );
  });

  it('cuts what evidence links, and says so', async () => {
    const { api, decide } = callsOf(sourceOfReading(read(TWO_LEGS)));
    const before = await drawn(api);
    await decide(['link 1 2 0'], 'cut');
    assert.equal((await api.callMessages('call 1', ALL)).length, 7);
    assert.ok(
      (await labels(api, 'call 2')).includes(
        'cut: Not one call with Alice → Bob | cut by you · though the same Session-ID · RFC 7989 §5',
      ),
      (await labels(api, 'call 2')).join('\n'),
    );
    assert.deepEqual(await decide(['cut 2 1'], 'undo'), []);
    assert.deepEqual(await drawn(api), before);
    await decide(['leg 2'], 'cut');
    assert.equal((await decide(['call 1', 'call 2'], 'link')).length, 1, 'the later decision counts');
    assert.equal((await api.callMessages('call 1', ALL)).length, 13);
  });

  it('links calls that nothing links, of whatever kind, and keeps apart what was cut whatever else links it', async () => {
    const { api, decide } = callsOf(sourceOfReading(read(TWO_LEGS)));
    const calls = (await api.calls('', ALL)).nodes;
    const [one, busy, registration] = calls;
    await decide([one!.id, registration!.id, busy!.id], 'link');
    assert.equal((await api.callMessages(one!.id, ALL)).length, 13 + 3 + 8);
    const legs = (await api.calls(one!.id, ALL)).nodes.filter(({ kind }) => kind === 'leg');
    assert.equal(legs.length, 4);
    const busyLeg = legs.find(({ description }) => description.startsWith('486'))!;
    await decide([legs[1]!.id, busyLeg.id], 'cut');
    const apart = await Promise.all([legs[1]!, busyLeg].map(({ id }) => api.callMessages(id, ALL)));
    const whole = await Promise.all((await api.calls('', ALL)).nodes.map(({ id }) => api.callMessages(id, ALL)));
    assert.ok(apart.every(([message]) => whole.some((all) => all.includes(message!))));
    assert.ok(!whole.some((all) => apart.every(([message]) => all.includes(message!))), 'never in one call');
  });

  it('is of no account where the trace has no such legs, or nothing can be decided', async () => {
    const { api, decide } = callsOf(sourceOfReading(read(TWO_LEGS)));
    const before = await drawn(api);
    const calls = callsDecided(() => [
      { callIds: ['leg-1@192.0.2.1', 'unknown'], are: 'one call' },
      { callIds: ['leg-1@192.0.2.1', 'leg-1@192.0.2.1'], are: 'not one call' },
      { callIds: ['ü', '☎'], are: 'not one call' },
    ]);
    const other = createCallsApi(async () => sourceOfReading(read(TWO_LEGS)), calls);
    assert.deepEqual(await drawn(other), before);
    await assert.rejects(decide(['call 1'], 'link'), /Choose two calls/);
    await assert.rejects(decide(['leg 9', 'x'], 'cut'), /Only legs of one call/);
    await assert.rejects(decide(['x'], 'undo'), /Nothing was decided/);
  });

  it('is told with all legs of the call of a message, and so is a guess', async () => {
    const { api, decide } = callsOf(sourceOfReading(read(unlinked)));
    const before = await api.wholeCall('message 3');
    assert.deepEqual([before.of, before.title, before.legs, before.links], ['call 2', 'Alice → Bob', 1, []]);
    const text = 'the same users within two seconds, which is a guess';
    assert.deepEqual(before.guesses, [{ of: 'Alice → Bob', text, weight: '0.4', messages: [1, 3] }]);
    await decide(['guess 2 1'], 'link');
    const { of, legs, links, guesses } = await api.wholeCall('message 3');
    assert.deepEqual([of, legs, guesses], ['call 1', 2, []]);
    assert.deepEqual(links, [
      { of: 'Legs 1 and 2', text: 'linked by you', weight: '', messages: [1, 3] },
      { of: 'Legs 1 and 2', text, weight: '0.4', messages: [1, 3] },
    ]);
    assert.deepEqual(
      await api.callMessages('call 2', ALL),
      await api.callMessages('call 1', ALL),
      'what was a call is a leg',
    );
    await assert.rejects(api.wholeCall('x'), /belongs to no call/);
  });

  it('is offered the calls near a call', async () => {
    const { api } = callsOf(sourceOfReading(read(TWO_LEGS)));
    const near = await api.callsNear('leg 2');
    assert.deepEqual(
      near.slice(0, 2).map(({ label }) => label),
      ['Carol → Bob', 'REGISTER Alice'],
    );
    assert.deepEqual(await api.callsNear('x'), []);
  });
});

/** Calls of two legs each, by their Session-ID, one after another. */
function manyPairs(count: number): string {
  const leg = (call: number, side: number) =>
    `INVITE sip:b@h SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK${call}-${side}\r\nFrom: <sip:a${call}@h>;tag=f\r\nTo: <sip:b@h>\r\nCall-ID: ${call}-${side}\r\nSession-ID: ${String(call + 1).padStart(32, '0')}\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n`;
  return Array.from({ length: count }, (_, call) => leg(call, 1) + leg(call, 2)).join('');
}
