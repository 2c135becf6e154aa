import { sentence } from './base/quote.ts';
import type { Problem, Profile, Related, Severity, Span } from './base/text.ts';
import { rulesForCall } from './callSieve.ts';
import type { Call, FlowMessage } from './flow/call.ts';
import { readCall, xmlOf } from './flow/calls.ts';
import { type Notice, noticesOf, sortNotices } from './flow/notices.ts';
import { detectProfiles, type Marks, marksReader } from './profile.ts';
import type { Reading } from './reading.ts';
import { allRules } from './rules/all.ts';
import type { CallReport, Report, Rule, TraceReport, TraceRule } from './rules/rule.ts';
import { guarded, type LintOptions, severityOf } from './severity.ts';
import { Sieve } from './sieve.ts';
import { unsilenced } from './silencing.ts';
import type { SipMessage } from './sip/message.ts';
import { isWithheldNear } from './sip/withheld.ts';
import type { Edit } from './trace/reread.ts';
import type { MessageView, TextTrace } from './trace/text.ts';
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

interface Checked extends Span {
  /** What the rules knew besides the message's text. */
  readonly around: Surroundings;
  /** Stands for the message's text: stays the same object when the message only moves. */
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
  readonly messages: readonly (Checked | undefined)[];
  readonly calls: ReadonlyMap<object, CheckedCall>;
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

const traceRules = allRules.filter((rule): rule is TraceRule => rule.scope === 'trace');

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
  const progress: Memory = { verdicts, profiles, messages, calls };
  const { starts, order } = reading.calls;
  for (let number = 0; number < starts.length - 1; number++) {
    const indices = [...order.subarray(starts[number]!, starts[number + 1]!)];
    for (const index of indices) {
      const around = surroundings(reading, index);
      const same = memory && isUnder(around, known[index]) ? known[index] : undefined;
      messages[index] = same
        ? moved(same, reading.trace.span(index), index)
        : checkMessage(reading, index, { ...around, profiles, sieve, marks: marks[index] });
      if (!same) yield progress;
    }
    if (number > 0 && indices.length > 0 && checkMembers(reading, indices, messages, calls, memory?.calls))
      yield progress;
    for (const index of indices) reading.trace.forget(index);
  }
  const own = [...messages, ...calls.values()].flatMap((part) => part.findings);
  const findings = reading.isPart ? own : [...own, ...checkTrace(messages)];
  const problems = unsilenced(toProblems(reading, findings, profiles, options), reading.trace);
  return { problems, profiles, memory: progress };
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
function matchMessages({ trace }: Reading, memory: Memory, edit: Edit | null): (Checked | undefined)[] {
  const byStart = new Map<number, Checked>();
  for (const message of memory.messages) if (message) byStart.set(message.from, message);
  return Array.from({ length: trace.count }, (_, index) => {
    const place = trace.span(index);
    const shift = edit && place.from >= edit.newTo ? edit.newTo - edit.oldTo : 0;
    const known = byStart.get(place.from - shift);
    if (!known || known.to - known.from !== place.to - place.from) return undefined;
    return edit && place.from <= edit.newTo && place.to >= edit.from ? undefined : known;
  });
}

function moved(known: Checked, place: Span, index: number): Checked {
  const settled = (known.findings[0]?.index ?? index) === index && (known.notices[0]?.of.index ?? index) === index;
  if (known.from === place.from && settled) return known;
  const findings = known.findings.map((finding) => {
    const related = finding.related.map((other) => ({ ...other, index }));
    return { ...finding, index, related };
  });
  const notices = known.notices.map((notice) => ({ ...notice, of: { ...notice.of, index } }));
  return { ...known, ...place, findings, notices };
}

function checkMessage(
  reading: Reading,
  index: number,
  { repeated, answers, profiles, sieve, marks }: Surroundings & Run,
): Checked {
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
  const notices = noticesOf(index, message, xmlOf(message));
  return {
    ...place,
    key: {},
    around: { repeated, answers },
    findings: findings.slice(0, PER_MESSAGE),
    marks,
    notices: notices.map((notice) => ({ of: notice, at: relative(view, place, notice.at) })),
  };
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

function surroundings({ flow: { transactions } }: Reading, index: number): Surroundings {
  return { repeated: transactions.retransmissionOf[index] !== 0, answers: transactions.respondsTo[index] !== 0 };
}

function isUnder({ repeated, answers }: Surroundings, known: Checked | undefined): boolean {
  return known?.around.repeated === repeated && known.around.answers === answers;
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

function checkTrace(messages: readonly Checked[]): Finding[] {
  const places = new Map(messages.flatMap(({ notices }) => notices.map(({ of, at }) => [of, at] as const)));
  const notices = sortNotices([...places.keys()]);
  const findings: Finding[] = [];
  for (const rule of traceRules) {
    const report: TraceReport = (notice, text, related = []) => {
      const others = related.map((other) => {
        const { index } = other.notice;
        return { index, text: other.text, ...places.get(other.notice)! };
      });
      findings.push({ rule, text, cap: undefined, index: notice.index, related: others, ...places.get(notice)! });
    };
    guarded(() => rule.check(notices, report));
  }
  return findings;
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
