import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { URL } from 'node:url';
import type { Profile, Severity } from './base/text.ts';
import { buildLadder, DEFAULT_OPTIONS, lintText } from './engine.ts';
import { provideSchemas } from './xml/schemas.ts';

// What the sample must give, and what it must not, as it was worked out by hand.
const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const flattened = file('../../samples/eject-user.flattened.txt');
const plain = file('../../samples/eject-user.sip');
const golden = JSON.parse(file('../fixtures/traces/eject-user.expected.json')) as {
  expected: { message: number; rule: string; severity: Record<Profile, Severity | 'off'> }[];
  mustNotReport: { message: number; rule: string; why: string }[];
  transactions: { request: number; response: number }[];
  dialogs: { callId: string; messages: number[] }[];
};
const RANK: (Severity | 'off')[] = ['off', 'hint', 'info', 'warning', 'error'];
provideSchemas((name) => file(`../schemas/${name}`));

async function found(text: string, profile: Profile | 'auto'): Promise<string[]> {
  const { lint } = await lintText(text, { ...DEFAULT_OPTIONS, profile });
  return lint.problems.map(({ messageIndex, severity, rule }) => `${messageIndex} ${severity} ${rule}`).sort();
}

/** The golden findings at the lowest severity that the profiles give. */
function expected(...profiles: Profile[]): string[] {
  return golden.expected
    .map(({ message, rule, severity }) => {
      const lowest = Math.min(...profiles.map((profile) => RANK.indexOf(severity[profile])));
      return { message, rule, severity: RANK[lowest] };
    })
    .filter(({ severity }) => severity !== 'off')
    .map(({ message, rule, severity }) => `${message} ${severity} ${rule}`)
    .sort();
}

const withoutLengths = (lines: string[]) => lines.filter((line) => !line.endsWith(' content-length-mismatch'));

describe('the sample', () => {
  it('is judged as documentation of Microsoft products', async () => {
    assert.deepEqual((await lintText(flattened)).lint.profiles, ['doc', 'ms']);
    assert.deepEqual((await lintText(plain)).lint.profiles, ['ms']);
  });

  it('flattened: exactly the golden findings', async () => {
    const lines = await found(flattened, 'auto');
    assert.deepEqual(lines, expected('doc', 'ms'));
    assert.equal(lines.length, 10);
  });

  it('flattened: none of what must not be reported', async () => {
    const { lint } = await lintText(flattened);
    const said = new Set(lint.problems.map(({ messageIndex, rule }) => `${messageIndex} ${rule}`));
    assert.equal(golden.mustNotReport.length, 89);
    assert.deepEqual(
      golden.mustNotReport.filter(({ message, rule }) => said.has(`${message} ${rule}`)),
      [],
    );
  });

  for (const profile of ['ms', 'trace', 'strict'] as const) {
    it(`flattened, judged as ${profile}: the golden findings`, async () =>
      assert.deepEqual(await found(flattened, profile), expected(profile)));
    // The page lost line breaks of the bodies, so that five lengths no longer fit; nobody can tell in the proper lines.
    it(`in proper lines, judged as ${profile}: the golden findings and lengths`, async () => {
      const lines = await found(plain, profile);
      assert.deepEqual(withoutLengths(lines), expected(profile));
      const lengths = lines.filter((line) => line.endsWith(' content-length-mismatch'));
      assert.deepEqual(
        lengths.map((line) => Number(line.split(' ')[0])).sort((a, b) => a - b),
        [12, 13, 14, 16, 17],
      );
    });
  }

  it('in proper lines: one warning, no error', async () => {
    const severities = (await found(plain, 'auto')).map((line) => line.split(' ')[1]);
    assert.equal(severities.filter((severity) => severity === 'warning').length, 1);
    assert.equal(severities.filter((severity) => severity !== 'warning' && severity !== 'hint').length, 0);
  });

  for (const [name, text] of Object.entries({ flattened, 'in proper lines': plain })) {
    it(`${name}: 17 arrows between five lanes`, async () => {
      const { reading } = await lintText(text);
      const { lanes, rows } = buildLadder(reading);
      assert.deepEqual(
        lanes.map((lane) => lane.label),
        ['Alice', 'Focus', 'IM MCU', 'Bob', 'Carol'],
      );
      const arrows = rows.map((row) => `${lanes[row.from]!.label} → ${lanes[row.to]!.label}: ${row.label}`);
      assert.deepEqual(arrows, ARROWS);
    });

    it(`${name}: transactions and dialogs`, async () => {
      const { reading } = await lintText(text);
      const { rows, dialogs } = buildLadder(reading);
      const answers = rows.flatMap(({ index, respondsTo }) =>
        respondsTo === null ? [] : [{ request: respondsTo, response: index }],
      );
      assert.deepEqual(
        answers.sort((a, b) => a.request - b.request),
        golden.transactions,
      );
      assert.deepEqual(
        dialogs.map(({ callId, messages }) => ({ callId, messages })),
        golden.dialogs,
      );
    });
  }
});

const ARROWS = [
  'Alice → Focus: INFO deleteUser carol@contoso.com',
  'Focus → Alice: 202 Accepted',
  'Focus → Carol: BENOTIFY conference terminated ParticipantRemoved',
  'Carol → Focus: BYE',
  'Carol → IM MCU: BYE',
  'Focus → Carol: BYE',
  'IM MCU → Carol: BYE',
  'Focus → Carol: 200 OK',
  'IM MCU → Carol: 481 Dialog does not exist',
  'Carol → Focus: 200 OK',
  'Carol → IM MCU: 200 OK',
  'Focus → Alice: BENOTIFY conference v10 partial: carol',
  'Focus → Bob: BENOTIFY conference v10 partial: carol',
  'Focus → Alice: INFO response deleteUser success',
  'Alice → Focus: 200 OK',
  'Focus → Alice: BENOTIFY conference v11 partial: -carol',
  'Focus → Bob: BENOTIFY conference v11 partial: -carol',
];
