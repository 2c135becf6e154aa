import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { cursor } from '../engine/base/testing.ts';
import { type ClientOptions, TestClient } from './testClient.ts';

const SNIPPETS: ClientOptions = {
  initializationOptions: { commands: ['editor.action.triggerSuggest'] },
  params: {
    capabilities: {
      textDocument: {
        completion: { completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } } },
      },
    },
  },
};

let plain: TestClient;
let rich: TestClient;
before(async () => {
  [plain, rich] = await Promise.all([TestClient.start(), TestClient.start(SNIPPETS)]);
});
after(async () => {
  assert.deepEqual([...plain.log, ...rich.log], []);
  assert.deepEqual(await Promise.all([plain.stop(), rich.stop()]), [0, 0]);
});

const FLATTENED = readFileSync(new URL('../../samples/eject-user.flattened.txt', import.meta.url), 'utf8').replaceAll(
  '|',
  ' ',
);
let number = 0;

/** Opens the text and asks at the bar, as an editor does after the character before it where `triggerCharacter` is given. */
async function ask(client: TestClient, marked: string, languageId: string, triggerCharacter?: string) {
  const { text, offset } = cursor(marked);
  const uri = `file:///completion/${++number}`;
  const document = TextDocument.create(uri, languageId, 1, text);
  await client.open(uri, text, languageId);
  const list = await client.connection.sendRequest<CompletionList | null>('textDocument/completion', {
    textDocument: { uri },
    position: document.positionAt(offset),
    ...(triggerCharacter && { context: { triggerKind: 2, triggerCharacter } }),
  });
  await client.close(uri);
  const items = [...(list?.items ?? [])].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
  return { document, items, isIncomplete: list?.isIncomplete };
}

/** The text after the item with that label was chosen. */
function chosen(document: TextDocument, items: readonly CompletionItem[], label: string): string {
  const item = items.find((one) => one.label === label);
  assert.ok(
    item?.textEdit && 'range' in item.textEdit,
    `${label} is offered, besides ${items.map((one) => one.label)}`,
  );
  return TextDocument.applyEdits(document, [item.textEdit, ...(item.additionalTextEdits ?? [])]);
}

const CCCP = 'xmlns="urn:ietf:params:xml:ns:cccp"';
const CI = 'xmlns="urn:ietf:params:xml:ns:conference-info"';

test('is announced with the characters that ask for it', async () => {
  const client = new TestClient();
  const { capabilities } = await client.connection.sendRequest<{ capabilities: { completionProvider: object } }>(
    'initialize',
    { processId: process.pid, rootUri: null, capabilities: {} },
  );
  assert.deepEqual(capabilities.completionProvider, {
    triggerCharacters: ['<', '/', ' ', '"', "'", ':', '=', ';', ','],
  });
  await client.stop();
});

describe('in a document', () => {
  test('elements, with what is required in them', async () => {
    const at = `<request ${CCCP} from="sip:a@x.org" requestId="1">\n  |\n</request>`;
    const lines = ['<deleteUser>', '    <userKeys confEntity="" userEntity="sip:a@x.org"/>', '  </deleteUser>'];
    const { document, items } = await ask(plain, at, 'cccp');
    assert.equal(chosen(document, items, 'deleteUser'), at.replace('|', lines.join('\n')));
    const windows = await ask(plain, at.replaceAll('\n', '\r\n'), 'cccp');
    assert.equal(
      chosen(windows.document, windows.items, 'deleteUser'),
      at.replace('|', lines.join('\n')).replaceAll('\n', '\r\n'),
    );
  });

  test('not indented where the editor does that itself', async () => {
    const at = `<request ${CCCP} from="sip:a@x.org" requestId="1">\n  |\n</request>`;
    const { items } = await ask(rich, at, 'cccp');
    const item = items.find(({ label }) => label === 'deleteUser');
    assert.equal(item?.insertTextMode, 2);
    assert.match(item.textEdit?.newText ?? '', /^<deleteUser>\n {2}<userKeys .*\n<\/deleteUser>$/);
  });

  test('as a snippet where the editor knows them', async () => {
    const { items } = await ask(rich, `<conference-info ${CI} entity="sip:c" |/>`, 'conference-info');
    const state = items.find(({ label }) => label === 'state');
    assert.equal(state?.insertTextFormat, 2);
    assert.equal(state.textEdit?.newText, `state="\${1|full,partial,deleted|}"`);
    const elsewhere = await ask(plain, `<conference-info ${CI} entity="sip:c" |/>`, 'conference-info');
    const same = elsewhere.items.find(({ label }) => label === 'state');
    assert.equal(same?.textEdit?.newText, 'state="full"');
    assert.equal(same.insertTextFormat, undefined);
  });

  test('the declaration of a prefix that is used', async () => {
    const at = `<request ${CCCP}><addUser><conferenceKeys/><ci:|</addUser></request>`;
    const { document, items } = await ask(plain, at, 'xml', ':');
    assert.match(
      chosen(document, items, 'ci:user'),
      /^<request xmlns:ci="urn:ietf:params:xml:ns:conference-info" .*<conferenceKeys\/><ci:user entity="">/,
    );
  });

  test('values, names and end tags', async () => {
    const labels = async (at: string) => (await ask(plain, at, 'conference-info')).items.map(({ label }) => label);
    assert.deepEqual(await labels(`<conference-info ${CI} state="|"/>`), ['full', 'partial', 'deleted']);
    const users = '<users><user entity="sip:b@x.org"/></users><sidebars-by-val/>';
    assert.deepEqual(
      await labels(
        `<conference-info ${CI}>${users.replace('</users>', '<user><associated-aors><entry><uri>|</uri></entry></associated-aors></user></users>')}</conference-info>`,
      ),
      ['sip:b@x.org'],
    );
    assert.deepEqual(await labels(`<conference-info ${CI}><users></|</conference-info>`), ['</users>']);
  });

  test('nothing after a blank in a text', async () => {
    const at = `<conference-info ${CI} entity="sip:c"> |</conference-info>`;
    assert.deepEqual((await ask(plain, at, 'conference-info', ' ')).items, []);
    assert.notDeepEqual((await ask(plain, at, 'conference-info')).items, []);
  });

  test('nothing in XML of another vocabulary', async () => {
    assert.deepEqual((await ask(plain, '<a xmlns="urn:x"><|</a>', 'xml', '<')).items, []);
    assert.deepEqual((await ask(plain, '|', 'xml')).items, []);
  });

  test('the root of an empty one', async () => {
    assert.deepEqual(
      (await ask(plain, '<|', 'cccp', '<')).items.map(({ label }) => label),
      ['request', 'response'],
    );
  });

  test('a long list is said to be incomplete, and is narrowed by what is typed', async () => {
    const roster = Array.from({ length: 1000 }, (_, at) => `<user entity="sip:u${at}@x.org"/>`).join('\n');
    const at = (typed: string) => `<request ${CCCP}><addUser><conferenceKeys/><user ${CI} entity="${typed}|"/></addUser>
      <getConference><conference-info ${CI} entity="sip:c"><users>${roster}</users></conference-info></getConference></request>`;
    const all = await ask(plain, at(''), 'cccp');
    assert.equal(all.isIncomplete, true);
    const few = await ask(plain, at('sip:u77'), 'cccp');
    assert.equal(few.items.length, 11);
  });
});

const HEAD = `SUBSCRIBE sip:conf@x.org SIP/2.0
Via: SIP/2.0/TCP al.x.org;branch=z9hG4bK1
From: <sip:al@x.org>;tag=1
`;

/** What is offered for the line at the end of a message's head. */
async function labelsIn(line: string, trigger?: string): Promise<string[]> {
  const { items } = await ask(plain, `${HEAD}${line}\n\n`, 'sip', trigger);
  return items.map(({ label }) => label);
}

describe('in a trace', () => {
  test('headers, what is mandatory first', async () => {
    const labels = await labelsIn('|');
    assert.deepEqual(labels.slice(0, 5), ['Call-ID', 'Contact', 'CSeq', 'Event', 'Max-Forwards']);
    assert.ok(!labels.includes('From'));
  });

  test('their values at once, where the editor can', async () => {
    const { items } = await ask(rich, `${HEAD}|\n\n`, 'sip');
    const event = items.find(({ label }) => label === 'Event');
    assert.equal(event?.textEdit?.newText, 'Event: ');
    assert.equal(event.command?.command, 'editor.action.triggerSuggest');
    const elsewhere = (await ask(plain, `${HEAD}|\n\n`, 'sip')).items.find(({ label }) => label === 'Event');
    assert.equal(elsewhere?.command, undefined);
  });

  test('methods and status codes', async () => {
    const { document, items } = await ask(plain, 'INV|', 'sip');
    assert.equal(chosen(document, items, 'INVITE'), 'INVITE sip: SIP/2.0');
    const status = await ask(plain, 'SIP/2.0 |', 'sip', ' ');
    assert.equal(chosen(status.document, status.items, '486 Busy Here'), 'SIP/2.0 486 Busy Here');
  });

  test('event packages, option tags, content types, methods, transports, states', async () => {
    assert.ok((await labelsIn('Event:|', ':')).includes('conference'));
    assert.ok((await labelsIn('Allow-Events: presence,|', ',')).includes('conference'));
    assert.ok((await labelsIn('Supported: |', ' ')).includes('ms-benotify'));
    assert.ok((await labelsIn('Accept: |')).includes('application/conference-info+xml'));
    assert.deepEqual(await labelsIn('CSeq: 1 |'), ['1 SUBSCRIBE']);
    assert.ok((await labelsIn('Via: SIP/2.0/|', '/')).includes('SIP/2.0/TLS'));
    assert.deepEqual(await labelsIn('Subscription-State: |'), ['active', 'pending', 'terminated']);
  });

  test('parameters of headers and URIs, and their values', async () => {
    assert.ok((await labelsIn('Contact: <sip:al@x.org>;|', ';')).includes('expires'));
    assert.ok((await labelsIn('Contact: <sip:al@x.org;|>', ';')).includes('transport'));
    assert.ok((await labelsIn('Contact: <sip:al@x.org;transport=|>', '=')).includes('tls'));
  });

  test('a body as a document of its own', async () => {
    const head = HEAD.replace('SUBSCRIBE', 'INFO').concat('Content-Type: application/cccp+xml\n\n');
    const { items } = await ask(plain, `${head}<|`, 'sip', '<');
    assert.deepEqual(
      items.map(({ label }) => label),
      ['request', 'response'],
    );
  });

  test('the requestId that is not answered, the reasons of the command, roles and media types', async () => {
    const focus = 'sip:al@x.org;gruu;opaque=app:conf:focus:id:7E';
    const message = (body: string) =>
      `INFO ${focus} SIP/2.0\nCall-ID: c1\nCSeq: 1 INFO\nContent-Type: application/cccp+xml\n\n${body}\n\n`;
    const request = message(
      `<request ${CCCP} requestId="41" from="sip:al@x.org" to="${focus}"><deleteUser><userKeys/></deleteUser></request>`,
    );
    const labels = async (body: string) =>
      (await ask(plain, request + message(body), 'sip')).items.map(({ label }) => label);
    assert.deepEqual(await labels(`<response ${CCCP} requestId="|"/>`), ['41']);
    assert.equal((await labels(`<response ${CCCP} requestId="41" to="|"/>`))[0], 'sip:al@x.org');
    assert.equal((await labels(`<response ${CCCP} requestId="41">|</response>`))[0], 'deleteUser');
    assert.ok((await labels(`<response ${CCCP}><deleteUser reason="|"/></response>`)).includes('userDoesntExist'));
    const inUser = (content: string) =>
      `<request ${CCCP}><addUser><conferenceKeys/><user ${CI}>${content}</user></addUser></request>`;
    assert.ok((await labels(inUser('<roles><entry>|</entry></roles>'))).includes('presenter'));
    assert.ok((await labels(inUser('<endpoint><media id="1"><type>|</type></media></endpoint>'))).includes('audio'));
    assert.ok((await labels(`<request ${CCCP} xm|/>`)).includes('xmlns:ci'));
  });

  test('nothing in a message that stands on one line', async () => {
    for (const words of ['CSeq: ', 'requestId="', 'Supported: ']) {
      const at = FLATTENED.indexOf(words) + words.length;
      const marked = `${FLATTENED.slice(0, at)}|${FLATTENED.slice(at)}`;
      assert.deepEqual((await ask(plain, marked, 'sip')).items, [], words);
    }
  });
});
