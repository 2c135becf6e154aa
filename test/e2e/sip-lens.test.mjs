import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/setup.mjs';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { chooseTheme, cursor, focusText, goTo, openFile, problems, ready, runCommand } from './workbench.mjs';

const { arrow, arrows, focusLadder, isSelected, lineOf, openLadder, openPage, samples, shoot } = fixture;

const JOURNEYS = [
  ...['INFO Alice Focus', '202 Focus Alice', 'BENOTIFY Focus Carol', 'BYE Carol Focus', 'BYE Carol IM MCU'],
  ...[
    'BYE Focus Carol',
    'BYE IM MCU Carol',
    '200 Focus Carol',
    '481 IM MCU Carol',
    '200 Carol Focus',
    '200 Carol IM MCU',
  ],
  ...[
    'BENOTIFY Focus Alice',
    'BENOTIFY Focus Bob',
    'INFO Focus Alice',
    '200 Alice Focus',
    'BENOTIFY Focus Alice',
    'BENOTIFY Focus Bob',
  ],
];

describe('the packaged extension in VS Code', () => {
  let session;
  let sample;
  before(async () => {
    sample = await readFile(join(ROOT, 'samples', fixture.SAMPLE), 'utf8');
    session = await fixture.startVscode();
  });
  after(() => session?.stop());

  editorTest('the Problems view has what the command line finds', async (t) => {
    const page = await openPage(t, session, await samples(t));
    await openFile(page, fixture.SAMPLE);
    const found = (await lint(fixture.SAMPLE)).filter(({ severity }) => severity !== 'hint');
    const severities = found.map(({ severity }) => severity);
    assert.equal(severities.filter((one) => one === 'error').length, 0);
    assert.equal(severities.filter((one) => one === 'warning').length, 1);
    const shown = await problems(page, found.length);
    assert.equal(shown.length, found.length);
    for (const { message } of found)
      assert.ok(
        shown.some((label) => label.includes(message)),
        message,
      );
    await page.getByRole('button', { name: /^SIP profile: / }).waitFor();
    await shoot(page, 'problems');
  });

  for (const file of [fixture.SAMPLE, 'eject-user.flattened.txt'])
    editorTest(`${file} has 17 arrows between five lanes`, async (t) => {
      const { page, ladder } = await openLadder(t, session, await samples(t), file);
      const lanes = await ladder.getByRole('list', { name: 'Lanes' }).getByRole('listitem').allInnerTexts();
      assert.equal(lanes.length, 5);
      for (const lane of ['Alice', 'Focus', 'IM MCU', 'Bob', 'Carol'])
        assert.equal(lanes.filter((text) => text.startsWith(lane)).length, 1, `${lane} in ${lanes}`);
      const names = await arrows(ladder);
      assert.deepEqual(names.map(journey), JOURNEYS);
      assert.match(names[0], /INFO deleteUser carol@contoso\.com/);
      assert.match(names[8], /481 Dialog does not exist.*failed/);
      await ladder.getByText('17 messages · 5 lanes').waitFor();
      await shoot(page, `ladder-${file}`);
    });

  editorTest('a click on an arrow shows its message, and the cursor selects an arrow', async (t) => {
    const { page, ladder } = await openLadder(t, session, await samples(t));
    await arrow(ladder, 9).click();
    await isSelected(ladder, 9);
    await focusText(page); // only then does the status bar say where the cursor is
    await cursor(page)
      .filter({ hasText: `Ln ${lineOf(sample, 'SIP/2.0 481')}, Col 1` })
      .waitFor();
    await ladder
      .getByRole('region', { name: 'Message details' })
      .filter({ hasText: 'Dialog does not exist' })
      .waitFor();

    const last = sample.split('\n').findLastIndex((line) => line.startsWith('INFO '));
    await goTo(page, last + 3);
    await isSelected(ladder, 14);
    await goTo(page, lineOf(sample, 'INFO '));
    await isSelected(ladder, 1);
  });

  editorTest('the keyboard alone does everything', async (t) => {
    const { page, ladder } = await openLadder(t, session, await samples(t));
    await focusLadder(page, ladder);
    await page.keyboard.press('End');
    await isSelected(ladder, 17);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await isSelected(ladder, 2);
    await page.keyboard.press('/');
    await page.keyboard.type('does not exist');
    await page.keyboard.press('Enter');
    await isSelected(ladder, 9);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await isSelected(ladder, 10);
    await page.keyboard.press('g');
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  });

  editorTest('a fault typed into a body is a problem in the text and a badge on its arrow', async (t) => {
    const { page, ladder } = await openLadder(t, session, await samples(t));
    const before = await arrow(ladder, 1).getAttribute('aria-label');
    assert.doesNotMatch(before, /warning/);
    const lines = sample.split('\n');
    const line = lines.findIndex((one) => one.includes('<userKeys confEntity='));
    await goTo(page, line + 1, lines[line].indexOf(' confEntity=') + ' confEntity'.length + 1);
    await page.keyboard.type('s');
    await page.locator('.squiggly-warning').first().waitFor();
    await ladder.locator('[role=row][aria-label^="1, "][aria-label*=" warning"]').waitFor();
    await shoot(page, 'fault');
    const found = await problems(page, 2);
    assert.ok(
      found.some((label) => /confEntitys/.test(label)),
      found.join('\n'),
    );
    await goTo(page, line + 1);
    await page.keyboard.press('Control+Z');
    await ladder.locator(`[role=row][aria-label=${JSON.stringify(before)}]`).waitFor();
    await page.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
  });

  editorTest('an edit that adds a message adds its arrow', async (t) => {
    const { page, ladder } = await openLadder(t, session, await samples(t));
    await focusText(page);
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(
      '\nOPTIONS sip:dave@example.com SIP/2.0\nFrom: <sip:erin@example.com>;tag=1\nTo: <sip:dave@example.com>\nCall-ID: x\nCSeq: 1 OPTIONS\nContent-Length: 0\n\n',
    );
    await arrow(ladder, 18).waitFor();
    await ladder.getByText('18 messages · 7 lanes').waitFor();
  });

  editorTest('a reload of the window restores the ladder and its selection', async (t) => {
    const { page, ladder } = await openLadder(t, session, await samples(t));
    await arrow(ladder, 5).click();
    await isSelected(ladder, 5);
    await page.waitForTimeout(7000); // VS Code in a browser keeps the state of its editors every five seconds
    await page.reload();
    await ready(page);
    const restored = await fixture.ladderIn(page);
    await isSelected(restored, 5);
    assert.equal((await arrows(restored)).length, 17);
  });

  editorTest('markup in a trace is text in the ladder', async (t) => {
    const folder = await samples(t);
    await writeFile(join(folder, 'markup.sip'), MARKUP);
    const { page, ladder } = await openLadder(t, session, folder, 'markup.sip');
    await arrow(ladder, 2).click();
    await isSelected(ladder, 2);
    const text = await ladder.locator('body').textContent();
    assert.match(text, /<script>alert\(1\)<\/script>/);
    await arrow(ladder, 1).click();
    await ladder.getByText('<img src=x onerror=').first().waitFor();
    assert.equal(await ladder.locator('script').filter({ hasText: 'alert' }).count(), 0);
    assert.equal(await ladder.locator('img, [onerror]').count(), 0);
    await shoot(page, 'markup');
  });

  editorTest('a file that is deleted while it is open leaves its ladder, and says so', async (t) => {
    const folder = await samples(t);
    const { page, ladder } = await openLadder(t, session, folder);
    await rm(join(folder, fixture.SAMPLE));
    await page.locator('.tab.active .label-name.strikethrough, .tab .strikethrough').first().waitFor();
    await arrow(ladder, 3).click();
    await isSelected(ladder, 3);
    await page.locator('.tab', { has: page.locator('.strikethrough') }).click({ button: 'middle' });
    await ladder.getByText(/has been closed or deleted/).waitFor();
    assert.equal((await arrows(ladder)).length, 17);
    await shoot(page, 'deleted');
  });

  editorTest('a text file with SIP in it is offered once to be read as a trace', async (t) => {
    const folder = await samples(t);
    await writeFile(join(folder, 'proxy.log'), sample);
    await writeFile(join(folder, 'notes.txt'), 'Nothing of interest.\n');
    const page = await openPage(t, session, folder);
    const offer = page.locator('.notification-toast').filter({ hasText: 'This looks like a SIP trace' });
    await openFile(page, 'proxy.log');
    await offer.getByRole('button', { name: 'Not now' }).click();
    await offer.waitFor({ state: 'detached' });
    await openFile(page, 'notes.txt');
    await openFile(page, 'proxy.log');
    await openFile(page, 'eject-user.flattened.txt');
    await offer.getByRole('button', { name: 'Open as SIP trace' }).click();
    await page.locator('#status\\.editor\\.mode').filter({ hasText: 'SIP Trace' }).waitFor();
    assert.equal(await offer.count(), 0);
    await openFile(page, 'proxy.log');
    await page.waitForTimeout(1000);
    assert.equal(await offer.count(), 0);
  });

  editorTest('the walkthrough opens the sample with its ladder', async (t) => {
    const page = await openPage(t, session, await samples(t));
    await runCommand(page, 'SIP Lens: Open Sample Trace');
    assert.equal((await arrows(await fixture.ladderIn(page))).length, 17);
  });

  const themes = {
    dark: 'Dark 2026',
    light: 'Light 2026',
    'high-contrast': 'Dark High Contrast',
    'high-contrast-light': 'Light High Contrast',
  };
  editorTest('the ladder is right to look at in every theme, and axe finds nothing wrong in it', async (t) => {
    const { page, ladder } = await openLadder(t, session, await samples(t));
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await page.setViewportSize({ width: 1440, height: 900 });
    await arrow(ladder, 9).click();
    await isSelected(ladder, 9);
    await page.waitForTimeout(500);
    await arrow(ladder, 9).waitFor();
    assert.ok(await isInView(arrow(ladder, 9)), 'a smaller window keeps the selected arrow in view');
    for (const [name, theme] of Object.entries(themes)) {
      await chooseTheme(page, theme);
      await ladder.locator(`body.vscode-${name}`).waitFor();
      await page.waitForTimeout(500); // colours fade
      assert.deepEqual(await fixture.accessibilityOf(ladder), [], theme);
      await shoot(page, name);
    }
    await fixture.zoom(page, 2);
    await arrow(ladder, 9).waitFor();
    assert.ok(await isInView(arrow(ladder, 9)), 'a window that shows all twice as large does, too');
    await shoot(page, 'twice-as-large');
  });

  test('nothing was logged as an error, and nothing was asked of another machine', async () => {
    assert.deepEqual(fixture.errorsIn(await session.vscode.logs(), session.windows), []);
    assert.deepEqual([...session.said], []);
    assert.deepEqual([...session.away], []);
  });
});

/** Whether the whole element can be seen. */
function isInView(locator) {
  return locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const area = element.closest('[role=grid]').getBoundingClientRect();
    return top >= area.top && bottom <= area.bottom;
  });
}

/** `INFO Alice Focus` of `1, request INFO deleteUser carol@contoso.com, from Alice to Focus, 1 hint`. */
function journey(name) {
  const [, what, from, to] = /^\d+, (?:request|response) (\S+).*?, from ([^,]+?) to ([^,.]+)/.exec(name) ?? [];
  return `${what} ${from} ${to}`;
}

async function lint(file) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(ROOT, 'dist/cli.mjs'),
    'lint',
    '--format',
    'json',
    join(ROOT, 'samples', file),
  ]);
  return JSON.parse(stdout).files[0].diagnostics;
}

const MARKUP = `MESSAGE sip:bob@example.com SIP/2.0
Via: SIP/2.0/TCP a.example.com;branch=z9hG4bK1
Max-Forwards: 70
From: "<img src=x onerror=alert(2)>" <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>
Call-ID: 1@a.example.com
CSeq: 1 MESSAGE
Content-Type: text/html
Content-Length: 34

<img src=x onerror="alert(3)"> </b>
SIP/2.0 486 <script>alert(1)</script>
Via: SIP/2.0/TCP a.example.com;branch=z9hG4bK1
From: "<img src=x onerror=alert(2)>" <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>;tag=2
Call-ID: 1@a.example.com
CSeq: 1 MESSAGE
Content-Length: 0

`;
