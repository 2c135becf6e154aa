import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { URL } from 'node:url';
import { lintDocument } from '../../engine/document.ts';
import { DEFAULT_OPTIONS, lintText, read } from '../../engine/engine.ts';
import { parseFilter } from '../../engine/filter/parse.ts';
import type { DecidedLinks } from '../../engine/flow/sessions/grouping.ts';
import { provideSchemas } from '../../engine/xml/schemas.ts';
import type { Subject } from './tool.ts';
import { toolAnswer, tools } from './tools.ts';

provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));

const ROOT = new URL('../../../', import.meta.url);
const SAMPLE = readFileSync(new URL('samples/eject-user.sip', ROOT), 'utf8');

const NOTHING = { linked: [], cut: [] };

async function subjectOf(text: string, title = 'a.sip', decided: DecidedLinks = NOTHING): Promise<Subject> {
  const { reading, lint } = await lintText(text);
  return { title, text, reading, problems: lint.problems, profiles: lint.profiles, decided };
}

/** Calls one after the other, each with an INVITE that nobody answers. */
function manyCalls(count: number): string {
  const call = (n: number) =>
    `INVITE sip:bob@example.org SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${n}\nFrom: <sip:alice@example.org>;tag=1\nTo: <sip:bob@example.org>\nCall-ID: ${n}\nCSeq: 1 INVITE\nContent-Length: 0\n\n`;
  return Array.from({ length: count }, (_, n) => call(n)).join('');
}

describe('what a language model is told', () => {
  let sample: Subject;
  before(async () => {
    sample = await subjectOf(SAMPLE, 'eject-user.sip');
  });
  const ask = (name: string, input = {}, longest?: number) => toolAnswer(sample, `sipLens_${name}`, input, longest);

  it('in short: who, which dialogs, what failed, what was found', () => {
    const answer = ask('summarizeTrace');
    assert.match(answer, /^eject-user\.sip\n17 messages, format plain, judged as ms\n/);
    assert.match(answer, /^Requests: 5 BENOTIFY, 4 BYE, 2 INFO$/m);
    assert.match(answer, /^- p5 Carol, user, sip:carol@contoso\.com$/m);
    assert.match(answer, /^- d4 conference, terminated, Carol – IM MCU, messages 5 to 11, .*ended by Carol$/m);
    assert.match(answer, /^- sip:alice@contoso\.com;gruu;opaque=app:conf:focus:id:7ECB\w+: d1, d2, d3, d4, d5, d6$/m);
    assert.match(answer, /^## Failures \(1\)\n- message 9: 481 Dialog does not exist, to BYE$/m);
    assert.match(answer, /^- warning cccp-user-mismatch: 1$/m);
  });

  it('the ladder, all or what was asked for', () => {
    assert.match(ask('showLadder'), /\nAll 17 messages\.\n\n {3}Alice .*\n/);
    const part = ask('showLadder', { filter: 'method:BYE', first: '6', last: 8 });
    assert.match(part, /\n3 messages, 6 to 8, of the 8 \(of 17\) that fit “method:BYE”\.\n/);
    assert.doesNotMatch(part, /INFO/);
    assert.match(ask('showLadder', { filter: 'method:REFER' }), /\nNone of 17 messages fits “method:REFER”\.$/);
  });

  it('messages that fit, with their text if wanted', () => {
    const line = /^9 IM MCU → Carol: 481 Dialog does not exist, to BYE, d4, answers 5/m;
    assert.match(ask('findMessages', { filter: 'is:failure' }), line);
    const whole = ask('findMessages', { filter: 'message:14', text: true });
    assert.match(whole, /^INFO sip:/m);
    assert.match(whole, /<response .*code="success"/s);
  });

  it('how a call went, named by a message, a dialog or its Call-ID, or the first that failed', () => {
    const failed = ask('explainCall');
    assert.match(
      failed,
      /\nThe first call with a failure \(message 9\)\. It has 2 legs: the same user in the same conference /,
    );
    assert.match(
      failed,
      /### Message 9: 481 .*\n\n- It answers the BYE .* \\\(message 5\\\)\.\n- ms\\-diagnostics 6019/,
    );
    const same = [{ message: 5 }, { dialog: 'D4' }, { callId: '08501c03562b4515a1ad55e367dd503d' }];
    for (const input of same)
      assert.equal(ask('explainCall', input).replace(/.*\n.*\n/, ''), failed.replace(/.*\n.*\n/, ''));
    assert.doesNotMatch(ask('explainCall', { message: 1 }), /Failures/);
  });

  it('of a call all legs, also those that the user linked, and none that the user cut', async () => {
    const text = readFileSync(new URL('test/e2e/two-legs.sip', ROOT), 'utf8');
    const explained = async (decided?: DecidedLinks) =>
      toolAnswer(await subjectOf(text, 'a.sip', decided), 'sipLens_explainCall', { message: 1 });
    const pair = { legs: [1, 2], callIds: ['leg-1@192.0.2.1', 'leg-2@192.0.2.9'], messages: [0, 2] } as const;
    assert.match(await explained(), /^The call of message 1\. It has 2 legs: the same Session-ID/m);
    assert.match(await explained(), /^13 messages, /m);
    const cut = await explained({ linked: [], cut: [pair] });
    assert.match(cut, /^The call of message 1\.$/m);
    assert.match(cut, /^7 messages, /m);
    const unrelated = { legs: [1, 3], callIds: ['leg-1@192.0.2.1', ''], messages: [0, 13] } as const;
    assert.match(await explained({ linked: [unrelated], cut: [] }), /It has 3 legs: .*linked by you/);
  });

  it('what is wrong, as severe as was asked for', () => {
    const answer = ask('lint', { severity: 'warning' });
    assert.match(
      answer,
      /\n1 problem that were asked for, of \d+\.\n- warning cccp-user-mismatch \(line \d+, column \d+, message 14\): .*\[MS-CONFBAS/,
    );
    assert.match(ask('lint', { rule: 'bye-481', message: 9 }), /\n1 problem .*\n- hint bye-481 /);
  });

  it('of an XML document what is wrong, and that it has no messages', async () => {
    const text = '<request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1"><getConference/></request>';
    const problems = await lintDocument(text, DEFAULT_OPTIONS);
    const subject = { title: 'a.cccp', text, reading: read(''), problems: problems!, profiles: [], decided: NOTHING };
    assert.match(
      toolAnswer(subject, 'sipLens_lint', {}),
      /^a\.cccp\n\d+ problems?\.\n- error .*\(line 1, column \d+\): /,
    );
    assert.throws(() => toolAnswer(subject, 'sipLens_showLadder', {}), {
      message: 'a.cccp: no SIP message was found.',
    });
  });

  it('in a sentence what it should ask instead', () => {
    assert.throws(() => ask('findMessages', {}), /Say which messages with “filter”/);
    assert.throws(() => ask('findMessages', { filter: 'colour:red' }), /character 1: .*\nWhat it knows:\nmethod:/s);
    assert.throws(() => ask('explainCall', { message: 18 }), /There is no message 18: the trace has 17 messages/);
    assert.throws(() => ask('explainCall', { dialog: 'd99' }), /no dialog and no Call-ID “d99”/);
    assert.throws(() => ask('showLadder', { first: 'x' }), /“first” is a whole number, not “x”/);
    assert.throws(() => ask('lint', { severity: 'bad' }), /“severity” is one of error, warning, info, hint, not “bad”/);
    assert.throws(() => ask('toString'), /There is no tool named “sipLens_toString”/);
  });

  it('never more than is good for it, and that it was cut', async () => {
    const cut = ask('showLadder', {}, 1500);
    assert.ok(cut.length < 1700);
    assert.match(cut, /\n\nCut here: \d+ of \d+ characters\. Ask with a filter, or with first and last\.$/);
    const long = await subjectOf(manyCalls(500));
    const rows = toolAnswer(long, 'sipLens_showLadder', {});
    assert.match(rows, /\n200 messages, 1 to 200, of 500\. Ask with first: 201 for more\.\n/);
    assert.match(toolAnswer(long, 'sipLens_showLadder', { first: 401 }), /\n100 messages, 401 to 500, of 500\./);
    for (const { name } of tools) {
      const answer = toolAnswer(long, name, { filter: 'INVITE', text: true, last: 500 });
      assert.ok(answer.length < 24_200, name);
    }
  });

  it('is what the manifest announces, and the filters that it names can be read', () => {
    const { contributes } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
    const announced: { name: string; inputSchema: { properties: Record<string, { description?: string }> } }[] =
      contributes.languageModelTools;
    assert.deepEqual(
      announced.map(({ name }) => name),
      tools.map(({ name }) => name),
    );
    for (const { name, inputSchema } of announced)
      for (const [key, { description }] of Object.entries(inputSchema.properties))
        assert.ok(description, `${name} ${key}`);
    const { description } = announced[1]!.inputSchema.properties.filter!;
    const named = description!.match(/\b[a-z]+:[^\s,;)]+/g)!;
    assert.ok(named.length > 20);
    for (const one of named) assert.deepEqual(parseFilter(one).problems, [], one);
  });
});
