import { sentence } from './base/quote.ts';
import type { Problem, Profile, Related, Severity, Span } from './base/text.ts';
import { rulesForCall } from './callSieve.ts';
import type { Call, FlowMessage } from './flow/call.ts';
import { readCall, xmlOf } from './flow/calls.ts';
import { type Notice, noticesOf } from './flow/notices.ts';
import { detectProfiles, type Marks, marksReader } from './profile.ts';
import type { Reading } from './reading.ts';
import type { CallReport, Report, Rule } from './rules/rule.ts';
import { guarded, type LintOptions, severityOf } from './severity.ts';
import { Sieve } from './sieve.ts';
import { hasMarks, unsilenced } from './silencing.ts';
import type { SipMessage } from './sip/message.ts';
import { isWithheldNear } from './sip/withheld.ts';
import type { Columns } from './trace/columns.ts';
import type { Edit } from './trace/reread.ts';
import type { MessageView, TextTrace } from './trace/text.ts';
import { type CheckedTrace, checkTrace, type TraceFinding } from './traceChecks.ts';
import { checkBodies } from './xmlChecks.ts';

/** What the checks found in a trace. */
export interface Lint {
  /** In the order of their places. */
  readonly problems: readonly Problem[];
  readonly profiles: readonly Profile[];
  /** What the next run may reuse. */
  readonly memory: Memory;
}

/** A finding with offsets from the start of its message, so that it stays true when the message moves. */
interface Finding extends Span {
  readonly rule: Rule;
  readonly text: string;
  readonly cap: Severity | undefined;
  /** Zero-based message it is about. */
  readonly index: number;
  readonly related: readonly (Span & { readonly index: number; readonly text: string })[];
}

/** What was found in one message; it stays the same object when the message only moves. */
interface Checked {
  /** What the rules knew besides the message's text. */
  readonly around: Surroundings;
  /** Stands for the message's text. */
  readonly key: object;
  readonly findings: readonly Finding[];
  /** Undefined where nobody asked. */
  readonly marks: Marks | undefined;
  readonly notices: readonly Noticed[];
}

/** What a run knows of a message before its rules are asked. */
interface Run extends Pick<Checked, 'marks'> {
  readonly profiles: readonly Profile[];
  readonly sieve: Sieve;
  /** What was found before in the message that had its number. */
  readonly former: Checked | undefined;
}

/** How a message stands to those before it. */
interface Surroundings {
  /** It was sent before, and is not judged again. */
  readonly repeated: boolean;
  /** It is a response to a request of the trace. */
  readonly answers: boolean;
}

/** What is remembered of a message for the rules about the trace, and where it stands, from the start of the message. */
interface Noticed {
  readonly of: Notice;
  readonly at: Span;
}

/** The results of the parts of a trace, each tied to the object that stands for its unchanged text. A run that was stopped leaves gaps. */
export interface Memory {
  readonly verdicts: boolean;
  readonly profiles: readonly Profile[];
  /** Where the messages stood. */
  readonly columns: Columns;
  readonly messages: readonly (Checked | undefined)[];
  readonly calls: ReadonlyMap<object, CheckedCall>;
  /** Undefined where the run did not come so far. */
  trace?: CheckedTrace;
  /** Whether comments may turn checks off. */
  readonly mayBeSilenced: boolean;
}

interface CheckedCall {
  readonly members: readonly object[];
  readonly indices: readonly number[];
  /** What the check knew besides the messages. */
  readonly around: readonly (number | boolean | null)[];
  readonly findings: readonly Finding[];
}

const PER_MESSAGE = 20;
const PER_RULE = 3;

/**
 * Checks a trace, a message or a call at a time: the caller may do other things between two steps, or stop. With the memory of the
 * run before and the edit since, only what the edit touched is checked again; each step gives the memory so far. A rule that throws is left out for that message.
 * @param verdicts whether the schemas are loaded: results from before are not reused then
 */
export function* lintSteps(
  reading: Reading,
  options: LintOptions,
  verdicts: boolean,
  before?: { memory: Memory; edit: Edit | null },
): Generator<Memory, Lint> {
  const known = before?.memory.verdicts === verdicts ? matchMessages(reading, before.memory, before.edit) : [];
  const marks: (Marks | undefined)[] = known.map((message) => message?.marks);
  const profiles = profilesOf(reading, options, marks);
  const memory = before && equal(before.memory.profiles, profiles) ? before.memory : undefined;
  const messages: Checked[] = [];
  const sieve = new Sieve();
  const calls: Map<object, CheckedCall> = new Map();
  const mayBeSilenced = hasMarks(reading.trace.text, before && { had: before.memory.mayBeSilenced, edit: before.edit });
  const { columns } = reading.trace;
  const progress: Memory = { verdicts, profiles, columns, messages, calls, mayBeSilenced };
  const { starts, order } = reading.calls;
  for (let number = 0; number < starts.length - 1; number++) {
    const indices = [...order.subarray(starts[number]!, starts[number + 1]!)];
    for (const index of indices) {
      const around = surroundings(reading, index);
      const same = memory && known[index]?.around === around ? known[index] : undefined;
      messages[index] = same
        ? moved(same, index)
        : checkMessage(reading, index, around, {
            ...{ profiles, sieve, marks: marks[index], former: memory?.messages[index] },
          });
      if (!same) yield progress;
    }
    if (number > 0 && indices.length > 0 && checkMembers(reading, indices, messages, calls, memory?.calls))
      yield progress;
    for (const index of indices) reading.trace.forget(index);
  }
  // In plain loops: this is done anew after each edit, with all that was found.
  const findings: Finding[] = [];
  const notices: Notice[] = [];
  for (const part of messages) {
    for (const finding of part.findings) findings.push(finding);
    for (const { of } of part.notices) notices.push(of);
  }
  for (const part of calls.values()) for (const finding of part.findings) findings.push(finding);
  if (!reading.isPart) {
    progress.trace = checkTrace(notices, memory?.trace);
    for (const found of progress.trace.found.values())
      for (const finding of found) findings.push(placed(finding, messages));
  }
  const problems = toProblems(reading, findings, profiles, options);
  return { problems: mayBeSilenced ? unsilenced(problems, reading.trace) : problems, profiles, memory: progress };
}

/** The profiles the user chose, or those that the marks of the messages tell; marks of unchanged messages are known, the others are noted. */
function profilesOf({ trace }: Reading, options: LintOptions, marks: (Marks | undefined)[]): readonly Profile[] {
  if (options.profile !== 'auto') return [options.profile];
  if (options.detected) return options.detected;
  return detectProfiles(allMarks(trace, marks), trace.columns.time !== null, trace.format === 'flattened');
}

function* allMarks(trace: TextTrace, marks: (Marks | undefined)[]): Generator<Marks> {
  const read = marksReader(trace);
  for (let index = 0; index < trace.count; index++) yield (marks[index] ??= read(index));
}

/** For each message the result of before, if the edit did not touch it: it has the same place but for the shift. */
function matchMessages({ trace }: Reading, { messages, columns }: Memory, edit: Edit | null): (Checked | undefined)[] {
  const { start, length } = trace.columns;
  let numbers: Map<number, number> | undefined;
  return Array.from({ length: trace.count }, (_, index) => {
    const from = start[index]!;
    const to = from + length[index]!;
    if (edit && from <= edit.newTo && to >= edit.from) return undefined;
    const before = edit && from >= edit.newTo ? from - edit.newTo + edit.oldTo : from;
    const isInPlace = index < columns.count && columns.start[index] === before;
    const number = isInPlace ? index : (numbers ??= byStart(columns)).get(before);
    return number !== undefined && columns.length[number] === length[index] ? messages[number] : undefined;
  });
}

function byStart({ start, count }: Columns): Map<number, number> {
  return new Map(Array.from({ length: count }, (_, index) => [start[index]!, index]));
}

function moved(known: Checked, index: number): Checked {
  if ((known.findings[0]?.index ?? index) === index && (known.notices[0]?.of.index ?? index) === index) return known;
  const findings = known.findings.map((finding) => {
    const related = finding.related.map((other) => ({ ...other, index }));
    return { ...finding, index, related };
  });
  const notices = known.notices.map((notice) => ({ ...notice, of: { ...notice.of, index } }));
  return { ...known, findings, notices };
}

function checkMessage(
  reading: Reading,
  index: number,
  around: Surroundings,
  { profiles, sieve, marks, former }: Run,
): Checked {
  const { repeated, answers } = around;
  const { trace } = reading;
  const view = trace.view(index);
  const message = trace.message(index);
  const place = trace.span(index);
  const findings: Finding[] = [];
  const context = { profiles, answers, reflowed: view.reflowed };
  for (const rule of repeated || trace.isOutline(index) ? [] : sieve.rulesFor(message, context)) {
    let said = 0;
    const report: Report = (at, text, cap) => {
      if (said >= PER_RULE || isAboutWithheld(rule, message, at, profiles)) return;
      said++;
      findings.push({ rule, text, cap, index, related: [], ...relative(view, place, at) });
    };
    guarded(() => rule.check(message, report, context));
  }
  if (!repeated && message.kind !== 'unknown')
    findings.push(...checkXml(message, index, (at) => relative(view, place, at)));
  const notices = noticesOf(index, message, xmlOf(message)).map((notice, number) => {
    const old = former?.notices[number]?.of;
    return { of: old && isSame(old, notice) ? old : notice, at: relative(view, place, notice.at) };
  });
  return {
    key: {},
    around,
    findings: findings.slice(0, PER_MESSAGE),
    marks,
    notices,
  };
}

/** Whether two notices say the same, wherever that stands: the rules about the trace need not be asked again then. */
function isSame(one: Notice, other: Notice): boolean {
  const told = (notice: Notice) => JSON.stringify({ ...notice, at: null });
  return told(one) === told(other);
}

/** Groups of rules about what stands on one line. */
const OF_LINES: readonly string[] = ['header-syntax', 'header-values', 'uris', 'sdp'];

/** Whether a finding is about a line of which something was taken out before the trace was shown: `value-withheld` tells that. */
function isAboutWithheld(rule: Rule, message: SipMessage, at: Span, profiles: readonly Profile[]): boolean {
  if (profiles.includes('strict') || !OF_LINES.includes(rule.group) || rule.id === 'value-withheld') return false;
  return isWithheldNear(message, at);
}

/** What the rules about documents find in the XML bodies of a message. */
function checkXml(message: SipMessage, index: number, place: (at: Span) => Span): Finding[] {
  return checkBodies(message, PER_RULE).map(({ rule, text, cap, at, related }) => ({
    ...{ rule, text, cap, index, ...place(at) },
    related: related.map((other) => ({ index, text: other.text, ...place(other.at) })),
  }));
}

const SURROUNDINGS: readonly Surroundings[] = [0, 1, 2, 3].map((bits) => ({
  repeated: (bits & 1) !== 0,
  answers: (bits & 2) !== 0,
}));

function surroundings({ flow: { transactions } }: Reading, index: number): Surroundings {
  const { retransmissionOf, respondsTo } = transactions;
  return SURROUNDINGS[(retransmissionOf[index] ? 1 : 0) | (respondsTo[index] ? 2 : 0)]!;
}

function relative(view: MessageView, place: Span, at: Span): Span {
  const source = view.toSource(at);
  return { from: source.from - place.from, to: source.to - place.from };
}

/** Checks the messages of one Call-ID together, unless all of them are as they were. Tells whether there was something to do. */
function checkMembers(
  reading: Reading,
  indices: readonly number[],
  messages: readonly Checked[],
  calls: Map<object, CheckedCall>,
  before: Memory['calls'] | undefined,
): boolean {
  const members = indices.map((index) => messages[index]!.key);
  const around = aroundCall(reading, indices);
  const known = before?.get(members[0]!);
  const same = known !== undefined && equal(known.members, members) && equal(known.indices, indices);
  const valid = same && equal(known.around, around);
  calls.set(members[0]!, valid ? known : { members, indices, around, findings: checkCall(reading, indices) });
  return !valid;
}

/** What the rules about a call may ask besides its messages: facts of the trace, and times, which stand before the messages. */
function aroundCall({ trace, facts }: Reading, indices: readonly number[]): (number | boolean | null)[] {
  const times = facts.timed ? indices.map((index) => trace.columns.timeOf(index)) : [];
  const last = indices.at(-1)!;
  return [facts.traceHasWholeDialogs, facts.behind(last), facts.timed ? facts.until(last) : null, ...times];
}

function equal<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

function checkCall(reading: Reading, indices: readonly number[]): Finding[] {
  if (indices.some((index) => reading.trace.isOutline(index))) return [];
  const call: Call = readCall(reading.trace, reading.flow, reading.facts, indices);
  const place = (where: FlowMessage, at: Span) =>
    relative(reading.trace.view(where.index), reading.trace.span(where.index), at);
  const findings: Finding[] = [];
  for (const rule of rulesForCall(call)) {
    const said = new Map<number, number>();
    const report: CallReport = (where, at, text, related = []) => {
      const count = said.get(where.index) ?? 0;
      said.set(where.index, count + 1);
      if (count >= PER_RULE) return;
      const others = related.map((other) => ({
        index: other.in.index,
        text: other.text,
        ...place(other.in, other.at),
      }));
      findings.push({ rule, text, cap: undefined, index: where.index, related: others, ...place(where, at) });
    };
    guarded(() => rule.check(call, report));
  }
  return findings;
}

function placed({ rule, notice, text, related }: TraceFinding, messages: readonly Checked[]): Finding {
  const place = (of: Notice) => ({
    index: of.index,
    ...messages[of.index]!.notices.find((noticed) => noticed.of === of)!.at,
  });
  const others = related.map((other) => ({ text: other.text, ...place(other.notice) }));
  return { rule, text, cap: undefined, related: others, ...place(notice) };
}

function toProblems(
  { trace }: Reading,
  findings: readonly Finding[],
  profiles: readonly Profile[],
  options: LintOptions,
): Problem[] {
  const problems: Problem[] = [];
  for (const finding of findings) {
    const severity = severityOf(finding.rule, profiles, options, finding.cap);
    if (severity === 'off') continue;
    const start = trace.columns.start[finding.index]!;
    problems.push({
      rule: finding.rule.id,
      severity,
      message: sentence(finding.text),
      from: start + finding.from,
      to: start + finding.to,
      messageIndex: finding.index + 1,
      spec: finding.rule.spec,
      related: finding.related.map((other): Related => {
        const base = trace.columns.start[other.index]!;
        return { from: base + other.from, to: base + other.to, message: other.index + 1, text: sentence(other.text) };
      }),
    });
  }
  return problems.sort((a, b) => a.from - b.from || a.to - b.to);
}
