// What a reviewer does: planted faults are found and mended, a rule is turned off, and the roster of a conference tells its story.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import * as fixture from './fixture.mjs';
import { editorTest } from './retry.mjs';
import { goTo, openFile, problems, takeFix } from './workbench.mjs';

const { focusLadder, openLadder, openPage, samples, shoot } = fixture;

describe('reviewing in VS Code', () => {
  let session;
  before(async () => {
    session = await fixture.startVscode();
  });
  after(() => session?.stop());

  editorTest(
    'five planted faults are shown with the messages they concern, mended, and a rule is turned off',
    async (t) => {
      const folder = await mkdtemp(join(tmpdir(), 'sl-review-'));
      t.after(() => rm(folder, { recursive: true, force: true }));
      const configuration = join(folder, '.sip-lens.json');
      await writeFile(configuration, '{ "profile": "strict" }\n');
      await writeFile(join(folder, 'call.sip'), CALL);
      const page = await openPage(t, session, folder);
      await openFile(page, 'call.sip');
      const found = await problems(page, 5);
      for (const rule of FAULTS)
        assert.ok(
          found.some((label) => label.includes(rule)),
          `${rule} in ${found.join('\n')}`,
        );
      const related = page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'message 1' });
      await related.first().waitFor();
      await shoot(page, 'review-faults');

      await goTo(page, 9, 17);
      await takeFix(page, 'Content-Length');
      await goTo(page, 1, 3);
      await takeFix(page, 'Max-Forwards');
      await problems(page, 3);
      await goTo(page, 34, 8);
      await takeFix(page, 'Turn ack-cseq off in this workspace');
      await problems(page, 2);
      await shoot(page, 'review-rule-off');
      await page.keyboard.press('Control+K');
      await page.keyboard.press('s');
      await until(async () => /"ack-cseq": "off"/.test(await readFile(configuration, 'utf8')));
      assert.match(await readFile(configuration, 'utf8'), /"profile": "strict"/);
    },
  );

  editorTest('the roster tells who was ejected, by whom and by which request', async (t) => {
    const { page, ladder } = await openLadder(t, session, await samples(t));
    await focusLadder(page, ladder);
    await page.keyboard.press('r');
    const roster = ladder.getByRole('region', { name: 'Conference roster' });
    await roster.waitFor();
    await roster.getByText('- carol@contoso.com, ejected by alice (request 63022864)').first().waitFor();
    await shoot(page, 'roster');
    assert.deepEqual(await fixture.accessibilityOf(ladder), []);
    await page.keyboard.press('r');
    await ladder.getByRole('grid', { name: 'Message ladder' }).waitFor();
  });
});

const FAULTS = [
  'has no Max-Forwards',
  'Content-Length is 99',
  'this 200 no answer',
  'The ACK must have',
  'CSeq must be above 1',
];

const CALL = `INVITE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1
From: <sip:alice@example.com>;tag=a
To: <sip:bob@example.com>
Call-ID: 1@192.0.2.1
CSeq: 1 INVITE
Contact: <sip:alice@192.0.2.1>
Content-Type: application/sdp
Content-Length: 99

v=0
o=alice 1 1 IN IP4 192.0.2.1
s=-
c=IN IP4 192.0.2.1
t=0 0
m=audio 40000 RTP/AVP 0

SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1
From: <sip:alice@example.com>;tag=a
To: <sip:bob@example.com>;tag=b
Call-ID: 1@192.0.2.1
CSeq: 1 INVITE
Contact: <sip:bob@192.0.2.2>
Content-Length: 0

ACK sip:bob@192.0.2.2 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK2
Max-Forwards: 70
From: <sip:alice@example.com>;tag=a
To: <sip:bob@example.com>;tag=b
Call-ID: 1@192.0.2.1
CSeq: 2 ACK
Content-Length: 0

BYE sip:bob@192.0.2.2 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK3
Max-Forwards: 70
From: <sip:alice@example.com>;tag=a
To: <sip:bob@example.com>;tag=b
Call-ID: 1@192.0.2.1
CSeq: 1 BYE
Content-Length: 0

SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK3
From: <sip:alice@example.com>;tag=a
To: <sip:bob@example.com>;tag=b
Call-ID: 1@192.0.2.1
CSeq: 1 BYE
Content-Length: 0

`;

async function until(holds) {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail('it did not come about');
}
