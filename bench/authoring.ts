import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getLanguageService, type JSONSchema } from 'vscode-json-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineMap } from '../server/engine/base/text.ts';
import { lintDocument } from '../server/engine/document.ts';
import { DEFAULT_OPTIONS } from '../server/engine/severity.ts';
import { provideSchemas } from '../server/engine/xml/schemas.ts';
import { loadVerdict } from '../server/engine/xml/verdict.ts';
import { TestClient } from '../server/lsp/testClient.ts';
import { ms, printTable, quantile } from './table.ts';

const SERVER = fileURLToPath(new URL('../dist/server.mjs', import.meta.url));
const URI = 'file:///bench.confinfo';
const USERS = 2000;
const EDITS = 50;
const ROUNDS = 20;

/** A document without a fault is published only once it had one. */
const FAULT = '<endpoint state="gone"/>';

/** Writing in a conference-info document of 1 MB, and the same with JSON of that size in a language service for JSON. */
export async function measureAuthoring(): Promise<void> {
  const text = roster();
  printTable(`Authoring: conference-info of ${(text.length / 1e6).toFixed(2)} MB, ${USERS} users, over the protocol`, [
    await measureServer(text),
  ]);
  printTable('The same document as JSON in vscode-json-languageservice, in process', [await measureJson()]);
  printTable('Linting a body as a whole, in process', [await measureWhole(text)]);
}

async function measureServer(text: string): Promise<Record<string, string>> {
  const client = await TestClient.start({ server: [SERVER] });
  await client.open('file:///small.confinfo', roster(1), 'conference-info'); // the schemas are loaded
  await client.diagnostics('file:///small.confinfo');
  const began = performance.now();
  await client.open(URI, text, 'conference-info');
  await client.diagnostics(URI);
  const cold = performance.now() - began;
  const lines = new LineMap(text);
  const edits: number[] = [];
  const completions: number[] = [];
  const typing: number[] = [];
  const names: number[] = [];
  const hovers: number[] = [];
  for (let n = 0; n < EDITS; n++) {
    const user = Math.floor(((n * 0.618034) % 1) * USERS);
    const inside = text.indexOf('<display-text>', text.indexOf(`sip:user${user}@`)) + '<display-text>'.length;
    const start = lines.position(inside);
    const end = { line: start.line, character: start.character + 1 };
    edits.push(await timed(() => edit(client, 'x', { start, end: start })));
    completions.push(await timed(() => complete(client, { line: start.line + 1, character: 0 })));
    const endpoint = { line: start.line + 2, character: '      <endpoint entity="{'.length };
    names.push(await timed(() => complete(client, endpoint)));
    const name = { line: start.line, character: start.character - 4 };
    hovers.push(await timed(() => client.hover(URI, name.line, name.character)));
    edits.push(await timed(() => edit(client, '', { start, end })));
    const next = { line: start.line + 1, character: 0 };
    await client.edit(URI, '<', { start: next, end: next });
    // At once, as editors ask: the document is read anew for that.
    typing.push(await timed(() => complete(client, { ...next, character: 1 })));
    await edit(client, '', { start: next, end: { ...next, character: 1 } });
  }
  await client.stop();
  return {
    'cold diagnostics': ms(cold),
    'edit to diagnostics': ms(quantile(edits, 0.5)),
    'p95 of edits': ms(quantile(edits, 0.95)),
    completion: ms(quantile(completions, 0.5)),
    'of an endpoint': ms(quantile(names, 0.5)),
    'right behind a letter': ms(quantile(typing, 0.5)),
    hover: ms(quantile(hovers, 0.5)),
  };
}

type Position = { line: number; character: number };

async function complete(client: TestClient, position: Position): Promise<void> {
  const params = { textDocument: { uri: URI }, position };
  const list = await client.connection.sendRequest<{ items: unknown[] } | null>('textDocument/completion', params);
  if (!list?.items.length) throw new Error(`Nothing is offered at ${position.line}:${position.character}.`);
}

async function edit(client: TestClient, text: string, range: Parameters<TestClient['edit']>[2]): Promise<void> {
  await client.edit(URI, text, range);
  await client.diagnostics(URI);
}

async function measureJson(): Promise<Record<string, string>> {
  const service = getLanguageService({});
  const text = JSON.stringify({ users: Array.from({ length: USERS }, (_, n) => jsonUser(n)) }, null, 2);
  const schema: JSONSchema = { type: 'object', properties: { users: { type: 'array', items: USER_SCHEMA } } };
  const validated: number[] = [];
  const completions: number[] = [];
  const hovers: number[] = [];
  service.configure({ schemas: [{ uri: 'bench://schema', fileMatch: ['*'], schema }] });
  for (let n = 0; n < ROUNDS; n++) {
    const document = TextDocument.create('file:///bench.json', 'json', n, text);
    let parsed = service.parseJSONDocument(document);
    validated.push(
      await timed(async () => {
        parsed = service.parseJSONDocument(document);
        await service.doValidation(document, parsed, undefined, schema);
      }),
    );
    const at = document.positionAt(text.indexOf('"display-text"', text.length / 2) + 1);
    completions.push(await timed(() => service.doComplete(document, at, parsed)));
    hovers.push(await timed(() => service.doHover(document, at, parsed)));
  }
  return {
    size: `${(text.length / 1e6).toFixed(2)} MB`,
    'cold parse and validation': ms(validated[0]!),
    'parse and validation': ms(quantile(validated, 0.5)),
    completion: ms(quantile(completions, 0.5)),
    hover: ms(quantile(hovers, 0.5)),
  };
}

async function measureWhole(text: string): Promise<Record<string, string>> {
  provideSchemas((file) => readFileSync(new URL(`../server/schemas/${file}`, import.meta.url), 'utf8'));
  await loadVerdict();
  const times: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    // Another conference each time: nothing of the round before is known.
    const another = text.replace('xmlns:msci', `xmlns:x${n}="urn:x" xmlns:msci`);
    times.push(await timed(() => lintDocument(another, DEFAULT_OPTIONS)));
  }
  const rate = (value: number) => `${(text.length / 1000 / value).toFixed(1)} MB/s`;
  return { best: rate(Math.min(...times)), median: rate(quantile(times, 0.5)), time: ms(quantile(times, 0.5)) };
}

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function roster(users = USERS): string {
  const all = Array.from({ length: users }, (_, number) => user(number)).join('');
  return `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:msci="http://schemas.microsoft.com/rtc/2005/08/confinfoextensions"
  entity="sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7E" state="full" version="1">
  <conference-description><display-text>All hands</display-text></conference-description>
  <users state="full">
${all}    <user>${FAULT}</user>
  </users>
</conference-info>
`;
}

function user(number: number): string {
  return `    <user entity="sip:user${number}@contoso.com" state="full">
      <display-text>User ${number}</display-text>
      <roles><entry>attendee</entry></roles>
      <endpoint entity="{C263F024-15CC-4B33-971D-FCF9BE23${String(number).padStart(4, '0')}}" msci:session-type="audio-video">
        <status>connected</status>
        <joining-method>dialed-in</joining-method>
        <media id="1"><type>audio</type><label>main-audio</label><src-id>${number}</src-id><status>sendrecv</status></media>
      </endpoint>
    </user>
`;
}

function jsonUser(number: number): unknown {
  return {
    entity: `sip:user${number}@contoso.com`,
    state: 'full',
    'display-text': `User ${number}`,
    roles: ['attendee'],
    endpoint: {
      entity: `{C263F024-15CC-4B33-971D-FCF9BE23${String(number).padStart(4, '0')}}`,
      'session-type': 'audio-video',
      status: 'connected',
      'joining-method': 'dialed-in',
      media: { id: '1', type: 'audio', label: 'main-audio', 'src-id': String(number), status: 'sendrecv' },
    },
  };
}

const TEXT = { type: 'string' } as const;
const USER_SCHEMA: JSONSchema = {
  type: 'object',
  required: ['entity'],
  properties: {
    entity: TEXT,
    state: { enum: ['full', 'partial', 'deleted'] },
    'display-text': TEXT,
    roles: { type: 'array', items: TEXT },
    endpoint: {
      type: 'object',
      properties: {
        entity: TEXT,
        status: { enum: ['pending', 'connected', 'on-hold', 'disconnected'] },
        media: { type: 'object', required: ['id'], properties: { id: TEXT, type: TEXT, label: TEXT } },
      },
    },
  },
};
