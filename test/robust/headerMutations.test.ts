import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { applied, slice, type TextEdit } from '../../server/engine/base/text.ts';
import { type Edit, type Lint, lintSteps, loadSchemasFor, type Reading, read } from '../../server/engine/engine.ts';
import { xmlBodies } from '../../server/engine/flow/bodies.ts';
import { readCall } from '../../server/engine/flow/calls.ts';
import { noticesOf, sortNotices } from '../../server/engine/flow/notices.ts';
import { allRules } from '../../server/engine/rules/all.ts';
import { type HeaderField, headerName, type SipMessage } from '../../server/engine/sip/message.ts';
import { provideSchemas } from '../../server/engine/xml/schemas.ts';
import { random } from '../../server/fixtures/testing.ts';
import { hasForm } from './smallGrammar.ts';

// One header line at a time of real traces is dropped, doubled, swapped, garbled or cut. MUTATIONS=2000 tries as many of each trace.
const MUTATIONS = Number(process.env.MUTATIONS ?? 60);
const STRICT = { profile: 'strict', levels: {} } as const;

provideSchemas((file) => readFileSync(new URL(`../../server/schemas/${file}`, import.meta.url), 'utf8'));

const TRACES = [
  'samples/eject-user.sip',
  'samples/eject-user.flattened.txt',
  ...[
    'pbx/hold.sip',
    'pbx/compact-ipv6.sip',
    'pbx/emergency-multipart.sip',
    'pbx/forked-call.txt',
    'microsoft/join.sip',
  ]
    .concat('ietf/rfc3665-3.2-call-two-proxies.txt', 'ietf/rfc4028-13-session-timer.txt', 'ietf/rfc3903-15-publish.txt')
    .map((name) => `server/fixtures/traces/plain/${name}`),
];

/** A trace as it was, read and checked. */
interface Sound {
  readonly text: string;
  readonly reading: Reading;
  readonly lint: Lint;
}

/** What was done to a header line, and what it was. */
interface Mutation {
  readonly kind: 'drop' | 'double' | 'swap' | 'garble' | 'cut';
  readonly index: number;
  readonly message: SipMessage;
  readonly field: HeaderField;
  readonly edit: TextEdit;
}

const broken: { readonly kind: Mutation['kind']; readonly what: string; readonly found: boolean }[] = [];

/** What share of the faults of a kind must be found. What is missed shows with MUTATIONS. */
const LEAST: Readonly<Record<Mutation['kind'], number>> = {
  drop: 0.98,
  double: 0.98,
  swap: 0.85,
  garble: 0.9,
  cut: 0.9,
};

describe('one header line that is wrong', () => {
  for (const name of TRACES) {
    let sound: Sound;
    before(async () => {
      const text = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
      const reading = read(text);
      sound = { text, reading, lint: ended(lintSteps(reading, STRICT, await loadSchemasFor(reading))) };
    });
    it(`makes no rule throw: ${name}`, () => {
      const next = random(name.length * 1009 + 7);
      for (let count = 0; count < MUTATIONS; count++) {
        const mutation = mutationOf(sound, next);
        if (mutation) tryOut(sound, mutation);
      }
    });
  }

  it('is found to be an error where it must be there, or once only, or has not the form that its grammar asks for', () => {
    for (const kind of Object.keys(LEAST) as Mutation['kind'][]) {
      const faults = broken.filter((one) => one.kind === kind);
      const missed = faults.filter(({ found }) => !found).map(({ what }) => what);
      const share = 1 - missed.length / faults.length;
      if (process.env.MUTATIONS)
        console.log(`${kind}: ${faults.length} faults, ${(100 * share).toFixed(1)} % found`, missed.join('\n'));
      assert.ok(
        faults.length > 0 && share >= LEAST[kind],
        `${kind}: ${share} of ${faults.length}: ${missed.join(', ')}`,
      );
    }
  });
});

function tryOut({ text, reading, lint }: Sound, mutation: Mutation): void {
  const { from, to } = mutation.edit;
  const changed = applied(text, [mutation.edit]);
  const edit: Edit = { from, oldTo: to, newTo: from + mutation.edit.text.length };
  const now = read(changed, { reading, edit });
  const told = (error: unknown) => `${mutation.kind} ${describeField(mutation)}: ${String(error)}`;
  for (const run of rulesOn(now, mutation.index)) assert.doesNotThrow(run, told);
  if (!breaks(mutation)) return;
  const checked = ended(lintSteps(now, STRICT, true, { memory: lint.memory, edit }));
  broken.push({
    kind: mutation.kind,
    what: `${describeField(mutation)} → ${after(mutation) ?? ''}`,
    found: isFound(checked, lint, mutation.index + 1),
  });
}

/** The rules on what the change may have touched, without the net that keeps one that throws from the others. */
function* rulesOn(reading: Reading, index: number): Generator<() => void> {
  const { trace, flow, facts, calls } = reading;
  if (index >= trace.count) return;
  const message = trace.message(index);
  const context = { profiles: ['strict'], reflowed: trace.view(index).reflowed, answers: false } as const;
  const { starts, order } = calls;
  const number = trace.columns.call[index]!;
  const call = readCall(trace, flow, facts, order.subarray(starts[number]!, starts[number + 1]!));
  const notices = sortNotices(noticesOf(index, message, xmlBodies(message)[0]?.document ?? null));
  for (const rule of allRules) {
    if (rule.scope === 'message' && (message.kind !== 'unknown' || rule.onUnreadable))
      yield () => rule.check(message, () => {}, context);
    if (rule.scope === 'call' && number > 0) yield () => rule.check(call, () => {});
    if (rule.scope === 'trace') yield () => rule.check(notices, () => {});
    if (rule.scope === 'document')
      for (const { document, type } of xmlBodies(message))
        yield () => rule.check(document, () => {}, { carrier: message, type });
  }
}

const ALWAYS = ['via', 'from', 'to', 'call-id', 'cseq'];
const ONCE = [...ALWAYS.slice(1), 'max-forwards', 'content-type', 'expires', 'event', 'subscription-state'];

/**
 * Whether RFC 3261 is broken now in the number, presence or form of this header (groups header-count, header-presence, header-values), told
 * by the header alone: one that must be there is not, one that stands once stands twice, its value had the form of the small grammar and
 * has it no longer.
 */
function breaks(mutation: Mutation): boolean {
  const { kind, message, field } = mutation;
  const rows = message.headers.filter(({ id }) => id === field.id).length;
  if (message.kind === 'unknown') return false;
  if (kind === 'drop') return ALWAYS.includes(field.id) && rows === 1;
  if (kind === 'double') return ONCE.includes(field.id);
  const value = after(mutation);
  return (
    value !== null && hasForm(field.id, slice(message.text, field.value)) === true && hasForm(field.id, value) === false
  );
}

/** The value of the header as it is now; null where the whole line was dropped or doubled. */
function after({ kind, message: { text }, field: { value }, edit }: Mutation): string | null {
  if (kind === 'drop' || kind === 'double') return null;
  return text.slice(value.from, edit.from) + edit.text + text.slice(edit.to, value.to);
}

/** Whether the message has an error that it did not have before. */
function isFound({ problems }: Lint, before: Lint, index: number): boolean {
  const errors = (list: Lint['problems']) =>
    list.filter((one) => one.severity === 'error' && one.messageIndex === index);
  const known = new Set(errors(before.problems).map(({ message }) => message));
  return errors(problems).some(({ message }) => !known.has(message));
}

/** A change of one header of one message; null where it is not in the text as it is parsed. */
function mutationOf({ text, reading: { trace } }: Sound, next: () => number): Mutation | null {
  const pick = (count: number) => Math.floor(next() * count);
  const index = pick(trace.count);
  const message = trace.message(index);
  const field = message.headers[pick(message.headers.length)];
  const kind = (['drop', 'double', 'swap', 'garble', 'cut'] as const)[pick(5)]!;
  if (!field || field.value.to <= field.value.from) return null;
  const view = trace.view(index);
  const home = (from: number, to: number, replacement: string): TextEdit => ({
    ...view.toSource({ from, to }),
    text: replacement,
  });
  const line = { from: field.from, to: message.headers.find(({ from }) => from > field.from)?.from ?? field.to };
  const written = message.text.slice(line.from, line.to);
  const at = field.value.from + pick(field.value.to - field.value.from) * (next() < 0.5 ? 0 : 1);
  const letter = message.text[at]!;
  const other = /\d/.test(letter) ? 'x' : /[a-z]/i.test(letter) ? '7' : letter === '<' ? '(' : '<';
  const neighbour = message.headers[message.headers.indexOf(field) + 1];
  const edits: Record<Mutation['kind'], TextEdit | null> = {
    drop: home(line.from, line.to, ''),
    double: home(line.from, line.from, written),
    swap: neighbour
      ? home(field.value.from, field.value.to, message.text.slice(neighbour.value.from, neighbour.value.to))
      : null,
    garble: home(at, at + 1, other),
    cut: home(at, field.value.to, ''),
  };
  const edit = edits[kind];
  const isHome = view.text === text;
  return edit && { kind, index, message: isHome ? message : { ...message, kind: 'unknown' }, field, edit };
}

function describeField({ message, field }: Mutation): string {
  return message.text.slice(field.from, field.to).split(/[\r\n]/)[0] ?? headerName(message, field);
}

function ended<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
