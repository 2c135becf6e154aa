import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinkingState } from '../server/view/protocol.ts';
import { LinkingFollower } from './linking.ts';

const going = (progress: number, links = 0): LinkingState => ({ progress, links, isStopped: false, note: '' });
const DONE: LinkingState = { progress: null, links: 0, isStopped: false, note: '' };

/** A follower, what it told, and a trace that answers each question when it is told to. */
function followed() {
  const said: string[] = [];
  const follower = new LinkingFollower({
    told: (words) => said.push(words),
    changed: (linking) => said.push(`linking: ${linking}`),
    found: () => said.push('found'),
  });
  const asked: { answer(state: LinkingState): Promise<void>; fail(): Promise<void> }[] = [];
  const linkLegs = () =>
    new Promise<LinkingState>((resolve, reject) => {
      const then = async (end: () => void) => {
        end();
        await new Promise(setImmediate);
      };
      asked.push({ answer: (state) => then(() => resolve(state)), fail: () => then(() => reject(new Error('gone'))) });
    });
  return { said, follower, asked, api: { linkLegs } };
}

test('linking is followed to its end, and it is told how far it is', async () => {
  const { said, follower, asked, api } = followed();
  void follower.follow(api, 0);
  await asked[0]!.answer(going(0.409));
  await asked[1]!.answer(DONE);
  assert.deepEqual(said, ['Linking the legs of calls: 40 %', 'linking: going', '', 'linking: ']);
  assert.equal(asked.length, 2);
});

test('where more links are known than are shown, they are shown before anything else is asked', async () => {
  const { said, follower, asked, api } = followed();
  void follower.follow(api, 1);
  await asked[0]!.answer(going(0.5, 2));
  assert.equal(said.at(-1), 'found');
  assert.equal(asked.length, 1);
});

test('a linking that was stopped can be taken up again, and it is told why it is not whole', async () => {
  const { said, follower, asked, api } = followed();
  void follower.follow(api, 0);
  await asked[0]!.answer({ ...DONE, isStopped: true, note: 'Legs are linked of half of the calls.' });
  assert.deepEqual(said, ['Legs are linked of half of the calls.', 'linking: stopped']);
});

test('a trace that was left is not asked again, and what it answers late is not told', async () => {
  const { said, follower, asked, api } = followed();
  void follower.follow(api, 0);
  await asked[0]!.answer(going(0.1));
  said.length = 0;
  follower.leave();
  await asked[1]!.answer(going(0.2));
  assert.deepEqual([said, asked.length], [[], 2]);
});

test('of two that are followed only the later is told of, however the other ends', async () => {
  const { said, follower, asked, api } = followed();
  void follower.follow(api, 0);
  void follower.follow(api, 0);
  await asked[0]!.fail();
  assert.deepEqual(said, []);
  await asked[1]!.fail();
  assert.deepEqual(said, ['linking: ']);
});
