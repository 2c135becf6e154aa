// One VS Code with the packaged extension for a file of tests; for each test a page, and a folder of its own.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../../scripts/setup.mjs';
import { launch } from '../../scripts/vscode/launch.mjs';
import { browser, openFile, openFolder, runCommand, webview } from './workbench.mjs';

export const EXTENSION = 'sip-lens.sip-lens';
export const SAMPLE = 'eject-user.sip';
const SHOTS = join(ROOT, 'test/e2e/shots');
const SIZE = { width: 1600, height: 1200 };
const NEVER = '9999';
const STEP_MS = 60_000; // a busy machine

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts VS Code and Chromium; `stop()` ends them. `flags` are more arguments of VS Code. */
export async function startVscode(settings, flags) {
  const extension = process.env.SIP_LENS_VSIX ?? (await newestVsix());
  const [vscode, chromium] = await Promise.all([launch({ extension, settings, flags }), browser()]);
  const away = new Set();
  const said = new Set();
  const windows = [];
  return {
    vscode,
    /** Addresses of others that any page asked for. */
    away,
    /** Errors of the extension that any page was told of. */
    said,
    /** When each window was opened and closed, as logs write it. */
    windows,
    async page() {
      const window = { opened: now(), closed: undefined };
      windows.push(window);
      return { page: await newPage(chromium, vscode.url, away, said), closing: () => (window.closed = now()) };
    },
    async stop() {
      await chromium.close();
      await vscode.stop();
    },
  };
}

async function newestVsix() {
  const files = (await readdir(ROOT)).filter((name) => name.endsWith('.vsix'));
  assert.ok(files.length > 0, 'npm run package has made a .vsix');
  return join(ROOT, files.sort().at(-1));
}

async function newPage(chromium, url, away, said) {
  const context = await chromium.newContext({ viewport: SIZE });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_MS);
  page.on('console', (message) => {
    if (message.type() === 'error' && /sip[-. ]?lens/i.test(message.text())) said.add(message.text());
  });
  page.on('request', (request) => {
    const { protocol, host, origin } = new URL(request.url());
    // A webview's own files have addresses at vscode-cdn.net, which its service worker answers.
    if (
      /^(?:http|ws)/.test(protocol) &&
      host !== new URL(url).host &&
      !host.endsWith('.vscode-resource.vscode-cdn.net')
    )
      away.add(origin);
  });
  return page;
}

/** A folder with the samples in it, removed after the test. */
export async function samples(t) {
  const folder = await mkdtemp(join(tmpdir(), 'sl-samples-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(join(ROOT, 'samples'), folder, { recursive: true });
  return folder;
}

/** Opens a folder in a page of its own; where the test fails, a picture of it is kept. */
export async function openPage(t, { page: open, vscode }, folder) {
  const { page, closing } = await open();
  t.after(async () => {
    if (t.passed === false) await shoot(page, `failed-${t.name.replace(/\W+/g, '-')}`);
    closing();
    await page.context().close();
  });
  await openFolder(page, vscode.url, folder);
  return page;
}

/** Opens a folder and a file in it, and the file's ladder. */
export async function openLadder(t, session, folder, file = SAMPLE) {
  const page = await openPage(t, session, folder);
  await openFile(page, file);
  await runCommand(page, 'SIP Lens: Open Ladder to the Side');
  return { page, ladder: await ladderIn(page) };
}

/** The ladder's page, once its rows are there. */
export async function ladderIn(page) {
  const ladder = await webview(page, EXTENSION);
  await ladder
    .getByRole('row', { name: /^\d+, (?:[\d:.]+, )?\w+ \w/ })
    .first()
    .waitFor();
  return ladder;
}

/**
 * Gives the focus to the ladder of an editor group by the keys of VS Code, which then knows where the reader is: where only the page is given the focus,
 * VS Code gives it back to the text after its next question.
 */
export async function focusLadder(page, ladder, group = 2) {
  await page.keyboard.press(`Control+${group}`);
  await ladder.locator('#ladder:focus').waitFor();
}

/** Waits until the ladder has the focus back from a question of VS Code. */
export const hasFocus = (ladder) => ladder.locator('#ladder:focus').waitFor();

/** The names of all arrows, in order. */
export async function arrows(ladder) {
  const names = await ladder
    .locator('[role=row]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  return names.filter((name) => /^\d+,/.test(name)).sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

/** The arrow of a message. */
export const arrow = (ladder, index) => ladder.getByRole('row', { name: new RegExp(`^${index}, `) });

/** Waits until an arrow is the selected one. */
export const isSelected = (ladder, index) =>
  ladder.locator(`[role=row][aria-selected=true][aria-label^="${index}, "]`).waitFor();

/** What axe finds wrong in a page. Its script is not held back by the page's Content-Security-Policy. */
export async function accessibilityOf(ladder) {
  await ladder.evaluate(AXE);
  const { violations } = await ladder.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Gives a window the room that it has where everything is so many times as large. Its pictures have as many pixels as it has room. */
export async function zoom(page, factor) {
  await page.setViewportSize({ width: SIZE.width / factor, height: SIZE.height / factor });
}

/** Keeps a picture of the window, for people to look at. */
export async function shoot(page, name) {
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

/** The one-based line of the first line that begins so. */
export function lineOf(text, start) {
  const line = text.split('\n').findIndex((one) => one.startsWith(start));
  assert.ok(line >= 0, `a line begins with ${start}`);
  return line + 1;
}

/**
 * The errors in the logs of the extension hosts (but for a lock that VS Code finds taken), up to the end of each: a window that closes interrupts what
 * is going on, and its host may not live to write that it ends. `windows` are the times at which windows were opened and closed.
 * Where VS Code can write no logs, there are none in them.
 */
export function errorsIn(logs, windows) {
  const hosts = Object.keys(logs).filter((name) => name.endsWith('/remoteexthost.log'));
  return hosts.flatMap((host) => {
    const [begin = ''] = /^\S+ \S+/.exec(logs[host]) ?? [];
    const closed = windows.findLast(({ opened }) => opened <= begin)?.closed ?? NEVER;
    const ended = /^(\S+ \S+) \[info\] Extension host terminating/m.exec(logs[host])?.[1] ?? NEVER;
    const own = Object.keys(logs).filter(
      (name) => name === host || (name.startsWith(dirname(host)) && name.includes('SIP Lens')),
    );
    // An entry goes on in the lines that do not begin with a time.
    const errors = own.flatMap((name) => logs[name].match(/^\S+ \S+ \[error\].*(?:\n(?!\d{4}-\d\d-\d\d ).*)*/gm) ?? []);
    return errors.filter(
      (entry) => entry < ended && entry < closed && !/^\S+ \S+ \[error\] Error: EEXIST.*vscode\.lock/.test(entry),
    );
  });
}

/** The time as VS Code's logs write it. */
function now() {
  const time = new Date();
  return `${time.toLocaleString('sv-SE')}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
