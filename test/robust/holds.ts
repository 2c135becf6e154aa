import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Problem, Span } from '../../server/engine/base/text.ts';
import { LineMap } from '../../server/engine/base/text.ts';
import { buildLadder, type Lint, lintText, type Reading } from '../../server/engine/engine.ts';
import { xmlBodies } from '../../server/engine/flow/bodies.ts';
import { readCall, xmlOf } from '../../server/engine/flow/calls.ts';
import { noticesOf, sortNotices } from '../../server/engine/flow/notices.ts';
import { ladderExports } from '../../server/engine/ladder/exports.ts';
import type { Ladder } from '../../server/engine/ladder/ladder.ts';
import { isInDigits } from '../../server/engine/redact/digits.ts';
import { redactText } from '../../server/engine/redact/redact.ts';
import { allRules } from '../../server/engine/rules/all.ts';
import type {
  CallRule,
  DocumentContext,
  DocumentRule,
  MessageRule,
  TraceRule,
} from '../../server/engine/rules/rule.ts';
import type { SipMessage } from '../../server/engine/sip/message.ts';
import { summarizeTrace } from '../../server/engine/summary.ts';
import { Flag } from '../../server/engine/trace/columns.ts';
import { allFormats, formatNumber } from '../../server/engine/trace/formats/all.ts';
import type { ByteSource } from '../../server/engine/trace/trace.ts';
import { provideSchemas } from '../../server/engine/xml/schemas.ts';
import { parseXml, type XmlDocument } from '../../server/engine/xml/xml.ts';
import { type RosterTimeline, serve, type TraceCall } from '../../server/view/protocol.ts';
import { createTraceApi, type OpenTrace } from '../../server/view/traces.ts';

provideSchemas((file) => readFileSync(new URL(`../../server/schemas/${file}`, import.meta.url), 'utf8'));

/** What a text went through. */
export interface Walk {
  readonly reading: Reading;
  readonly lint: Lint;
  readonly ladder: Ladder;
}

/** A message quotes little of the trace: a diagnostic is read at a glance. */
const LONGEST_MESSAGE = 1000;
const LONGEST_LABEL = 400;
/** A character that is written otherwise in a log. */
const ESCAPE = /^(?:\\.|#\d{3}|&\w+;)/;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** Takes a text through reading, checking, ladder, exports and the page's questions, and asserts what holds for any text. */
export async function walkThrough(text: string, bytes: Uint8Array = Buffer.from(text)): Promise<Walk> {
  const { reading, lint } = await lintText(text);
  messagesHold(reading);
  problemsHold(reading, lint.problems);
  const ladder = buildLadder(reading, lint.problems);
  ladderHolds(reading, ladder);
  const source = { ladder, ...reading, problems: lint.problems };
  for (const format of ['text', 'mermaid', 'svg', 'html', 'plantuml', 'csv'])
    exportHolds(format, ladder, ladderExports[format]!.write(source) as string);
  for (const format of ['sipp', 'pcapng']) ladderExports[format]!.write(source);
  const redacted = redactText(reading.trace, 'a key');
  if (!isInDigits(reading.trace)) assert.equal(redacted.length, text.length, 'the redacted text is as long');
  await pageHolds(reading, lint);
  const summary = await summarizeTrace(sourceOf(bytes));
  if (Buffer.from(text).toString() === text)
    assert.equal(summary.messages, reading.trace.count, 'messages in the summary');
  return { reading, lint, ladder };
}

/** Bytes in memory as a source that gives at most `most` of them at once. */
export function sourceOf(bytes: Uint8Array, most = Number.POSITIVE_INFINITY): ByteSource {
  return {
    size: bytes.length,
    read(from, into) {
      const part = bytes.subarray(from, from + Math.min(into.length, most));
      into.set(part);
      return part.length;
    },
  };
}

/** Runs every rule without the net that leaves out a rule that throws, and looks at the places they report. */
export function rulesHold(reading: Reading): void {
  const { trace, flow, facts, calls } = reading;
  for (let index = 0; index < trace.count; index++) {
    const message = trace.message(index);
    for (const rule of allRules.filter((one): one is MessageRule => one.scope === 'message')) {
      if (message.kind === 'unknown' && !rule.onUnreadable) continue;
      const context = { profiles: ['strict'], reflowed: trace.isFlattened(index), answers: false } as const;
      rule.check(message, (at) => within(at, message, rule.id), context);
    }
    for (const { document, type } of xmlBodies(message)) documentRulesHold(document, { carrier: message, type });
  }
  for (let number = 1; number < calls.starts.length - 1; number++) {
    const call = readCall(trace, flow, facts, calls.order.subarray(calls.starts[number]!, calls.starts[number + 1]!));
    for (const rule of allRules.filter((one): one is CallRule => one.scope === 'call'))
      rule.check(call, (where, at, _text, related = []) => {
        within(at, where.message, rule.id);
        for (const other of related) within(other.at, other.in.message, `${rule.id} (related)`);
      });
  }
  const notices = Array.from({ length: trace.count }, (_, index) =>
    noticesOf(index, trace.message(index), xmlOf(trace.message(index))),
  );
  const sorted = sortNotices(notices.flat());
  for (const rule of allRules.filter((one): one is TraceRule => one.scope === 'trace')) rule.check(sorted, () => {});
}

/** The same for the rules about XML documents, on one document. What explains a finding may stand in the head of the message. */
export function documentRulesHold(document: XmlDocument, context: DocumentContext): void {
  const whole = context.carrier ? { from: 0, to: context.carrier.text.length } : document;
  const inside = (at: Span, around: Span, what: string) =>
    assert.ok(around.from <= at.from && at.from <= at.to && at.to <= around.to, `${what}: ${at.from}–${at.to}`);
  for (const rule of allRules.filter((one): one is DocumentRule => one.scope === 'document'))
    rule.check(
      document,
      (at, _text, remark) => {
        inside(at, document, rule.id);
        for (const other of remark?.related ?? []) inside(other.at, whole, `${rule.id} (related)`);
      },
      context,
    );
}

/** Every message lies in the text, behind the one before, and is parsed inside its place. */
export function messagesHold({ trace }: Reading): void {
  const places = Array.from({ length: trace.count }, (_, index) => trace.span(index));
  for (const [index, place] of places.entries()) {
    assert.ok(
      place.from >= 0 && place.from < place.to && place.to <= trace.text.length,
      `place of message ${index + 1}`,
    );
    if (index < 300) viewHolds({ trace } as Reading, index);
  }
  places.sort((a, b) => a.from - b.from);
  for (const [at, place] of places.entries())
    if (at > 0) assert.ok(places[at - 1]!.to <= place.from, `the message at ${place.from} overlaps the one before`);
}

function viewHolds({ trace }: Pick<Reading, 'trace'>, index: number): void {
  const view = trace.view(index);
  const message = trace.message(index);
  const place = trace.span(index);
  for (const at of [message.startLine, message.body, ...message.headers, ...message.stray]) {
    within(at, message, 'a part');
    const source = view.toSource(at);
    assert.ok(source.from >= place.from && source.from <= source.to && source.to <= place.to, 'a part in the source');
  }
  charactersHold(trace, index);
}

/** Numbers of the formats that write the bytes of messages in digits or other letters, or make them again of what they tell. */
export const CODED: ReadonlySet<number> = new Set([
  ...['fortigate', 'tcpdump-x', 'wireshark-follow-bytes', 'wireshark-hexdump', 'wireshark-json', 'wireshark-pdml'].map(
    formatNumber,
  ),
  ...[...allFormats.keys()].filter((number) => allFormats[number]!.isRebuilt),
]);

/** Every character of a message that can be seen stands in the source where its view says. */
function charactersHold(trace: Reading['trace'], index: number): void {
  if (CODED.has(trace.columns.flags[index]! >>> Flag.formatShift)) return;
  const view = trace.view(index);
  const stride = Math.max(1, Math.floor((view.to - view.from) / 50));
  for (let at = view.from; at < view.to; at += stride) {
    const char = view.text[at]!;
    if (/\s/.test(char)) continue;
    const { from, to } = view.toSource({ from: at, to: at + 1 });
    const source = trace.text.slice(from, to);
    assert.ok(source === char || standsFor(source, view), `the character at ${at} of message ${index + 1}: ${source}`);
  }
}

/** An escape, or nothing where the log leaves out the start line. */
function standsFor(source: string, { text, from }: { text: string; from: number }): boolean {
  return ESCAPE.test(source) || (source === '' && text.startsWith('(no start line)', from));
}

function within(at: Span, message: SipMessage, what: string): void {
  const inside = Number.isInteger(at.from) && Number.isInteger(at.to) && at.from <= at.to;
  assert.ok(
    inside && at.from >= message.from && at.to <= message.to,
    `${what}: ${at.from}–${at.to} is not inside the message at ${message.from}–${message.to}`,
  );
}

/** Every problem has a place in the message it names, and a text that can be shown. */
export function problemsHold({ trace }: Reading, problems: readonly Problem[]): void {
  for (const problem of problems) {
    const { rule, from, to, messageIndex, message, related = [] } = problem;
    assert.ok(
      messageIndex !== null && messageIndex >= 1 && messageIndex <= trace.count,
      `${rule}: message ${messageIndex}`,
    );
    for (const place of [{ from, to, message: messageIndex }, ...related]) {
      const around = place.message === null ? { from: 0, to: trace.text.length } : trace.span(place.message - 1);
      const inside = Number.isInteger(place.from) && Number.isInteger(place.to) && place.from <= place.to;
      assert.ok(
        inside && place.from >= around.from && place.to <= around.to,
        `${rule}: ${place.from}–${place.to} is not in message ${place.message} at ${around.from}–${around.to}`,
      );
    }
    assert.ok(message.length > 0 && message.length <= LONGEST_MESSAGE, `${rule}: a message of ${message.length}`);
    assert.doesNotMatch(message, CONTROLS, `${rule}: a control character in ${JSON.stringify(message)}`);
    assert.doesNotMatch(message, /[\r\n]/, `${rule}: a line break in ${JSON.stringify(message)}`);
  }
}

function ladderHolds({ trace }: Reading, { rows, lanes, dialogs }: Ladder): void {
  assert.equal(rows.length, trace.count, 'one row a message');
  for (const row of rows) {
    assert.ok(lanes[row.from] && lanes[row.to], `lanes of message ${row.index}`);
    assert.ok(row.label.length > 0 && row.label.length <= LONGEST_LABEL, `a label of ${row.label.length}`);
    for (const shown of [row.label, row.summary, row.reason ?? '', row.method, ...row.captions]) assertPlain(shown);
  }
  for (const lane of lanes) {
    assert.ok(lane.label.length > 0 && lane.label.length <= LONGEST_LABEL, `a lane's label of ${lane.label.length}`);
    assertPlain(lane.label);
    assertPlain(lane.why);
  }
  for (const dialog of dialogs) for (const index of dialog.messages) assert.ok(rows[index - 1], 'a dialog’s message');
}

function assertPlain(shown: string): void {
  assert.ok(!CONTROLS.test(shown) && !/[\r\n]/.test(shown), `a control character in ${JSON.stringify(shown)}`);
}

const MERMAID =
  /^(?:Mermaid draws no more .*|Messages \d+ to \d+:|```(?:mermaid)?||sequenceDiagram| {2}autonumber(?: \d+)?| {2}participant p\d+ as \S.*| {2}Note over p\d+(?:,p\d+)?: .*| {2}p\d+(?:--x|-->>|->>)p\d+: .*)$/;

/** A line of a diagram as the PlantUML export writes it: text is letters, what has no meaning, and code points. */
const PLANTUML =
  /^(?:|@startuml|@enduml|title messages? \d+(?: to \d+)?|' PlantUML makes .*|(?:actor|control|participant) "(?:[^"<>*/_~[\]{}%$!#|=\\]|<U\+[\dA-F]+>)+" as p\d+|(?:note over p\d+(?:, p\d+)?|p\d+ (?:->|-->|-->x) p\d+) : (?:[^"<>*/_~[\]{}%$!#|=\\]|<U\+[\dA-F]+>)+)$/;

function exportHolds(format: string, ladder: Ladder, output: string): void {
  if (format === 'html') htmlHolds(ladder, output);
  else if (format === 'csv') csvHolds(ladder, output);
  else drawingHolds(format, ladder, output);
}

function drawingHolds(format: string, ladder: Ladder, output: string): void {
  assert.doesNotMatch(output, CONTROLS, `a control character in ${format}`);
  assert.doesNotMatch(output.replaceAll('\n', ''), /\r/, `a carriage return in ${format}`);
  if (format === 'text') return;
  assert.doesNotMatch(output, /<\/?script|<img|<iframe/i, `markup of the trace in ${format}`);
  if (format === 'svg') svgHolds(ladder, output);
  else if (format === 'mermaid') mermaidHolds(ladder, output);
  else plantumlHolds(ladder, output);
}

/** The page has a part for each message, and no markup or script but its own. */
function htmlHolds(ladder: Ladder, output: string): void {
  const own =
    /<\/?(?:!DOCTYPE|html|head|meta|title|style|body|header|h1|label|input|output|svg|defs|g|text|path|line|use|main|details|summary|span|pre|script)\b/g;
  assert.equal(output.match(/<[a-z!/]/gi)!.length, output.match(own)!.length, 'markup of the trace in html');
  assert.equal(output.split('<script').length, 2, 'scripts in html');
  assert.equal(output.split('<details ').length - 1, ladder.rows.length, 'messages in html');
}

function csvHolds(ladder: Ladder, output: string): void {
  const records = output.match(/(?:"(?:[^"]|"")*"|[^"\r\n])*\r\n/g) ?? [];
  assert.equal(records.join(''), output, 'csv is all records');
  assert.equal(records.length, ladder.rows.length + 1, 'records in csv');
}

function plantumlHolds(ladder: Ladder, output: string): void {
  const lines = output.trimEnd().split('\n');
  for (const line of lines) assert.match(line, PLANTUML);
  assert.equal(lines.filter((line) => /^p\d+ -/.test(line)).length, ladder.rows.length, 'arrows of the diagram');
}

function svgHolds(ladder: Ladder, output: string): void {
  const { problems } = parseXml(output);
  assert.deepEqual(problems, [], 'the svg is well-formed');
  assert.doesNotMatch(output, /<[^>]*\son\w+\s*=/i, 'an event handler in the svg');
  assert.equal(output.split('<text class="number"').length - 1, ladder.rows.length, 'arrows of the svg');
}

function mermaidHolds(ladder: Ladder, output: string): void {
  const lines = output.trimEnd().split('\n');
  for (const line of lines) assert.match(line, MERMAID);
  assert.equal(lines.filter((line) => /^ {2}p\d+-/.test(line)).length, ladder.rows.length, 'arrows of the diagram');
}

/** The page asks about everything that is there, and about what is not. */
async function pageHolds(reading: Reading, lint: Lint): Promise<void> {
  const lines = new LineMap(reading.trace.text);
  const open = openTrace(reading, lint, lines);
  const api = createTraceApi(async () => open);
  const ask = async (method: TraceCall['method'], ...args: unknown[]) =>
    structuredClone(await serve(api, { method, args } as unknown as TraceCall));
  const { count } = reading.trace;
  await ask('summary');
  const rows = (await ask('rows', 0, count)) as unknown[];
  assert.equal(rows.length, Math.min(count, 2000), 'rows on the page');
  for (const index of asked(count)) {
    assert.ok(JSON.stringify(await ask('message', index)).length < 20_000_000, 'the details of a message are bounded');
    const { start, end } = await api.range(index);
    assert.ok(start.line >= 0 && start.character >= 0 && end.line >= start.line, 'a range');
    assert.equal(await api.messageAt(start.line, start.character), index, 'the message at its own start');
  }
  await ask('search', 'sip', 1, 1);
  rosterHolds((await ask('roster', 0)) as RosterTimeline, count);
  for (const index of [0, count + 1, Number.NaN, -1]) await assert.rejects(api.message(index), /There is no message/);
}

function rosterHolds({ marks, users }: RosterTimeline, count: number): void {
  for (const { message, changes } of marks) {
    assert.ok(message >= 1 && message <= count, 'a notification of the roster');
    for (const change of changes)
      assert.ok(change.length < LONGEST_MESSAGE && !CONTROLS.test(change), 'a change in words');
  }
  for (const { label, spans, events } of users) {
    assert.ok(label.length < LONGEST_LABEL && !CONTROLS.test(label), 'the label of a user');
    let last = 0;
    for (const { from, to } of spans) {
      assert.ok(from >= last && to > from && to <= marks.length, 'spans follow each other');
      last = to;
    }
    for (const { at } of events) assert.ok(at >= 0 && at < marks.length, 'an event at a notification');
  }
}

/** The first messages, the last, and some between. */
function asked(count: number): number[] {
  const some = Array.from({ length: Math.min(count, 40) }, (_, at) => at + 1);
  return count > 40 ? [...some, Math.ceil(count / 2), count] : some;
}

function openTrace(reading: Reading, { problems, profiles }: Lint, lines: LineMap): OpenTrace {
  const starts: number[] = [];
  for (let index = 0; index < reading.trace.count; index++) starts.push(reading.trace.span(index).from);
  const offsets = new Map(starts.map((from) => [keyOf(lines.position(from)), from]));
  return {
    reading,
    problems,
    profiles,
    revision: 1,
    title: 'trace.sip',
    lines,
    offsetAt: (line, character) => offsets.get(keyOf({ line, character })) ?? 0,
    notices: [],
  };
}

function keyOf({ line, character }: { line: number; character: number }): string {
  return `${line}:${character}`;
}
