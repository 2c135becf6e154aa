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
import { chooseTheme, goTo, ready } from './workbench.mjs';

const { focusLadder, isSelected, lineOf, openLadder, samples, shoot } = fixture;
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
    await page.waitForTimeout(7000); // VS Code in a browser keeps the state of its editors every five seconds
    await page.reload();
    await ready(page);
    const restored = await fixture.ladderIn(page);
    await restored.getByRole('listitem').filter({ hasText: 'pinned user1@example.org' }).waitFor();
    assert.deepEqual(await fixture.accessibilityOf(restored), []);
    assert.deepEqual([...session.said], []);
  },
);

editorTest('lanes are named, moved, dragged, merged, split and grouped, and the workspace keeps that', async (t) => {
  const folder = await samples(t);
  await cp(join(ROOT, 'test/e2e/two-legs.sip'), join(folder, 'two-legs.sip'));
  const { page, ladder } = await openLadder(t, session, folder, 'two-legs.sip');
  await chooseTheme(page, 'Dark Modern');
  const lane = (name) => ladder.getByRole('list', { name: 'Lanes' }).getByRole('listitem').filter({ hasText: name });
  const names = () => ladder.locator('.lane .lane-label').allTextContents();
  console.log(await names());
  await lane('Alice').click({ button: 'right' });
  await shoot(page, 'lanes-menu-dark');
});
