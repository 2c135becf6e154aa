import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { annotate, dedent, strip } from '../base/testing.ts';
import type { Problem } from '../base/text.ts';
import { xmlBodies } from '../flow/bodies.ts';
import { readCall, traceFacts, xmlOf } from '../flow/calls.ts';
import { indexCalls, readFlow } from '../flow/flow.ts';
import { noticesOf, sortNotices } from '../flow/notices.ts';
import { parseMessage } from '../sip/message.ts';
import { readText } from '../trace/text.ts';
import { provideSchemas } from '../xml/schemas.ts';
import { loadVerdict } from '../xml/verdict.ts';
import { parseXml } from '../xml/xml.ts';
import type { CallRule, DocumentReport, DocumentRule, MessageRule, Rule, TraceRule } from './rule.ts';

provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
await loadVerdict();

/** Rules about a call that may have nothing to show besides the message itself. */
const ALONE = new Set([
  '100rel-not-supported',
  'eject-reason',
  'event-body-type',
  'from-tag-missing',
  'info-without-invite-dialog',
  'notify-without-subscribe',
  'response-header-missing',
  'subscribe-expires-missing',
  'tag-syntax',
]);

// Every rule runs on its own `good` and `bad` text. RULE=part-of-an-id runs only some.
const files = readdirSync(import.meta.dirname).filter(
  (name) =>
    name.endsWith('.ts') &&
    !name.endsWith('.test.ts') &&
    !['rule.ts', 'all.ts', 'list.ts', 'groups.ts', 'page.ts'].includes(name),
);
const wanted = files.filter((name) => name.includes(process.env.RULE ?? ''));

for (const file of wanted) {
  const module = (await import(`./${file}`)) as Record<string, unknown>;
  const rules = Object.values(module).filter(isRule);
  describe(file, () => {
    it('is named after its rule', () =>
      assert.deepEqual(
        rules.map((rule) => `${rule.id}.ts`),
        [file],
      ));
    for (const rule of rules) {
      it('is silent on its good text', () => assert.equal(shown(rule, dedent(rule.good)), dedent(rule.good)));
      it('speaks on its bad text', () => {
        assert.match(rule.bad, /\^/, 'the bad text marks no problem');
        assert.equal(shown(rule, strip(rule.bad)), dedent(rule.bad));
      });
    }
  });
}

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'severity' in value && 'good' in value;
}

function shown(rule: Rule, text: string): string {
  return annotate(text, found(rule, text));
}

function found(rule: Rule, text: string): Found[] {
  if (rule.scope === 'message') return onMessage(rule, text);
  if (rule.scope === 'document') return onDocuments(rule, text);
  return rule.scope === 'call' ? onCalls(rule, text) : onTrace(rule, text);
}

type Found = Pick<Problem, 'from' | 'to' | 'message'>;

function onMessage(rule: MessageRule, text: string): Found[] {
  const found: Found[] = [];
  const context = { profiles: ['strict'], reflowed: false, answers: false } as const;
  rule.check(parseMessage(text), (at, message) => found.push({ ...at, message }), context);
  return found;
}

/** One document, or the bodies of messages. */
function onDocuments(rule: DocumentRule, text: string): Found[] {
  const found: Found[] = [];
  const report: DocumentReport = (at, message) => found.push({ ...at, message });
  if (text.startsWith('<')) rule.check(parseXml(text), report, { carrier: null, type: null });
  const trace = readText(text);
  for (let index = 0; index < trace.count; index++) {
    const carrier = trace.message(index);
    for (const { document, type } of xmlBodies(carrier)) rule.check(document, report, { carrier, type });
  }
  return found;
}

function onCalls(rule: CallRule, text: string): Found[] {
  const found: Found[] = [];
  const trace = readText(text);
  const flow = readFlow(trace.built);
  let others = 0;
  const { starts, order } = indexCalls(trace.built);
  for (let number = 1; number < starts.length - 1; number++) {
    const call = readCall(trace, flow, traceFacts(trace), order.subarray(starts[number]!, starts[number + 1]!));
    rule.check(call, (_where, at, message, related = []) => {
      others += related.length;
      found.push({ ...at, message });
    });
  }
  if (found.length > 0 && !ALONE.has(rule.id)) assert.ok(others > 0, 'it shows the other message');
  return found;
}

function onTrace(rule: TraceRule, text: string): Found[] {
  const found: Found[] = [];
  const trace = readText(text);
  const notices = Array.from({ length: trace.count }, (_, index) =>
    noticesOf(index, trace.message(index), xmlOf(trace.message(index))),
  );
  rule.check(sortNotices(notices.flat()), (notice, message) => found.push({ ...notice.at, message }));
  return found;
}
