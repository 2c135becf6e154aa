import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Hover, SignatureHelp } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { cursor } from '../engine/base/testing.ts';
import { TestClient } from './testClient.ts';

const REQUEST = 'file:///hover/request.cccp';
const TRACE = 'file:///hover/trace.sip';
const ROOT = '<request xmlns="urn:ietf:params:xml:ns:cccp">';
const HEAD = 'INFO sip:b@e SIP/2.0\nContent-Type: application/cccp+xml\n\n';

let client: TestClient;
/** An editor that wants places in labels and knows of no parameter being active. */
let modern: TestClient;
before(async () => {
  const signatureInformation = { parameterInformation: { labelOffsetSupport: true }, noActiveParameterSupport: true };
  const textDocument = { signatureHelp: { signatureInformation } };
  [client, modern] = await Promise.all([
    TestClient.start(),
    TestClient.start({ params: { capabilities: { textDocument } } }),
  ]);
});
after(async () => {
  for (const one of [client, modern]) {
    assert.deepEqual(one.log, []);
    assert.equal(await one.stop(), 0);
  }
});

async function ask<T>(
  method: string,
  uri: string,
  marked: string,
  editor = client,
): Promise<{ text: string; answer: T | null }> {
  const { text, offset } = cursor(marked);
  await editor.open(uri, text, uri.endsWith('.sip') ? 'sip' : uri.endsWith('.xml') ? 'xml' : 'cccp');
  const position = TextDocument.create(uri, '', 1, text).positionAt(offset);
  const answer = await editor.connection.sendRequest<T | null>(`textDocument/${method}`, {
    textDocument: { uri },
    position,
  });
  return { text, answer };
}

describe('a hover', () => {
  const hovered = async (uri: string, marked: string) => {
    const { text, answer } = await ask<Hover>('hover', uri, marked);
    if (!answer) return null;
    const { contents, range } = answer;
    assert.ok(typeof contents === 'object' && 'kind' in contents && contents.kind === 'markdown' && range);
    return `${TextDocument.create(uri, '', 1, text).getText(range)} → ${contents.value}`;
  };

  test('explains elements, attributes, values and prefixes of a document, with links', async () => {
    assert.match(
      (await hovered(REQUEST, `${ROOT}\n<delete|User/>`)) ?? '',
      /^deleteUser → \*\*deleteUser\*\* .*\]\(https:\/\//,
    );
    assert.match(
      (await hovered(REQUEST, ROOT.replace('>', ' request|Id="1">'))) ?? '',
      /^requestId → \*\*requestId\*\*/,
    );
    assert.match((await hovered(REQUEST, ROOT.replace('ns:cccp', 'ns:cc|cp'))) ?? '', /namespace/);
  });

  test('explains the same in a body, and the head', async () => {
    assert.match((await hovered(TRACE, `${HEAD}${ROOT}<delete|User/></request>`)) ?? '', /^deleteUser → /);
    assert.match((await hovered(TRACE, HEAD.replace('IN', 'I|N'))) ?? '', /^INFO → /);
  });

  test('leaves other XML alone', async () => {
    const uri = 'file:///hover/other.xml';
    assert.equal(await hovered(uri, '<a xmlns="urn:|x"><b/></a>'), null);
  });
});

describe('the signature of a command', () => {
  const signature = async (marked: string, editor = client) =>
    (await ask<SignatureHelp>('signatureHelp', REQUEST, marked, editor)).answer;

  test('is announced with what brings it up', () => {
    assert.deepEqual(client.capabilities.signatureHelpProvider, { triggerCharacters: [' ', '<'] });
  });

  test('has request and response, the parameter that is written, and what each means', async () => {
    const help = await signature(`${ROOT}<deleteUser><userKeys |/></deleteUser></request>`);
    assert.equal(help?.signatures.length, 2);
    assert.equal(help.activeSignature, 0);
    const { label, parameters } = help.signatures[0]!;
    assert.match(label, /^request: <deleteUser>/);
    const active = parameters?.[help.activeParameter ?? -1];
    assert.equal(active?.label, 'confEntity');
    assert.equal(typeof active.documentation === 'object' && active.documentation.kind, 'markdown');
  });

  test('is sent as the editor can take it', async () => {
    const text = `${ROOT}<delete|User></deleteUser></request>`;
    assert.ok(!('activeParameter' in (await signature(text))!));
    const help = await signature(text, modern);
    assert.equal(help?.activeParameter, null);
    const { label, parameters } = help.signatures[0]!;
    const [from, to] = parameters![0]!.label as [number, number];
    assert.equal(label.slice(from, to), 'userKeys');
  });

  test('is not shown elsewhere', async () => {
    assert.equal(await signature(`${ROOT}|`), null);
    assert.equal((await ask('signatureHelp', TRACE, `${HEAD}|`)).answer, null);
  });
});
