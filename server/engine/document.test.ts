import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import type { Problem } from './base/text.ts';
import { lintDocument } from './document.ts';
import { lintText } from './engine.ts';
import { DEFAULT_OPTIONS, type LintOptions } from './severity.ts';
import { provideSchemas } from './xml/schemas.ts';
import { faultyDocuments, marked, rewrite, type XmlFixture } from './xml/testing.ts';
import { parseXml } from './xml/xml.ts';

const VALID = new URL('../fixtures/xml/valid/', import.meta.url);

before(() => provideSchemas((file) => readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8')));

describe('documents in fixtures/xml/valid', () => {
  for (const file of readdirSync(VALID)) {
    const text = readFileSync(new URL(file, VALID), 'utf8');
    it(file, async () => {
      const graver = (await lint(text)).filter(({ severity }) => severity === 'error' || severity === 'warning');
      assert.deepEqual(graver, []);
    });
  }
});

// UPDATE=1 writes the marks anew: look at the difference before it is committed.
describe('faulty documents in fixtures/xml', () => {
  for (const folder of ['invalid', 'several'] as const) {
    if (process.env.UPDATE) {
      it(`${folder} is written anew`, () => update(folder));
      continue;
    }
    for (const one of faultyDocuments(folder)) {
      it(`${one.file}: ${one.title}`, () => checkFaulty(one));
    }
  }
  it('in invalid/ have one fault each, no two the same', async () => {
    const documents = faultyDocuments('invalid');
    for (const { file, title, text } of documents) assert.equal((await lint(text)).length, 1, `${file} ${title}`);
    assert.equal(new Set(documents.map(({ text }) => text)).size, documents.length);
    assert.equal(new Set(documents.map(({ file, title }) => `${file} ${title}`)).size, documents.length);
  });
});

describe('documents of other vocabularies', () => {
  const others: Readonly<Record<string, string>> = {
    'a page': '<html><body>conference-info</body></html>',
    'a request of another service': '<request version="1"><head requestId="7"/></request>',
    'a response of another service': '<response requestId="7" code="success"><user entity="bob"/></response>',
    'a command of another service': '<addUser><name>Bob</name></addUser>',
    'a ping of another service': '<ping requestId="7"/>',
    'a user of another service': '<user entity="bob"><roles><entry>admin</entry></roles></user>',
    'a root with a prefix that is not declared': '<x:request requestId="7"/>',
    'a request in a namespace of its own': '<request xmlns="urn:example:x" C3PVersion="1"><deleteUser/></request>',
    'no document': 'conference-info',
    nothing: '',
  };
  for (const [name, text] of Object.entries(others))
    it(`${name} is left alone`, async () => assert.equal(await lintDocument(text, DEFAULT_OPTIONS), null));
});

describe('how grave a finding is', () => {
  const ROOM =
    '<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:r@example.org" state="full" version="1"/>';
  const severities = async (text: string, options: LintOptions) =>
    (await lintDocument(text, options))?.map(({ rule, severity }) => `${severity} ${rule}`);

  it('a document of its own is judged as one that somebody writes', async () =>
    assert.deepEqual(await severities(ROOM, DEFAULT_OPTIONS), ['warning confinfo-full-incomplete']));

  it('the chosen profile counts', async () => {
    assert.deepEqual(await severities(ROOM, { profile: 'strict', levels: {} }), ['info confinfo-full-incomplete']);
    assert.deepEqual(await severities(ROOM, { profile: 'ms', levels: {} }), ['hint confinfo-full-incomplete']);
  });

  it('the level that the user has set counts before all', async () => {
    const levels = { 'confinfo-full-incomplete': 'error' } as const;
    assert.deepEqual(await severities(ROOM, { profile: 'ms', levels }), ['error confinfo-full-incomplete']);
    assert.deepEqual(await severities(ROOM, { profile: 'auto', levels: { 'confinfo-full-incomplete': 'off' } }), []);
  });
});

it('a finding names its source and the place that explains it', async () => {
  const users = '<users><user entity="sip:b@example.org"/><user entity="sip:b@example.org"/></users>';
  const text = `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:r@example.org" state="partial" version="1">${users}</conference-info>`;
  const [problem] = await lint(text);
  const first = text.indexOf('sip:b@');
  assert.equal(problem?.spec, 'RFC 4575 §4.5');
  assert.equal(problem.from, text.lastIndexOf('sip:b@'));
  assert.deepEqual(problem.related, [{ from: first, to: first + 17, message: null, text: 'The first user.' }]);
});

it('of one mistake made over and over, the first twenty are told', async () => {
  const users = '<user/>'.repeat(500);
  const text = `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:r@example.org" state="partial" version="1"><users>${users}</users></conference-info>`;
  assert.equal((await lint(text)).length, 20);
});

it('a rule about documents finds its place in a message that lies flattened on one line', async () => {
  const trace = readFileSync(
    new URL('../fixtures/traces/plain/microsoft/focus-commands.flattened.txt', import.meta.url),
    'utf8',
  );
  const text = trace.replace(
    /<ci:joining-method>dialed-out<\/ci:joining-method>/,
    '<joining-method>dialed-out</joining-method>',
  );
  const { lint: found } = await lintText(text);
  const [problem, ...others] = found.problems.filter(({ rule }) => rule === 'cccp-prefix-missing');
  assert.ok(problem);
  assert.deepEqual(others, []);
  assert.equal(text.slice(problem.from, problem.to), 'joining-method');
  assert.equal(problem.messageIndex, 1);
});

async function update(folder: 'invalid' | 'several'): Promise<void> {
  const problems = new Map<string, Problem[]>();
  for (const { text } of faultyDocuments(folder)) problems.set(text, await lint(text));
  rewrite(folder, (one) => marked(one, problems.get(one.text)!));
}

async function checkFaulty(fixture: XmlFixture): Promise<void> {
  const { text, annotated } = fixture;
  const problems = await lint(text);
  assert.equal(marked(fixture, problems), annotated);
  for (const { message } of problems) assert.doesNotMatch(message, /[{}]|urn:[^`]*$/);
  if (parseXml(text).problems.length === 0)
    assert.deepEqual(said(await lint(oneLine(text))), said(problems), 'on one line');
}

async function lint(text: string): Promise<Problem[]> {
  return [...((await lintDocument(text, DEFAULT_OPTIONS)) ?? [])];
}

function said(problems: readonly Problem[]): string[] {
  return problems.map(({ message }) => message);
}

function oneLine(text: string): string {
  return text.replace(/\n\s*/g, ' ');
}
