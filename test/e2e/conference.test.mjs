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
import { chooseTheme } from './workbench.mjs';

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
    assert.deepEqual([...session.said], []);
  });
});

async function newFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), 'sl-large-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
