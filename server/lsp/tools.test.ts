import assert from 'node:assert/strict';
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
