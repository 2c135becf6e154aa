// The rows, times, colours and lanes of the ladder, in the real editor.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { ready } from './workbench.mjs';

const { arrow, isSelected, openLadder, samples, shoot } = fixture;
let session;

before(async () => {
  session = await fixture.startVscode({ 'sipLens.ladder.density': 'comfortable' });
});

after(() => session?.stop());

editorTest('rows tell more in a second line, colours change, and a lane keeps its name over a reload', async (t) => {
  const { page, ladder } = await openLadder(t, session, await samples(t));
  await ladder.getByText('CCCP request 63022864', { exact: false }).first().waitFor();
  await arrow(ladder, 1).click();
  await isSelected(ladder, 1);
  await ladder.getByRole('grid', { name: 'Message ladder' }).press('c');
  await ladder.getByText('one colour and shape for each Call-ID').waitFor();
  const lane = ladder.getByRole('list', { name: 'Lanes' }).getByRole('listitem').first();
  await page.keyboard.press('h');
  await page.keyboard.press('F2');
  const field = ladder.getByRole('textbox', { name: 'Name of the lane Alice' });
  await field.fill('Organizer');
  await field.press('Enter');
  await lane.getByText('Organizer').waitFor();
  await shoot(page, 'ladder-lanes');
  await page.waitForTimeout(7000); // VS Code in a browser keeps the state of its editors every five seconds
  await page.reload();
  await ready(page);
  const restored = await fixture.ladderIn(page);
  await restored.getByRole('list', { name: 'Lanes' }).getByText('Organizer').waitFor();
  await restored.getByText('one colour and shape for each Call-ID').waitFor();
  assert.deepEqual(await fixture.accessibilityOf(restored), []);
});
