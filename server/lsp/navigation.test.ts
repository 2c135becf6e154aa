import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type {
  DocumentHighlight,
  DocumentLink,
  LinkedEditingRanges,
  Location,
  LocationLink,
  Position,
  Range,
  SelectionRange,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { cursor } from '../engine/base/testing.ts';
import { TestClient } from './testClient.ts';

const SAMPLE = readFileSync(new URL('../../samples/eject-user.sip', import.meta.url), 'utf8');
const TRACE = 'file:///navigation/trace.sip';
const REQUEST = 'file:///navigation/request.cccp';

let client: TestClient;
/** An editor that can do more. */
let modern: TestClient;
before(async () => {
  const textDocument = { definition: { linkSupport: true } };
  const workspace = { workspaceEdit: { documentChanges: true } };
  [client, modern] = await Promise.all([
    TestClient.start(),
    TestClient.start({ params: { capabilities: { textDocument, workspace } } }),
  ]);
});
after(async () => {
  for (const one of [client, modern]) {
    assert.deepEqual(one.log, []);
    assert.equal(await one.stop(), 0);
  }
});

/** Opens a text that has its cursor at `|`. */
async function open(
  uri: string,
  marked: string,
): Promise<{ text: string; document: TextDocument; position: Position }> {
  const { text, offset } = cursor(marked);
  await client.open(uri, text, uri.endsWith('.sip') ? 'sip' : 'cccp');
  const document = TextDocument.create(uri, '', 1, text);
  return { text, document, position: document.positionAt(offset) };
}

function ask<T>(method: string, uri: string, position: Position, more: object = {}): Promise<T> {
  return client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, position, ...more });
}

const at = (words: string) => SAMPLE.replace(words.replace('|', ''), words);
const lineOf = ({ start }: Range) => start.line;

describe('go to definition', () => {
  test('from a response to its request, and back', async () => {
    const { text, position } = await open(TRACE, at('SIP/2.0 2|02 Accepted'));
    const { uri, range } = await ask<Location>('definition', TRACE, position);
    const lines = text.split('\n');
    assert.equal(uri, TRACE);
    assert.match(lines[lineOf(range)]!, /^INFO /);
    const back = await ask<Location>('definition', TRACE, { line: lineOf(range), character: 1 });
    assert.equal(lines[lineOf(back.range)], 'SIP/2.0 202 Accepted');
  });

  test('from a CCCP request to its response, and back', async () => {
    const { document, position } = await open(TRACE, at('requestId="63|022864"> <deleteUser>'));
    const { range } = await ask<Location>('definition', TRACE, position);
    assert.equal(document.getText(range), '63022864');
    assert.equal(document.getText().slice(0, document.offsetAt(range.start)).split('\nINFO ').length - 1, 2);
    const back = await ask<Location>('definition', TRACE, range.start);
    assert.ok(back.range.start.line < range.start.line);
  });

  test('on what the schema knows, or in prose, to nothing', async () => {
    const { position } = await open(TRACE, at('<delete|User>'));
    assert.equal(await ask('definition', TRACE, position), null);
    assert.equal(await ask('definition', TRACE, { line: 0, character: 1 }), null);
  });

  test('says what it is about to an editor that can show it', async () => {
    const { document, position } = await open(TRACE, at('From: "Alice"<sip:ali|ce@contoso.com>'));
    await modern.open(TRACE, document.getText());
    const params = { textDocument: { uri: TRACE }, position };
    const [link] = await modern.connection.sendRequest<LocationLink[]>('textDocument/definition', params);
    assert.equal(document.getText(link!.originSelectionRange), 'sip:alice@contoso.com');
    assert.equal(document.getText(link!.targetSelectionRange), 'sip:alice@contoso.com');
  });
});

describe('references', () => {
  const find = async (marked: string, includeDeclaration: boolean) => {
    const { document, position } = await open(TRACE, marked);
    const found = await ask<Location[] | null>('references', TRACE, position, { context: { includeDeclaration } });
    return found?.map(({ range }) => document.getText(range));
  };

  test('of a call are its messages, those of a tag stay in it', async () => {
    const call = await find(at('Call-ID: |1e294f6aa2ff4fccaf796b2e7fb723be'), true);
    assert.deepEqual(new Set(call), new Set(['1e294f6aa2ff4fccaf796b2e7fb723be']));
    assert.equal(call?.length, 4);
    assert.equal((await find(at('tag=|dfccec5fb4'), true))?.length, 4);
  });

  test('of a user leave out the rosters, where that is asked for', async () => {
    const all = (await find(at('userEntity="sip:|carol@contoso.com"'), true))!;
    const others = (await find(at('userEntity="sip:|carol@contoso.com"'), false))!;
    assert.equal(all.length - others.length, 4);
  });

  test('of prose are none', async () => assert.equal(await find(`|${SAMPLE}`, true), undefined));
});

test('highlights show the same name, a transaction, a pair of tags', async () => {
  const find = async (marked: string) => {
    const { document, position } = await open(TRACE, marked);
    const found = await ask<DocumentHighlight[] | null>('documentHighlight', TRACE, position);
    return found?.map(({ range, kind }) => `${kind} ${document.getText(range).slice(0, 20)}`);
  };
  assert.deepEqual(await find(at('requestId="|63022864"')), ['3 63022864', '2 63022864']);
  assert.deepEqual(await find(at('SIP/2.0 2|02')), ['3 INFO sip:alice@conto', '2 SIP/2.0 202 Accepted']);
  assert.deepEqual(await find(at('</delete|User>')), ['2 deleteUser', '2 deleteUser']);
  assert.equal(await find(at('Max-|Forwards')), undefined);
});

describe('rename', () => {
  test('asks with the name, and changes the whole document with its lengths', async () => {
    const { document, position } = await open(TRACE, at('userEntity="sip:|carol@contoso.com"'));
    const asked = await ask<{ range: Range; placeholder: string }>('prepareRename', TRACE, position);
    assert.equal(asked.placeholder, 'sip:carol@contoso.com');
    assert.equal(document.getText(asked.range), 'sip:carol@contoso.com');
    const edit = await ask<WorkspaceEdit>('rename', TRACE, position, { newName: 'sip:zoe.long@contoso.com' });
    const text = TextDocument.applyEdits(document, edit.changes![TRACE] as TextEdit[]);
    assert.doesNotMatch(text, /carol@/);
    assert.ok(SAMPLE.includes('\nContent-Length: 477\n') && text.includes('\nContent-Length: 480\n'));
  });

  test('ties the changes to the version where the editor can check it', async () => {
    await modern.open(REQUEST, '<request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1"/>', 'cccp');
    const params = { textDocument: { uri: REQUEST }, position: { line: 0, character: 56 }, newName: '2' };
    const edit = await modern.connection.sendRequest<WorkspaceEdit>('textDocument/rename', params);
    const [change] = edit.documentChanges as { textDocument: unknown; edits: TextEdit[] }[];
    assert.deepEqual(change?.textDocument, { uri: REQUEST, version: 1 });
    assert.deepEqual(
      change?.edits.map(({ newText }) => newText),
      ['2'],
    );
  });

  test('says why a name cannot be', async () => {
    const { position } = await open(TRACE, at('userEntity="sip:|carol@contoso.com"'));
    await assert.rejects(
      ask('rename', TRACE, position, { newName: 'carol at home' }),
      /“sip:carol at home” cannot be the name/,
    );
    assert.equal(await ask('prepareRename', TRACE, { line: 0, character: 1 }), null);
  });
});

const NS = 'xmlns="urn:ietf:params:xml:ns:conference-info"';

test('the names of a start tag and its end tag are linked', async () => {
  const linked = async (marked: string) => {
    const { document, position } = await open(REQUEST, marked);
    const found = await ask<LinkedEditingRanges | null>('linkedEditingRange', REQUEST, position);
    return found?.ranges.map((range) => `${document.offsetAt(range.start) - NS.length} ${document.getText(range)}`);
  };
  assert.deepEqual(await linked(`<a ${NS}><ci:b|>x</ci:b></a>`), ['5 ci:b', '13 ci:b']);
  assert.deepEqual(await linked(`<a ${NS}><ci:b>x</|ci:b></a>`), ['5 ci:b', '13 ci:b']);
  for (const none of ['<b c|="1">x</b></a>', '<b|/></a>', '<b>x|</b></a>', '<b|>x</c></a>', '<b|>'])
    assert.equal(await linked(`<a ${NS}>${none}`), undefined, none);
  assert.equal(await linked('<a|>XML of others</a>'), undefined);
});

test('a selection grows step by step, for each cursor', async () => {
  const { document } = await open(TRACE, at('<deleteUser> <user|Keys'));
  const positions = ['userKeys', 'Max-Forwards'].map((words) => document.positionAt(SAMPLE.indexOf(words) + 2));
  const params = { textDocument: { uri: TRACE }, positions };
  const found = await client.connection.sendRequest<SelectionRange[]>('textDocument/selectionRange', params);
  const steps = (range: SelectionRange | undefined): string[] =>
    range ? [document.getText(range.range), ...steps(range.parent)] : [];
  const [keys, header] = found.map(steps);
  assert.deepEqual([keys?.[0], header?.[0], header?.[1]], ['userKeys', 'Max', 'Max-Forwards']);
  assert.match(keys![1]!, /^<userKeys .*\/>$/);
  for (const all of [keys, header]) assert.equal(all?.at(-1), SAMPLE);
});

test('links lead to the web, and only there', async () => {
  const text = `<a ${NS}><web-page>https://example.org/?a=1&amp;b=2</web-page><web-page>file:///etc/passwd</web-page></a>`;
  const { document } = await open(REQUEST, `|${text}`);
  const params = { textDocument: { uri: REQUEST } };
  const links = await client.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', params);
  assert.deepEqual(
    links.map(({ range, target }) => [document.getText(range), target]),
    [['https://example.org/?a=1&amp;b=2', 'https://example.org/?a=1&b=2']],
  );
});

const bad: Readonly<Record<string, string>> = {
  nothing: '',
  'one long line': `INFO sip:a SIP/2.0 Via: ${'To: <sip:a;b=" '.repeat(20_000)}`,
  'deep nesting': `INFO sip:h SIP/2.0\r\nContent-Type: application/cccp+xml\r\n\r\n${'<a entity="sip:a@x">'.repeat(10_000)}`,
  'lone surrogates': 'BYE sip:\ud800@x SIP/2.0\r\nTo: <sip:\udc00@x>;tag=\ud800\r\n\r\n',
};

for (const [name, text] of Object.entries(bad)) {
  test(`bad input is answered: ${name}`, async () => {
    const uri = `file:///navigation/${encodeURIComponent(name)}.sip`;
    await client.open(uri, text);
    const textDocument = { uri };
    const position = { line: 0, character: 8 };
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    for (const [method, more] of Object.entries({
      definition: { position },
      references: { position, context: { includeDeclaration: true } },
      documentHighlight: { position },
      prepareRename: { position },
      rename: { position: { line: 9, character: 9 }, newName: 'sip:b@x' },
      linkedEditingRange: { position },
      selectionRange: { positions: [position] },
      documentLink: {},
      documentSymbol: {},
      codeLens: {},
      inlayHint: { range },
      'semanticTokens/full': {},
      'semanticTokens/range': { range },
    })) {
      const params = { textDocument, ...more };
      const answer = client.connection.sendRequest(`textDocument/${method}`, params);
      await (method === 'rename' ? assert.rejects(answer, /rename/) : answer);
    }
    await client.close(uri);
  });
}
