import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { LadderRow, TraceSummary } from '../view/protocol.ts';
import { TestClient } from './testClient.ts';

const FLATTENED = readFileSync(new URL('../../samples/eject-user.flattened.txt', import.meta.url), 'utf8');
const URI = 'file:///traces/a%20trace.sip';

const TRACE = `# a comment
INVITE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP a.example.org;branch=z9hG4bK1
Max-Forwards: 70
From: Alice <sip:alice@example.org>;tag=1
To: <sip:bob@example.com>
Call-ID: c1
CSeq: 1 INVITE
Contact: <sip:alice@a.example.org>
Content-Type: application/sdp
Content-Length: 5

v=0

SIP/2.0 486 Busy Here
Via: SIP/2.0/UDP a.example.org;branch=z9hG4bK1
From: Alice <sip:alice@example.org>;tag=1
To: <sip:bob@example.com>;tag=2
Call-ID: c1
CSeq: 1 INVITE
Content-Length: 0

`.replaceAll('\n', '\r\n');

let client: TestClient;
before(async () => {
  client = await TestClient.start({ settings: { profile: 'strict', rules: {}, maxProblems: 1000 } });
});
after(async () => {
  assert.equal(await client.stop(), 0);
});

const lineOf = (text: string, words: string) => text.split(/\r\n|\n/).findIndex((line) => line.includes(words));
const rules = async (uri: string) => (await client.diagnostics(uri)).map(({ code }) => code);

test('an edit makes a diagnostic with range, source, code and link, and the next one takes it away', async () => {
  await client.open(URI, TRACE);
  const clean = await rules(URI);
  const line = lineOf(TRACE, 'Max-Forwards');
  const value = { start: { line, character: 14 }, end: { line, character: 16 } };
  await client.edit(URI, '300', value);
  const [wrong] = (await client.diagnostics(URI)).filter(({ code }) => code === 'max-forwards-range');
  assert.ok(wrong);
  assert.equal(wrong.source, 'SIP Lens');
  assert.deepEqual(wrong.range, { start: value.start, end: { line, character: 17 } });
  assert.match(wrong.codeDescription?.href ?? '', /^https:\/\//);
  await client.edit(URI, '70', wrong.range);
  assert.deepEqual(await rules(URI), clean);
  assert.ok(client.changed.includes(URI));
});

test('the outline names each message, its body below it', async () => {
  await client.open(URI, TRACE);
  const outline = (await client.symbols(URI)) ?? [];
  assert.deepEqual(
    outline.map(({ name, range }) => [name, range.start.line, range.end.line]),
    [
      ['1 INVITE', 1, 12],
      ['2 486 Busy Here', 14, 20],
    ],
  );
  assert.deepEqual(
    outline[0]?.children?.map(({ name, range }) => [name, range.start.line]),
    [['application/sdp', 12]],
  );
});

test('the outline of the flattened sample says what each message is for', async () => {
  const uri = 'file:///traces/eject-user.flattened.txt';
  await client.open(uri, FLATTENED, 'plaintext');
  const names = ((await client.symbols(uri)) ?? []).map(({ name }) => name);
  assert.equal(names.length, 17);
  assert.deepEqual(names.slice(0, 3), [
    '1 INFO deleteUser carol@contoso.com',
    '2 202 Accepted',
    '3 BENOTIFY conference terminated ParticipantRemoved',
  ]);
  await client.close(uri);
});

test('messages and bodies fold', async () => {
  await client.open(URI, TRACE);
  const folds = (await client.folding(URI))?.map(({ startLine, endLine }) => [startLine, endLine]);
  assert.deepEqual(folds, [
    [1, 12],
    [14, 20],
  ]);
});

test('a hover tells what a header, a method and a status are', async () => {
  await client.open(URI, TRACE);
  const said = async (words: string, at = 1) => JSON.stringify(await client.hover(URI, lineOf(TRACE, words), at));
  assert.match(await said('INVITE sip'), /RFC 3261/);
  assert.match(await said('Max-Forwards'), /hop limit/i);
  assert.match(await said('SIP/2.0 486', 9), /RFC 3261/);
  assert.equal(await client.hover(URI, 0, 3), null);
});

test('the page asks the same trace', async () => {
  await client.open(URI, TRACE);
  const summary = (await client.trace(URI, { method: 'summary', args: [] })) as TraceSummary;
  assert.equal(summary.rows, 2);
  assert.equal(summary.title, 'a trace.sip');
  assert.equal(summary.profile, 'strict');
  const rows = (await client.trace(URI, { method: 'rows', args: [0, 10] })) as LadderRow[];
  assert.deepEqual(
    rows.map(({ label }) => label),
    ['INVITE', '486 Busy Here'],
  );
  assert.equal(await client.trace(URI, { method: 'messageAt', args: [15, 0] }), 2);
  await assert.rejects(client.trace('file:///none.sip', { method: 'summary', args: [] }), /none\.sip is not open/);
});

test('an XML document of a known vocabulary is judged, any other one is left alone', async () => {
  const known = 'file:///x/known.xml';
  const other = 'file:///x/other.xml';
  await client.open(other, '<a><b></a>', 'xml');
  await client.open(known, '<request xmlns="urn:ietf:params:xml:ns:cccp"><nothing></request>', 'xml');
  assert.ok((await rules(known)).includes('xml-malformed'));
  assert.equal(client.isPublished(other), false);
  assert.equal(await client.folding(known), null);
  await client.edit(known, '<a xmlns="urn:x"><b></a>');
  assert.deepEqual(await rules(known), []);
});

test('a fault in an XML body is marked at its place', async () => {
  const uri = 'file:///traces/body.sip';
  const head = 'INFO sip:a@example.org SIP/2.0\r\nContent-Type: application/cccp+xml\r\n\r\n';
  await client.open(uri, `${head}<request xmlns="urn:ietf:params:xml:ns:cccp">\r\n  <deleteUser>\r\n</request>`);
  const [fault] = (await client.diagnostics(uri)).filter(({ code }) => code === 'xml-malformed');
  assert.deepEqual(fault?.range, { start: { line: 4, character: 3 }, end: { line: 4, character: 13 } });
});

test('what a document means is judged, too, and what explains a finding is a link', async () => {
  const uri = 'file:///x/room.confinfo';
  const users = '<users>\n<user entity="sip:b@example.org"/>\n<user entity="sip:b@example.org"/>\n</users>';
  const root =
    '<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:r@example.org" state="partial" version="1">';
  await client.open(uri, `${root}\n${users}\n</conference-info>`, 'conference-info');
  const [twice, ...others] = await client.diagnostics(uri);
  assert.deepEqual(
    [twice?.code, twice?.range.start, others],
    ['confinfo-duplicate-key', { line: 3, character: 14 }, []],
  );
  const [first] = twice?.relatedInformation ?? [];
  assert.deepEqual([first?.message, first?.location.range.start], ['The first user.', { line: 2, character: 14 }]);
});

test('closing a document takes its diagnostics away', async () => {
  await client.open(URI, 'BYE sip:h SIP/2.0\r\n\r\n');
  assert.notEqual((await client.diagnostics(URI)).length, 0);
  const gone = client.nextPublication(URI);
  await client.close(URI);
  assert.deepEqual((await gone).diagnostics, []);
});

const bad: Record<string, string> = {
  empty: '',
  'one byte': 'S',
  NULs: '\0'.repeat(1000),
  'lone surrogates': 'BYE sip:\ud800 SIP/2.0\r\nTo: \udc00\r\n\r\n',
  'blank lines': '\n'.repeat(100_000),
  'one long line': `INFO sip:a SIP/2.0 Via: ${'To: <sip:a;b=" '.repeat(100_000)}`,
  'a long header': `BYE sip:h SIP/2.0\r\nSubject: ${'x'.repeat(1_000_000)}\r\n\r\n`,
  'deep nesting': `INFO sip:h SIP/2.0\r\nContent-Type: application/cccp+xml\r\n\r\n${'<a>'.repeat(10_000)}`,
  'a web page': '<!DOCTYPE html [<!ENTITY a "b">]><html><body>SIP/2.0 200 OK &a;</body></html>',
};

for (const [name, text] of Object.entries(bad)) {
  test(`bad input is answered: ${name}`, async () => {
    const uri = `file:///bad/${encodeURIComponent(name)}.sip`;
    await client.open(uri, text);
    await client.diagnostics(uri);
    await client.symbols(uri);
    await client.folding(uri);
    await client.hover(uri, 0, 0);
    await client.trace(uri, { method: 'summary', args: [] });
    await client.close(uri);
    assert.deepEqual(client.log, []);
  });
}

test('positions and edits outside the text harm nothing', async () => {
  await client.open(URI, TRACE);
  assert.equal(await client.hover(URI, 9999, 9999), null);
  await client.edit(URI, 'x', { start: { line: 500, character: 7 }, end: { line: 900, character: 0 } });
  assert.ok(await client.diagnostics(URI));
  assert.equal(await client.symbols('file:///unknown.sip'), null);
});

test('an editor that cannot be asked for settings sends them at the start; a cut list says how much is missing', async () => {
  const other = await TestClient.start({ initializationOptions: { sipLens: { maxProblems: 2, profile: 'strict' } } });
  await other.open(URI, 'BYE sip:h SIP/2.0\r\n\r\n'.repeat(3));
  const shown = await other.diagnostics(URI);
  assert.equal(shown.length, 2);
  assert.match(String(shown[1]?.message), /^\d+ more problems are not shown\./);
  await other.connection.sendNotification('workspace/didChangeConfiguration', { settings: { sipLens: {} } });
  assert.ok((await other.nextPublication(URI)).diagnostics.length > 2);
  assert.equal(await other.stop(), 0);
});
