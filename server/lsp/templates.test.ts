import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FilledTemplate, TemplateList } from '../view/protocol.ts';
import { TestClient } from './testClient.ts';

const URI = 'file:///a.cccp';
let client: TestClient;

before(async () => {
  client = await TestClient.start();
});
after(() => client.stop());

test('the templates come with what to ask for, which begins with what the document is about', async () => {
  const conference = 'sip:dave@example.org;gruu;opaque=app:conf:focus:id:X1';
  await client.open(URI, `<request xmlns="urn:ietf:params:xml:ns:cccp" to="${conference}" requestId="7"/>`, 'cccp');
  const { templates, questions } = await client.connection.sendRequest<TemplateList>('sip/templates', { uri: URI });
  assert.equal(templates.length, 31);
  assert.deepEqual(templates.find(({ id }) => id === 'deleteUser')?.asks, ['conference', 'from', 'user']);
  const [asked] = questions;
  assert.equal(asked?.value, conference);
  assert.match(conference, new RegExp(asked.pattern));
  assert.doesNotMatch('alice', new RegExp(asked.pattern));
});

test('a template is filled with the answers, as a document or as a message', async () => {
  const answers = { user: ' sip:erin@example.org', unknown: 'x' };
  const fill = (form: string, id = 'deleteUser') =>
    client.connection.sendRequest<FilledTemplate | null>('sip/template', { id, form, answers, uri: URI });
  const document = await fill('document');
  assert.equal(document?.languageId, 'cccp');
  assert.match(document.text, /userEntity="sip:erin@example\.org"/);
  assert.match(document.text, /requestId="8"/);
  const message = await fill('message');
  assert.equal(message?.languageId, 'sip');
  assert.match(message.text, /^INFO sip:dave@example\.org;\S+ SIP\/2\.0\n/);
  assert.equal(await fill('document', 'no such'), null);
});
