// Writing CCCP in VS Code as a person does: type, accept, look at what is there.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { ROOT } from '../../scripts/setup.mjs';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { cursor, goTo, openFile, problems, runCommand, takeFix } from './workbench.mjs';

const { openPage, shoot } = fixture;

describe('writing CCCP in VS Code', () => {
  let session;
  before(async () => {
    session = await fixture.startVscode();
  });
  after(() => session?.stop());

  editorTest('New CCCP Request writes a valid document', async (t) => {
    const page = await openPage(t, session, await folderWith(t, {}));
    await runCommand(page, 'SIP Lens: New CCCP Request…');
    await choose(page, 'deleteUser');
    await answer(page, 'The conference');
    await answer(page, 'Who sends');
    const user = await question(page, 'Whom it is about');
    await user.fill('nobody');
    await page.locator('.quick-input-widget').getByText('A SIP URI is expected').waitFor();
    await user.fill('sip:dave@contoso.com');
    await page.locator('.quick-input-widget').filter({ hasText: 'Whom it is about' }).waitFor();
    await page.keyboard.press('Enter');
    await choose(page, 'Document');
    await textHolds(page, 'userEntity="sip:dave@contoso.com"');
    await language(page, 'CCCP');
    assert.deepEqual(await problems(page, 0), []);
    await shoot(page, 'authoring-new-request');
  });

  editorTest('New CCCP Request writes a whole message', async (t) => {
    const page = await openPage(t, session, await folderWith(t, {}));
    await runCommand(page, 'SIP Lens: New CCCP Request…');
    await choose(page, 'getConferencingCapabilities');
    for (const asked of ['The conference', 'Who sends']) await answer(page, asked);
    await choose(page, 'SERVICE message');
    await textHolds(page, 'SERVICE sip:alice@contoso.com;gruu;opaque=app:conf:focusfactory SIP/2.0');
    await language(page, 'SIP Trace');
    assert.deepEqual(await problems(page, 0), []);
  });

  editorTest('a snippet writes a command', async (t) => {
    const page = await openPage(t, session, await folderWith(t, { 'a.cccp': '' }));
    await openFile(page, 'a.cccp');
    await page.keyboard.type('getUser');
    await suggested(page, 'getUser');
    await page.keyboard.press('Enter');
    await textHolds(page, '<getUser>');
    await page.keyboard.type('bob@contoso.com');
    await textHolds(page, 'from="sip:bob@contoso.com"');
    assert.deepEqual(await problems(page, 0), []);
  });

  editorTest('a snippet writes the body of a message', async (t) => {
    const page = await openPage(t, session, await folderWith(t, { 'a.sip': NOTIFICATION }));
    await openFile(page, 'a.sip');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('conference-info user le');
    await suggested(page, 'user left');
    await page.keyboard.press('Enter');
    await textHolds(page, 'state="deleted"/>');
  });

  editorTest('a command, its children and its attributes are offered, and what is accepted is valid', async (t) => {
    const page = await openPage(t, session, await folderWith(t, { 'a.cccp': REQUEST.replace('COMMAND', '') }));
    await openFile(page, 'a.cccp');
    await goTo(page, 3, 3);
    await page.keyboard.type('<deleteU');
    await suggested(page, 'deleteUser');
    await shoot(page, 'authoring-completion');
    await page.keyboard.press('Enter');
    await textHolds(page, 'userKeys');
    await textHolds(page, 'userEntity=');
    assert.deepEqual(await problems(page, 0), []);
  });

  editorTest('the values of an enumeration are offered', async (t) => {
    const page = await openPage(t, session, await folderWith(t, { 'a.confinfo': ROSTER }));
    await openFile(page, 'a.confinfo');
    await goTo(page, 5, ROSTER.split('\n')[4].indexOf('</status>') + 1);
    await page.keyboard.type('on-h');
    await suggested(page, 'on-hold');
    await page.keyboard.press('Enter');
    await textHolds(page, '<status>on-hold</status>');
    assert.deepEqual(await problems(page, 0), []);
  });

  editorTest('the headers of a message are offered', async (t) => {
    const page = await openPage(t, session, await folderWith(t, { 'a.sip': 'BYE sip:bob@contoso.com SIP/2.0\n' }));
    await openFile(page, 'a.sip');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('Max');
    await suggested(page, 'Max-Forwards');
    await page.keyboard.press('Enter');
    await textHolds(page, 'Max-Forwards: ');
  });

  editorTest('a missing attribute and a misspelt value are mended by their quick fixes', async (t) => {
    const page = await openPage(t, session, await folderWith(t, { 'a.confinfo': FAULTY_ROSTER }));
    await openFile(page, 'a.confinfo');
    assert.equal((await problems(page, 2)).length, 2);
    await goTo(page, 5, FAULTY_ROSTER.split('\n')[4].indexOf('conected') + 2);
    await takeFix(page, 'connected');
    await textHolds(page, '<status>connected</status>');
    await goTo(page, 1, 3);
    await takeFix(page, 'entity');
    await textHolds(page, 'entity="');
    assert.deepEqual(await problems(page, 0), []);
  });

  editorTest('a wrong Content-Length is corrected, and a document is formatted', async (t) => {
    const flat = REQUEST.replace('COMMAND', '<deleteUser><userKeys userEntity="sip:carol@contoso.com"/></deleteUser>');
    const page = await openPage(t, session, await folderWith(t, { 'a.sip': INFO, 'a.cccp': flat }));
    await openFile(page, 'a.sip');
    await goTo(page, 8, 18);
    await takeFix(page, 'Content-Length');
    await textHolds(page, 'Content-Length: 5');
    await openFile(page, 'a.cccp');
    await runCommand(page, 'Format Document');
    await textHolds(page, '\n  <deleteUser>\n    <userKeys');
    await shoot(page, 'authoring-formatted');
  });

  editorTest('hovers explain, F12 leads to the request, and F2 renames a user everywhere', async (t) => {
    const page = await openPage(t, session, await fixture.samples(t));
    await openFile(page, fixture.SAMPLE);
    const lines = (await readFile(join(ROOT, 'samples', fixture.SAMPLE), 'utf8')).split('\n');
    const body = lines.findIndex((line) => line.includes('<deleteUser'));
    await goTo(page, body + 1, lines[body].indexOf('deleteUser') + 3);
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
    await page.locator('.monaco-hover:visible').filter({ hasText: 'draft-levin-xcon-cccp-04' }).waitFor();
    await shoot(page, 'authoring-hover');
    await page.keyboard.press('Escape');
    const answer = lines.findIndex((line) => line.startsWith('SIP/2.0 202'));
    await goTo(page, answer + 1, 10);
    await page.keyboard.press('F12');
    await cursor(page)
      .filter({ hasText: `Ln ${lines.findIndex((line) => line.startsWith('INFO')) + 1},` })
      .waitFor();
    const user = lines.findIndex((line) => line.includes('userEntity="sip:carol@contoso.com"'));
    await goTo(page, user + 1, lines[user].indexOf('sip:carol@contoso.com') + 5);
    await page.keyboard.press('F2');
    const box = page.locator('.rename-box input');
    await box.waitFor();
    await box.fill('sip:dave@contoso.com');
    await page.keyboard.press('Enter');
    await textHolds(page, 'userEntity="sip:dave@contoso.com"');
    const from = lines.findIndex((line) => line.startsWith('BYE')) + 1;
    await goTo(page, from);
    await textHolds(page, '<sip:dave@contoso.com>');
  });

  editorTest('a line above a request says what answers it, and leads to the ladder', async (t) => {
    const page = await openPage(t, session, await fixture.samples(t));
    await openFile(page, fixture.SAMPLE);
    const lens = page.locator('.codelens-decoration a').filter({ hasText: 'answered by message 2' }).first();
    await lens.waitFor();
    await shoot(page, 'authoring-lens');
    // Lenses are drawn anew while their texts arrive, and a click may fall between.
    const opened = page.locator('.tab').filter({ hasText: `${fixture.SAMPLE} ladder` });
    for (let tries = 0; tries < 5 && !(await opened.isVisible()); tries++) {
      await lens.click();
      await opened.waitFor({ timeout: 5000 }).catch(() => {});
    }
    await fixture.isSelected(await fixture.ladderIn(page), 1);
  });

  editorTest('a start tag and its end tag are renamed together', async (t) => {
    const page = await openPage(
      t,
      session,
      await folderWith(t, { 'a.cccp': REQUEST.replace('COMMAND', '<getUser></getUser>') }),
    );
    await openFile(page, 'a.cccp');
    await goTo(page, 3, 4);
    await page.locator('.linked-editing-decoration').first().waitFor();
    await page.keyboard.type('x');
    await textHolds(page, '<xgetUser></xgetUser>');
  });
});

const REQUEST = `<request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1" C3PVersion="1"
  from="sip:alice@contoso.com" to="sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7E">
  COMMAND
</request>
`;

const ROSTER = `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:room@contoso.com" state="partial" version="3">
  <users state="partial">
    <user entity="sip:carol@contoso.com" state="partial">
      <endpoint entity="{1}" state="partial">
        <status></status>
      </endpoint>
    </user>
  </users>
</conference-info>
`;

const FAULTY_ROSTER = ROSTER.replace(' entity="sip:room@contoso.com"', '').replace('<status>', '<status>conected');

const INFO = `INFO sip:bob@contoso.com SIP/2.0
Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1
Max-Forwards: 70
From: <sip:alice@contoso.com>;tag=a
To: <sip:bob@contoso.com>;tag=b
Call-ID: 1@contoso.com
CSeq: 2 INFO
Content-Length: 99
Content-Type: text/plain

hello`;

const NOTIFICATION = `BENOTIFY sip:bob@contoso.com SIP/2.0
Event: conference
Content-Type: application/conference-info+xml

`;

/** A folder with files of these texts, removed after the test. */
async function folderWith(t, files) {
  const folder = await mkdtemp(join(tmpdir(), 'sl-authoring-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}

async function choose(page, row) {
  const widget = page.locator('.quick-input-widget');
  await widget.locator('.monaco-list-row').filter({ hasNotText: 'SIP Lens' }).first().waitFor();
  await widget.locator('input').first().fill(row);
  await widget.locator('.monaco-list-row.focused').filter({ hasText: row }).waitFor();
  await page.keyboard.press('Enter');
}

async function question(page, prompt) {
  const widget = page.locator('.quick-input-widget');
  await widget.filter({ hasText: prompt }).waitFor();
  return widget.locator('input').first();
}

async function answer(page, prompt) {
  await question(page, prompt);
  await page.keyboard.press('Enter');
}

/** The text of the editor in front; blanks on screen are no-break spaces. */
async function textOf(page) {
  const lines = page.locator('.editor-group-container.active .view-lines .view-line');
  const placed = await lines.evaluateAll((found) =>
    found.map((line) => [Number.parseFloat(line.style.top), line.textContent]),
  );
  return placed
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text.replaceAll('\u00a0', ' '))
    .join('\n');
}

async function textHolds(page, wanted) {
  await until(page, async () => (await textOf(page)).includes(wanted), `${wanted} in the text`);
}

async function until(page, holds, what) {
  for (let tries = 0; tries < 150; tries++) {
    if (await holds()) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`${what}:\n${await textOf(page)}`);
}

function language(page, name) {
  return page.locator('#status\\.editor\\.mode').filter({ hasText: name }).waitFor();
}

/** Waits until the suggestion is the one that Enter takes. A list that typing closed is asked for again, as a person would. */
async function suggested(page, label) {
  const wanted = page.locator('.suggest-widget.visible .monaco-list-row.focused').filter({ hasText: label });
  for (let tries = 0; tries < 10; tries++) {
    const shown = await wanted.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    if (shown) return;
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Space');
  }
  await wanted.waitFor();
}
