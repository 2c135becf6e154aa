import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { LegLink, LegLinks, Legs } from './evidence.ts';
import { type DecidedPair, groupLegs } from './grouping.ts';

const link = (from: number, to: number, weight: number): LegLink => ({ from, to, weight, evidence: [] });

/** Legs 1 to 9, each with one message, and what links them. */
function found(...links: LegLink[]): LegLinks {
  const legs = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  return {
    links,
    callIds: new Map(legs.map((leg) => [leg, `id${leg}`])),
    firsts: new Map(legs.map((leg) => [leg, leg - 1])),
    conferences: new Map(),
  };
}

const pair = (one: number, other: number): DecidedPair => ({
  legs: [one, other],
  callIds: [`id${one}`, `id${other}`],
  messages: [one - 1, other - 1],
});

const members = ({ calls }: Legs) => calls.map(({ legs }) => legs);
const ends = (links: readonly LegLink[]) => links.map(({ from, to }) => [from, to]);

it('what was cut is in no call together, by whatever way it is linked, and the surest links are made first', () => {
  const chain = found(link(1, 2, 0.6), link(2, 3, 0.9), link(3, 4, 0.8), link(5, 6, 0.4));
  assert.deepEqual(members(groupLegs(chain)), [[1, 2, 3, 4]]);
  const cut = groupLegs(chain, { linked: [], cut: [pair(4, 1)] });
  assert.deepEqual(members(cut), [[2, 3, 4]]);
  assert.deepEqual(ends(cut.guesses), [
    [1, 2],
    [5, 6],
  ]);
  assert.deepEqual(ends(cut.cuts), [[1, 4]]);
  // A cut goes on to hold for whatever its legs are joined with.
  const ring = found(link(1, 2, 0.9), link(3, 4, 0.9), link(2, 3, 0.8), link(4, 5, 0.7), link(1, 5, 0.6));
  assert.deepEqual(members(groupLegs(ring, { linked: [], cut: [pair(2, 4)] })), [
    [1, 2],
    [3, 4, 5],
  ]);
});

it('what was linked by hand counts before all evidence, and of that the latest first', () => {
  const sure = found(link(1, 2, 1), link(3, 4, 0.4));
  const confirmed = groupLegs(sure, { linked: [pair(4, 3)], cut: [] });
  assert.deepEqual(members(confirmed), [
    [1, 2],
    [3, 4],
  ]);
  assert.deepEqual(confirmed.calls[1]?.links[0]?.evidence[0]?.messages, [2, 3]);
  assert.deepEqual(confirmed.calls[1]?.callIds, ['id3', 'id4']);
  const against = { linked: [pair(2, 3), pair(1, 3)], cut: [pair(1, 2)] };
  assert.deepEqual(members(groupLegs(found(), against)), [[1, 3]]);
  assert.deepEqual(ends(groupLegs(found(), against).guesses), [[2, 3]]);
});

it('a chain of very many legs that is linked from its end is one call', () => {
  const legs = Array.from({ length: 100_000 }, (_, at) => at + 1);
  const links = legs.slice(1).map((leg) => link(leg - 1, leg, 0.8));
  const firsts = new Map(legs.map((leg) => [leg, leg]));
  const chain = { links: links.reverse(), callIds: new Map(), firsts, conferences: new Map() };
  assert.deepEqual(members(groupLegs(chain)), [legs]);
});
