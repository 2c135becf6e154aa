import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { URL } from 'node:url';
import { TestClient } from './testClient.ts';

const URI = 'file:///a.sip';
const FIXTURES = new URL('../fixtures/', import.meta.url);
let client: TestClient;

before(async () => {
  client = await TestClient.start();
});
after(() => client.stop());

test('a language model is told of open documents as they are, and of files, captures among them', async () => {
  const ask = (uri: string, tool: string, input = {}) =>
    client.connection.sendRequest<string>('sip/tool', { uri, tool: `sipLens_${tool}`, input });
  const options = 'OPTIONS sip:bob@example.org SIP/2.0\nCSeq: 1 OPTIONS\nMax-Forwards: 300\n\n';
  await client.open(URI, options);
  assert.match(await ask(URI, 'lint'), /^a\.sip\n.*max-forwards-range \(line 3, column 15, message 1\)/s);
  await client.edit(URI, options.replace('300', '70'));
  assert.doesNotMatch(await ask(URI, 'lint'), /max-forwards-range/);

  const capture = new URL('traces/pcap/lab-tcp-call.pcap', FIXTURES).href;
  assert.match(await ask(capture, 'summarizeTrace'), /^lab-tcp-call\.pcap\n\d+ messages, format pcap/);
  assert.match(await ask(capture, 'showLadder', { filter: 'method:INVITE' }), /── INVITE/);
  await assert.rejects(ask(new URL('traces/none.log', FIXTURES).href, 'lint'), /none\.log/);
  await assert.rejects(ask(new URL('../schemas/cccp.xsd', FIXTURES).href, 'lint'), /neither a SIP message nor/);
});

test('it is told of calls what the user told of their legs, of open documents and of files', async () => {
  const uri = new URL('../../test/e2e/two-legs.sip', import.meta.url).href;
  const explained = () =>
    client.connection.sendRequest<string>('sip/tool', { uri, tool: 'sipLens_explainCall', input: { message: 1 } });
  const decided = (are: string) =>
    client.connection.sendNotification('sip/linkDecisions', {
      [uri]: [{ callIds: ['leg-1@192.0.2.1', are === 'one call' ? 'busy@192.0.2.3' : 'leg-2@192.0.2.9'], are }],
    });
  for (const open of [false, true]) {
    if (open) await client.open(uri, readFileSync(new URL(uri), 'utf8'));
    await client.connection.sendNotification('sip/linkDecisions', {});
    assert.match(await explained(), /It has 2 legs: /);
    await decided('one call');
    assert.match(await explained(), /It has 3 legs: .*linked by you/);
    await decided('not one call');
    assert.doesNotMatch(await explained(), /It has \d legs/);
  }
});
