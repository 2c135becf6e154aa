import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FormattingOptions, Position, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { cursor } from '../engine/base/testing.ts';
import { TestClient } from './testClient.ts';

const TRACE = 'file:///format/trace.sip';
const REQUEST = 'file:///format/request.cccp';
const OPTIONS: FormattingOptions = { tabSize: 2, insertSpaces: true };

let client: TestClient;
/** An editor that can be told later what there is, and has the setting. */
let modern: TestClient;
before(async () => {
  const dynamic = { dynamicRegistration: true };
  const textDocument = { formatting: dynamic, rangeFormatting: dynamic, onTypeFormatting: dynamic };
  [client, modern] = await Promise.all([
    TestClient.start(),
    TestClient.start({ settings: { fixContentLengthOnSave: true }, params: { capabilities: { textDocument } } }),
  ]);
});
after(async () => {
  for (const one of [client, modern]) {
    assert.deepEqual(one.log, []);
    assert.equal(await one.stop(), 0);
  }
});

const ask = (method: string, uri: string, more: object = { options: OPTIONS }, editor = client) =>
  editor.connection.sendRequest<TextEdit[] | null>(`textDocument/${method}`, { textDocument: { uri }, ...more });

function changed(uri: string, text: string, edits: TextEdit[] | null): string {
  assert.ok(edits);
  return TextDocument.applyEdits(TextDocument.create(uri, '', 1, text), edits);
}

async function open(uri: string, text: string, languageId = uri.endsWith('.sip') ? 'sip' : 'cccp'): Promise<void> {
  await client.open(uri, text, languageId);
}

const request = (inner: string) => `<request xmlns="urn:ietf:params:xml:ns:cccp">${inner}</request>`;

/** A trace of a request whose body has so many octets, as the head says. */
const trace = (length: number, body: string, names = ['v', 'l', 'i']) =>
  `INFO sip:bob@example.org SIP/2.0\r\n${names[0]}: SIP/2.0/UDP h;branch=z9hG4bK1\r\nContent-Type: application/cccp+xml\r\n${names[1]}: ${length}\r\n${names[2]}: 1\r\n\r\n${body}\r\n`;
const LONG = ['Via', 'Content-Length', 'Call-ID'];

describe('a document is formatted', () => {
  test('as the editor wants it', async () => {
    await open(REQUEST, request('<ping/>'));
    const options = { tabSize: 4, insertSpaces: false, insertFinalNewline: true };
    const edits = await ask('formatting', REQUEST, { options });
    assert.equal(changed(REQUEST, request('<ping/>'), edits), `${request('\n\t<ping/>\n')}\n`);
  });

  test('in a trace: headers, bodies and their lengths', async () => {
    const before = request('<ping n="ü"/>');
    const wanted = request('\r\n  <ping n="ü"/>\r\n');
    const text = trace(Buffer.byteLength(before), before);
    await open(TRACE, text);
    const edits = await ask('formatting', TRACE);
    assert.equal(changed(TRACE, text, edits), trace(Buffer.byteLength(wanted), wanted, LONG));
    await client.edit(TRACE, changed(TRACE, text, edits));
    assert.deepEqual(await ask('formatting', TRACE), []);
  });

  test('in parts', async () => {
    const text = trace(3, 'x');
    await open(TRACE, text);
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    assert.equal(
      changed(TRACE, text, await ask('rangeFormatting', TRACE, { options: OPTIONS, range })),
      trace(3, 'x', ['Via', 'l', 'i']),
    );
    const far = { start: { line: 900, character: 0 }, end: { line: 900, character: 0 } };
    assert.deepEqual(await ask('rangeFormatting', TRACE, { options: OPTIONS, range: far }), []);
  });

  test('not where it is none of ours, or not open', async () => {
    const other = 'file:///format/other.xml';
    await open(other, '<a><b/></a>', 'xml');
    assert.deepEqual(await ask('formatting', other), []);
    assert.equal(await ask('formatting', 'file:///format/none.cccp'), null);
  });

  test('whatever width the editor sends', async () => {
    await open(REQUEST, request('<ping/>'));
    for (const [tabSize, blanks] of [
      [0, 1],
      [-3, 1],
      [2.5, 2],
      [1e9, 16],
    ] as const) {
      const edits = await ask('formatting', REQUEST, { options: { tabSize, insertSpaces: true } });
      assert.equal(changed(REQUEST, request('<ping/>'), edits), request(`\n${' '.repeat(blanks)}<ping/>\n`));
    }
  });
});

describe('a line is indented while it is typed', () => {
  const type = async (marked: string, ch: string) => {
    const { text, offset } = cursor(marked);
    await open(REQUEST, text);
    const position: Position = TextDocument.create(REQUEST, '', 1, text).positionAt(offset);
    return changed(REQUEST, text, await ask('onTypeFormatting', REQUEST, { options: OPTIONS, ch, position }));
  };

  test('behind a line break and an end tag', async () => {
    assert.equal(await type(request('\n|'), '\n'), request('\n  ').replace('  </', '</'));
    assert.equal(await type(request('\n  <ping>\n|'), '\n'), request('\n  <ping>\n    ').replace('    </', '  </'));
    assert.equal(await type(request('\n  <ping>\n    </ping>|'), '>'), request('\n  <ping>\n  </ping>'));
  });
});

describe('an editor is told what can be formatted', () => {
  const announced = [
    'documentFormattingProvider',
    'documentRangeFormattingProvider',
    'documentOnTypeFormattingProvider',
  ];

  test('at the start, or later for documents of ours only', async () => {
    for (const name of announced) {
      assert.ok(name in client.capabilities, name);
      assert.ok(!(name in modern.capabilities), name);
    }
    const registered = () => modern.registrations.filter(({ method }) => method === 'textDocument/formatting');
    await modern.open('file:///format/a%20%5Bb%5D.xml', request(''), 'xml');
    await modern.open('file:///format/foreign.xml', '<a/>', 'xml');
    await modern.open('file:///format/request.xml', request('<x>'), 'xml');
    await modern.hover('file:///format/request.xml', 0, 0);
    assert.deepEqual(
      registered().map(({ registerOptions }) => registerOptions),
      [
        {
          documentSelector: [
            { language: 'sip' },
            { language: 'cccp' },
            { language: 'conference-info' },
            { pattern: '**/*.{sip,siptrace,cccp,confinfo}' },
          ],
        },
        { documentSelector: [{ scheme: 'file', language: 'xml', pattern: '**/a ?b?.xml' }] },
        { documentSelector: [{ scheme: 'file', language: 'xml', pattern: '**/request.xml' }] },
      ],
    );
  });
});

describe('on saving, lengths are put right', () => {
  const save = (editor: TestClient, uri: string) => ask('willSaveWaitUntil', uri, { reason: 1 }, editor);

  test('where the setting says so', async () => {
    const text = trace(5, request('ü'));
    await modern.open(TRACE, text);
    assert.equal(changed(TRACE, text, await save(modern, TRACE)), trace(Buffer.byteLength(request('ü')), request('ü')));
    await open(TRACE, text);
    assert.equal(await save(client, TRACE), null);
  });

  test('but never in another document', async () => {
    await modern.open(REQUEST, request(''), 'cccp');
    assert.equal(await save(modern, REQUEST), null);
    assert.equal(await save(modern, 'file:///format/none.sip'), null);
  });
});
