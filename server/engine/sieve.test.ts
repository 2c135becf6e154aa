import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { dedent, strip } from './base/testing.ts';
import { allRules } from './rules/all.ts';
import type { MessageContext, MessageRule } from './rules/rule.ts';
import { Sieve } from './sieve.ts';
import { formOf } from './sip/lineForm.ts';
import { parseMessage, type SipMessage } from './sip/message.ts';
import { readText } from './trace/text.ts';

const rules = allRules.filter((rule): rule is MessageRule => rule.scope === 'message');
const PLAIN = new URL('../fixtures/traces/plain/', import.meta.url);
const FOLDERS = ['microsoft/', 'torture/', 'pbx/', 'ietf/'];

/** The texts of all rules, and the real traces of those folders. */
function* messages(folders: readonly string[]): Generator<SipMessage> {
  for (const { scope, good, bad } of allRules)
    if (scope === 'message') for (const text of [dedent(good), strip(bad)]) yield* traceOf(text);
  for (const folder of folders)
    for (const file of readdirSync(new URL(folder, PLAIN)))
      if (!file.endsWith('.expected')) yield* traceOf(readFileSync(new URL(`${folder}${file}`, PLAIN), 'utf8'));
}

/** Each message as it is, and each with parts of the one before it: what is remembered of a line is asked for in other surroundings. */
function* traceOf(text: string): Generator<SipMessage> {
  const trace = readText(text);
  for (let index = 0; index < trace.count; index++) {
    const message = trace.message(index);
    yield message;
    yield mixed(message, trace.message(Math.max(0, index - 1)));
  }
}

/** A message with the start line of another one, its own headers in another order, and every third one of the other's. */
function mixed(message: SipMessage, other: SipMessage): SipMessage {
  const line = (of: SipMessage, { from, to }: { from: number; to: number }) => of.text.slice(from, to);
  const headers = [
    ...message.headers.map((field) => line(message, field)).reverse(),
    ...other.headers.filter((_, at) => at % 3 === 0).map((field) => line(other, field)),
  ];
  const body = message.text.slice(message.body.from, message.body.to);
  return parseMessage([line(other, other.startLine), ...headers, '', body].join('\n'));
}

function speaking(message: SipMessage, context: MessageContext, of = rules): MessageRule[] {
  return of.filter((rule) => {
    let said = false;
    if (message.kind !== 'unknown' || rule.onUnreadable) rule.check(message, () => void (said = true), context);
    return said;
  });
}

/** Another line of the same form: every word that may be another is one. */
function alike(line: string): string {
  const form = (text: string) => formOf(text, { from: 0, to: text.length });
  const wanted = form(line);
  let made = line;
  for (const { 0: word, index } of line.matchAll(/[a-z\d]+/gi)) {
    const other = word.replace(/\d/g, (digit) => `${(Number(digit) + 3) % 10}`).replace(/[a-f]/gi, 'd');
    const changed = made.slice(0, index) + other.replace(/[g-z]/gi, 'q') + made.slice(index + word.length);
    if (form(changed) === wanted) made = changed;
  }
  return made;
}

describe('the sieve', () => {
  it('has rules say that the form of a line decides only where it does', () => {
    const formal = rules.filter(({ reads }) => reads?.form);
    const said = (line: string, before: string) => {
      const message = parseMessage(`${before}${line}\n\n`);
      return speaking(message, context, formal).map(({ id }) => id);
    };
    const context: MessageContext = { profiles: ['strict'], reflowed: false, answers: false };
    const seen = new Set<string>();
    for (const message of messages(FOLDERS))
      for (const { from, to } of [message.startLine, ...message.headers]) {
        const line = message.text.slice(from, to);
        if (seen.has(line) || /[\0-\x08\n-\x1f\x7f]/.test(line)) continue;
        seen.add(line);
        const other = alike(line);
        const before = from === message.startLine.from ? '' : 'INFO sip:a@example.org SIP/2.0\n';
        assert.deepEqual(said(other, before), said(line, before), `${line}\n${other}`);
      }
    assert.ok(formal.length > 20 && seen.size > 1000, `${formal.length} rules, ${seen.size} lines`);
  });

  it('leaves out only rules that are silent', () => {
    const contexts = [
      { profiles: ['strict'], reflowed: false, answers: false },
      { profiles: ['ms'], reflowed: true, answers: true },
    ] as const;
    let [asked, count] = [0, 0];
    for (const context of contexts) {
      const sieve = new Sieve();
      for (const message of messages(context.answers ? [] : FOLDERS)) {
        const wanted = sieve.rulesFor(message, context);
        const lost = speaking(message, context).filter((rule) => !wanted.includes(rule));
        assert.deepEqual(
          lost.map(({ id }) => id),
          [],
          message.text.slice(message.from, message.to),
        );
        asked += wanted.length;
        count++;
      }
    }
    assert.ok(count > 1000 && asked < count * 15, `${asked} questions about ${count} messages`);
  });

  it('asks about a message that it knows only the rules that speak, and those that cannot tell what they read', () => {
    const sieve = new Sieve();
    const context = { profiles: ['strict'], reflowed: false, answers: false } as const;
    const text = [
      'OPTIONS sip:bob@example.org SIP/2.0',
      'Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1',
      'From: <sip:alice@example.org>;tag=1',
      'To: <sip:bob@example.org>',
      'Call-ID: 1@example.org',
      'CSeq: 1 OPTIONS',
      'Max-Forwards: 700',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
    const first = sieve.rulesFor(parseMessage(text), context).map(({ id }) => id);
    const other = parseMessage(text.replace('bob', 'carol'));
    assert.deepEqual(
      sieve.rulesFor(other, context).map(({ id }) => id),
      first,
    );
    const silent = rules.filter(({ id, reads }) => reads && id !== 'max-forwards-range').map(({ id }) => id);
    assert.ok(first.includes('max-forwards-range'));
    assert.deepEqual(
      first.filter((id) => silent.includes(id)),
      [],
    );
  });
});
