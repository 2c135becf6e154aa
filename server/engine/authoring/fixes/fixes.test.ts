import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { dedent, strip } from '../../base/testing.ts';
import { applied, type Problem } from '../../base/text.ts';
import { lintDocument } from '../../document.ts';
import { type LintOptions, lintText } from '../../engine.ts';
import { allRules } from '../../rules/all.ts';
import { provideSchemas } from '../../xml/schemas.ts';
import { traceSource, xmlSource } from '../testing.ts';
import { COPIED } from './copied.ts';
import { fixesFor } from './fixes.ts';
import { xmlFixers } from './xmlFixers.ts';

provideSchemas((file) => readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8'));

const OPTIONS: LintOptions = {
  profile: 'strict',
  levels: Object.fromEntries(allRules.map(({ id }) => [id, 'warning'])),
};

/** Where a message, the parameters of a URI, or a document could not be read before, much can be said of it afterwards. */
const UNVEILS = new Set([
  'route-brackets-missing',
  'xml-root-namespace',
  ...allRules.filter((rule) => rule.scope === 'message' && rule.onUnreadable).map(({ id }) => id),
]);

/** Where the faulty text of a rule gives its fix nothing to go by. */
const MORE: Readonly<Record<string, string>> = {
  'rack-missing': `
    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    RSeq: 776656

    PRACK sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhdt
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 2 PRACK
  `,
  'header-missing-colon': `
    MESSAGE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    Max-Forwards: 70
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 1 MESSAGE
    Subject hi
    Reply-To <sip:alice@example.org>

  `,
  'header-nonascii-hyphen': `
    SIP/2.0 401 Unauthorized
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: “Alice” <sip:alice@example.org>;tag=1
    CSeq: 1\u00a0REGISTER
  `,
  'via-transport-unknown': `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/TLSS 192.0.2.2;branch=z9hG4bK1
    CSeq: 1 INVITE
  `,
};

/** Rules that others mend. */
const BY_FIXERS = new Set([...Object.keys(COPIED), ...xmlFixers.flatMap(({ rules }) => rules ?? [])]);

it('fixers name rules that there are', () => {
  const ids = new Set(allRules.map(({ id }) => id));
  assert.deepEqual(
    [...BY_FIXERS].filter((id) => !ids.has(id)),
    [],
  );
});

describe('every fix of a rule removes its problem and brings no other', () => {
  for (const rule of allRules) {
    if (rule.fix || BY_FIXERS.has(rule.id))
      it(rule.id, () => tryAll(rule.id, MORE[rule.id] ? dedent(MORE[rule.id]!) : strip(rule.bad)));
  }
});

// A page puts each message on one line: what is offered there comes home to its place, or is not offered.
describe('the same in messages on one line', () => {
  let offered = 0;
  for (const rule of allRules) {
    // Behind an open bracket nobody sees where the next header begins.
    if (!rule.fix || rule.id === 'angle-bracket-open') continue;
    it(rule.id, async () => {
      offered += await tried(rule.id, onLines(MORE[rule.id] ? dedent(MORE[rule.id]!) : strip(rule.bad)));
    });
  }
  it('is often offered', () => assert.ok(offered > 40, String(offered)));
});

/** Each message on a line of its own, with headers enough to be known as one. */
function onLines(text: string): string {
  const messages = text.split(/\n(?=[A-Z]{3,} \S+ SIP\/2\.0|SIP\/2\.0 \d)/);
  return messages
    .map(
      (one) =>
        `${one.trim().replace(/\s*\n\s*/g, ' ')} Timestamp: 1 User-Agent: x Date: Thu, 21 Feb 2002 13:02:03 GMT\n`,
    )
    .join('\n');
}

async function tryAll(id: string, text: string): Promise<void> {
  const source = (await found(text)).some(({ rule }) => rule === id) ? text : withVia(text);
  assert.ok((await tried(id, source)) > 0, `no fix is offered\n${source}`);
}

/** Tries what is offered for a rule's problems. @returns how much is */
async function tried(id: string, source: string): Promise<number> {
  const problems = await found(source);
  let offered = 0;
  for (const problem of problems.filter(({ rule }) => rule === id)) {
    for (const { title, edits } of fixesFor((isDocument(source) ? xmlSource : traceSource)(source), problem)) {
      offered++;
      const after = applied(source, edits);
      const left = await found(after);
      const count = (list: readonly Problem[]) => list.filter(({ message }) => message === problem.message).length;
      assert.ok(count(left) < count(problems), `${title}: the problem stays\n${after}`);
      if (!UNVEILS.has(id)) assert.deepEqual(newIn(left, problems), [], `${title}\n${after}`);
    }
  }
  return offered;
}

/** The problems of messages, or of a document. */
async function found(text: string): Promise<readonly Problem[]> {
  if (isDocument(text)) return (await lintDocument(text, OPTIONS)) ?? [];
  return (await lintText(text, OPTIONS)).lint.problems;
}

function isDocument(text: string): boolean {
  return text.startsWith('<');
}

/** Some faulty texts are messages only because somebody says so. */
function withVia(text: string): string {
  return text.replace('\n', '\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds\n');
}

/** What rules say more often than before; of one fault no rule says more than three times in a message. */
function newIn(after: readonly Problem[], before: readonly Problem[]): string[] {
  const left = before.map(({ rule }) => rule);
  return after.flatMap(({ rule, message }) => {
    const at = left.indexOf(rule);
    if (at >= 0) left.splice(at, 1);
    return at < 0 ? [`${rule}: ${message}`] : [];
  });
}
