import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { applied, octets, type Problem } from '../../base/text.ts';
import { lintDocument } from '../../document.ts';
import { lintText } from '../../engine.ts';
import { DEFAULT_OPTIONS } from '../../severity.ts';
import { provideSchemas } from '../../xml/schemas.ts';
import { faultyDocuments } from '../../xml/testing.ts';
import { loadVerdict } from '../../xml/verdict.ts';
import type { Fix } from '../source.ts';
import { traceSource, xmlSource } from '../testing.ts';
import { fixesFor } from './fixes.ts';

provideSchemas((file) => readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8'));
before(() => loadVerdict());

describe('every fix of a faulty document removes its only fault, and brings no other', () => {
  for (const { file, title, text } of faultyDocuments('invalid')) {
    it(`${file}: ${title}`, async () => {
      const [problem] = await lint(text);
      for (const fix of fixesFor(xmlSource(text), problem!)) await tryFix(fix, text);
    });
  }
});

/** What can be said only once a state, a method of joining or a prefix can be read. */
const UNVEILED = new Set(['cccp-dial-out', 'cccp-one-child', 'confinfo-full-incomplete', 'confinfo-partial-empty']);

async function tryFix({ title, edits }: Fix, text: string): Promise<void> {
  const after = applied(text, edits);
  const left = (await lint(after)).filter(({ rule }) => !UNVEILED.has(rule));
  const words = left.map(({ rule, message }) => `${rule}: ${message}`);
  assert.deepEqual(words, [], `${title}\n${after}`);
}

async function lint(text: string): Promise<readonly Problem[]> {
  return (await lintDocument(text, DEFAULT_OPTIONS)) ?? [];
}

// As bodies of messages: in lines, every other time in such that end in CRLF, with a right Content-Length; and on one line, as web
// pages have them.
describe('the same in a message', () => {
  for (const [at, { file, title, text }] of faultyDocuments('invalid').entries()) {
    const lines = inLines(text);
    it(`${file}: ${title}`, () => tryMessage(at % 2 ? crlf(lines) : lines));
    it(`${file}: ${title}, on one line`, () => tryMessage(onOneLine(lines)));
  }
});

async function tryMessage(message: string): Promise<void> {
  const before = (await lintText(message)).lint.problems;
  for (const problem of before.filter(({ rule }) => rule.startsWith('xml-')))
    for (const { title, edits } of fixesFor(traceSource(message), problem)) {
      const after = applied(message, edits);
      const left = (await lintText(after)).lint.problems;
      assert.deepEqual(newIn(left, before), [], `${title}\n${after}`);
      const seen = left.filter(({ rule }) => !UNVEILED.has(rule));
      assert.ok(seen.length < before.length, `${title}: nothing is gone\n${after}`);
    }
}

/** What rules say more often than before. */
function newIn(after: readonly Problem[], before: readonly Problem[]): string[] {
  const left = before.map(({ rule }) => rule);
  return after.flatMap(({ rule, message }) => {
    if (UNVEILED.has(rule)) return [];
    const at = left.indexOf(rule);
    if (at >= 0) left.splice(at, 1);
    return at < 0 ? [`${rule}: ${message}`] : [];
  });
}

function inLines(body: string): string {
  const isRequest = /:cccp"/.test(body) || !/conference-info|<user[ >]/.test(body.slice(0, 120));
  const [type, method] = isRequest ? ['cccp', 'INFO'] : ['conference-info', 'BENOTIFY'];
  const [from, to] = isRequest ? ['a', 'r'] : ['r', 'a'];
  const rows = isRequest ? '' : 'Event: conference\nSubscription-State: active\n';
  return `${method} sip:${to}@example.org SIP/2.0
Via: SIP/2.0/TLS 192.0.2.10:5061;branch=z9hG4bK776asdhds
Max-Forwards: 70
From: <sip:${from}@example.org>;tag=1928301774
To: <sip:${to}@example.org>;tag=8d9b5cc1fb
Call-ID: a84b4c76e66710@example.org
CSeq: 1 ${method}
${rows}Content-Type: application/${type}+xml
Content-Length: ${octets(body, 0, body.length)}

${body}`;
}

function crlf(message: string): string {
  const lines = message.replaceAll('\n', '\r\n');
  const body = lines.slice(lines.indexOf('\r\n\r\n') + 4);
  return lines.replace(/^Content-Length: \d+/m, `Content-Length: ${octets(body, 0, body.length)}`);
}

function onOneLine(message: string): string {
  return `${message.replace(/\s*\n\s*/g, ' ')}\n`;
}
