// A conference of fifty users, in every kind of theme, and at twice the size.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/setup.mjs';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { chooseTheme, runCommand } from './workbench.mjs';

const { accessibilityOf, focusLadder, openLadder, shoot, zoom } = fixture;
const run = promisify(execFile);
const UNUSUAL = ['Dark High Contrast', 'Light High Contrast'];

describe('a large conference', () => {
  let session;
  before(async () => {
    session = await fixture.startVscode();
  });
  after(() => session?.stop());

  editorTest('a conference of fifty users', async (t) => {
    const folder = await newFolder(t);
    const { stdout } = await run(process.execPath, ['--import', 'tsx', 'test/traces/conference.ts', '50'], {
      cwd: ROOT,
      maxBuffer: 1 << 26,
    });
    await writeFile(join(folder, 'conference.sip'), stdout);
    const { page, ladder } = await openLadder(t, session, folder, 'conference.sip');
    await chooseTheme(page, 'Dark Modern');
    await focusLadder(page, ladder);
    await page.keyboard.press('End');
    await page.keyboard.press('r');
    const roster = ladder.getByRole('region', { name: 'Conference roster' });
    await roster
      .getByText(/user50@contoso\.com, ejected by/)
      .first()
      .waitFor();
    await shoot(page, 'conference-roster-dark');
    assert.deepEqual(await accessibilityOf(ladder), []);
    for (const theme of ['Light Modern', ...UNUSUAL]) {
      await chooseTheme(page, theme);
      await shoot(page, `conference-roster-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
    await zoom(page, 2);
    await shoot(page, 'conference-roster-twice-as-large');
    await zoom(page, 1);

    // Its calls stand together, each with the dialogs of one user; all or one of them are shown.
    await chooseTheme(page, 'Dark Modern');
    await runCommand(page, 'SIP Lens: Focus on Calls View');
    const node = (name) => page.getByRole('treeitem', { name });
    await node(/^Conference user1@contoso\.com, 50 users · 50 calls · 1628 messages/).click();
    await ladder.getByText('Only Conference user1@contoso.com: 1,628 messages').waitFor();
    await page.keyboard.press('ArrowRight');
    await node(/^user2 → Focus, .*56 messages · 2 legs/).click();
    await ladder.getByText('Only user2 → Focus: 56 messages in 2 legs').waitFor();
    await ladder.getByText('the same user in the same conference at the same time').first().waitFor();
    await page.keyboard.press('ArrowRight');
    await node(/^Leg 2: user2 → Focus/).waitFor();
    await shoot(page, 'conference-calls-dark');
    await chooseTheme(page, 'Light Modern');
    await shoot(page, 'conference-calls-light');
    assert.deepEqual([...session.said], []);
  });
});

async function newFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), 'sl-large-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
