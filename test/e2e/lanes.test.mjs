// The lanes of a trace with many of them, and its keep-alives, in the real editor.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/setup.mjs';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { chooseTheme, goTo, ready, runCommand } from './workbench.mjs';

const { arrow, focusLadder, isSelected, lineOf, openLadder, samples, shoot } = fixture;
const run = promisify(execFile);
const USERS = 500;
let session;

before(async () => {
  session = await fixture.startVscode();
});

after(() => session?.stop());

editorTest(
  'of 500 users those at work are seen, keep-alives are hidden until one is wanted, and a lane says why it is one',
  async (t) => {
    const folder = await samples(t);
    const written = await run(process.execPath, ['--import', 'tsx', 'test/traces/office.ts', String(USERS)], {
      cwd: ROOT,
      maxBuffer: 2 ** 24,
    });
    await writeFile(join(folder, 'office.sip'), written.stdout);
    const { page, ladder } = await openLadder(t, session, folder, 'office.sip');
    const grid = ladder.getByRole('grid', { name: 'Message ladder' });
    const lanes = ladder.getByRole('list', { name: 'Lanes' });
    const chip = (words) => ladder.getByRole('button', { name: `${USERS} keep-alives ${words}` });
    await chip('hidden').waitFor();
    await lanes
      .getByRole('listitem', { name: /^\d+ lanes without a message in view/ })
      .first()
      .waitFor();
    assert.equal(await grid.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0);
    await shoot(page, 'lanes-500');

    await focusLadder(page, ladder);
    for (const key of ['Home', 'P', 'h', 'w']) await page.keyboard.press(key);
    const why = ladder.getByRole('dialog', { name: 'Why User1 is a lane' });
    await why.getByText('User: its URI names one (user1).', { exact: false }).waitFor();
    await why.getByText('10.1.0.0 (', { exact: false }).first().waitFor();
    await shoot(page, 'lanes-why');
    await page.keyboard.press('Escape');

    await goTo(page, lineOf(written.stdout, 'OPTIONS sip:10.1.0.1 '));
    await chip('shown').waitFor();
    await isSelected(ladder, 9);
    await chip('shown').click();
    await chip('hidden').waitFor();
    await chooseTheme(page, 'Light High Contrast');
    await shoot(page, 'lanes-hc-light');
    const restored = await reloaded(page);
    await restored.getByRole('listitem').filter({ hasText: 'pinned user1@example.org' }).waitFor();
    assert.deepEqual(await fixture.accessibilityOf(restored), []);
    assert.deepEqual([...session.said], []);
  },
);

editorTest('lanes are named, moved, dragged, merged, split and grouped, and the workspace keeps that', async (t) => {
  const folder = await samples(t);
  await writeFile(join(folder, 'talks.log'), talks());
  const { page, ladder } = await openLadder(t, session, folder, 'talks.log');
  await chooseTheme(page, 'Dark Modern');
  const at = (shown, name) => shown.locator('.lane', { hasText: name }).first();
  const choose = async (name, ...items) => {
    await at(ladder, name).click({ button: 'right' });
    for (const item of items) await ladder.getByRole('menuitem', { name: item, exact: true }).click();
  };
  await lanesAre(ladder, 'Alice', 'Bob', 'Carol');
  await choose('Alice', 'Split by Address');
  await lanesAre(ladder, 'Alice :5060', 'Alice :5062', 'Bob', 'Carol');
  await choose('Bob', 'Rename…');
  await ladder.getByRole('textbox', { name: 'Name of the lane Bob' }).fill('Robert');
  await page.keyboard.press('Enter');
  await choose('Carol', 'Move to the Left Edge');
  await lanesAre(ladder, 'Carol', 'Alice :5060', 'Alice :5062', 'Robert');
  const [from, to] = await Promise.all([at(ladder, 'Robert').boundingBox(), at(ladder, 'Carol').boundingBox()]);
  await page.mouse.move(from.x + from.width / 2, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 2, to.y + 10, { steps: 5 });
  await shoot(page, 'lanes-dragged-dark');
  await page.mouse.up();
  await lanesAre(ladder, 'Robert', 'Carol', 'Alice :5060', 'Alice :5062');
  await choose('Alice :5062', 'Merge with…', 'Carol');
  await lanesAre(ladder, 'Robert', 'Carol', 'Alice :5060');
  await at(ladder, 'Carol').click({ button: 'right' });
  await ladder.getByRole('menuitem', { name: 'Take Apart Again' }).waitFor();
  await shoot(page, 'lanes-arranged-dark');
  await page.keyboard.press('Escape');

  const restored = await reloaded(page);
  await lanesAre(restored, 'Robert', 'Carol', 'Alice :5060');
  await arrow(restored, 2).and(restored.locator('[aria-label*="Carol"]')).waitFor();
  await focusLadder(page, restored);
  await page.keyboard.press('Shift+H');
  await lanesAre(restored, '192.0.2.1', '192.0.2.2', '192.0.2.3');
  await page.keyboard.press('Shift+H');
  const addresses = ['192.0.2.1:5060', '192.0.2.1:5062', '192.0.2.2:5060', '192.0.2.3:5060'];
  await lanesAre(restored, ...addresses);
  await chooseTheme(page, 'Dark High Contrast');
  await shoot(page, 'lanes-addresses-hc-dark');
  const grouped = await reloaded(page);
  await lanesAre(grouped, ...addresses);
  await runCommand(page, 'SIP Lens: Reset Lanes');
  await lanesAre(grouped, 'Alice', 'Bob', 'Carol');
  assert.deepEqual([...session.said], []);
});

/** Waits until the lanes have these names, in this order. */
const lanesAre = (ladder, ...names) =>
  ladder.waitForFunction(
    (wanted) => [...document.querySelectorAll('.lane-label')].map((one) => one.textContent).join() === wanted,
    names.join(),
  );

/** The ladder after a reload of the window: VS Code in a browser keeps the state of its editors every five seconds. */
async function reloaded(page) {
  await page.waitForTimeout(7000);
  await page.reload();
  await ready(page);
  return fixture.ladderIn(page);
}

/** Alice writes from two ports to Bob and Carol, who answer. */
function talks() {
  const of = { alice: '192.0.2.1', bob: '192.0.2.2', carol: '192.0.2.3' };
  const written = [
    ['alice', 5060, 'bob'],
    ['alice', 5062, 'carol'],
    ['bob', 5060, 'carol'],
    ['carol', 5060, 'alice'],
  ];
  return written
    .map(([from, port, to], at) => message({ from, to, at, source: `${of[from]}:${port}`, target: of[to] }))
    .join('\n');
}

function message({ from, to, at, source, target }) {
  return `U 2026/03/02 09:30:0${at}.000000 ${source} -> ${target}:5060
MESSAGE sip:${to}@example.org SIP/2.0
Via: SIP/2.0/UDP ${source};branch=z9hG4bK${at}
Max-Forwards: 70
From: <sip:${from}@example.org>;tag=${from}${at}
To: <sip:${to}@example.org>
Call-ID: ${at}@example.org
CSeq: 1 MESSAGE
Content-Length: 0

`;
}

editorTest(
  'a server between users that Via and Contact give away is a guessed lane, which is undone and drawn again',
  async (t) => {
    const folder = await samples(t);
    await cp(join(ROOT, 'test/e2e/two-legs.sip'), join(folder, 'two-legs.sip'));
    const { page, ladder } = await openLadder(t, session, folder, 'two-legs.sip');
    await chooseTheme(page, 'Dark Modern');
    const guess = ladder.getByRole('listitem').filter({ hasText: 'guessed server' });
    await guess.getByText('192.0.2.9', { exact: true }).waitFor();
    const outgoing = (way) =>
      arrow(ladder, 3)
        .and(ladder.getByRole('row', { name: way }))
        .waitFor();
    await outgoing('from 192.0.2.9 to Bob');
    await guess.click({ button: 'right' });
    await shoot(page, 'lanes-guessed');
    await ladder.getByRole('menuitem', { name: 'Undo This Guess' }).click();
    await outgoing('from Alice to Bob');
    await shoot(page, 'lanes-guess-undone');
    await guess.click({ button: 'right' });
    await ladder.getByRole('menuitem', { name: 'Draw This Guess Again' }).click();
    await outgoing('from 192.0.2.9 to Bob');
    await guess.click({ button: 'right' });
    await ladder.getByRole('menuitem', { name: 'Why Is This a Lane?' }).click();
    await ladder.getByText('which is a guess: it answers a call of one and calls another', { exact: false }).waitFor();
    await shoot(page, 'lanes-guess-why');
    assert.deepEqual(await fixture.accessibilityOf(ladder), []);
    assert.deepEqual([...session.said], []);
  },
);
