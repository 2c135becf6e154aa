import { CONTEXTS, type Context, stagesOf, testOf, widen } from '../engine/filter/filter.ts';
import type { Stage, Subject } from '../engine/filter/key.ts';
import { type Filter, parseFilter } from '../engine/filter/parse.ts';
import { TextTrace } from '../engine/trace/text.ts';
import type { Calls } from './calls/calls.ts';
import type { LongAnswer, Looking } from './longAnswer.ts';
import type { FilterAnswer, Scope } from './protocol.ts';
import { breath } from './slices.ts';
import { numbers, type ViewedTrace } from './viewed.ts';

/** So much of a message is looked through. */
const LOOKED_THROUGH = 4 * 1024 * 1024;
/** So many are looked at at once. */
const BATCH = 500;

/** The messages that a filter leaves, with what belongs to them, as far as they are known soon; asked again it goes on. */
export async function filtered(
  trace: ViewedTrace,
  { filter: text, context }: Scope,
  running: LongAnswer<readonly number[]>,
  calls: Calls<ViewedTrace>,
): Promise<FilterAnswer> {
  const { filter, problems } = parseFilter(text);
  const [problem] = problems;
  if (problem) return { messages: null, problem, progress: null };
  if (filter.terms.length === 0) return { messages: null, problem: null, progress: null };
  const { value, progress } = await running.ask(text, trace.state, (looking) => look(trace, filter, looking));
  const linking = context === 'call' ? (await calls.look(trace)).progress : null;
  const messages = numbersOf(await withContext(trace, value, context, calls));
  return { messages, problem: null, progress: progress ?? linking };
}

/** The messages of a scope: 1 for each (zero-based). Throws, in a sentence, where its filter cannot be read. */
export async function messagesOf(
  trace: ViewedTrace,
  { filter: text, context, call }: Scope,
  calls: Calls<ViewedTrace>,
): Promise<Uint8Array> {
  const { filter, problems } = parseFilter(String(text));
  if (problems[0]) throw new Error(`The filter cannot be read: ${problems[0].message}.`);
  if (call || context === 'call') await calls.linked(trace);
  const found = await look(trace, filter, { isGivenUp: () => false, tell() {} });
  const fits = await withContext(trace, found, context, calls);
  if (!call) return fits;
  const both = new Uint8Array(fits.length);
  for (const index of await calls.messagesOf(trace, call)) both[index] = fits[index]!;
  return both;
}

async function withContext(
  trace: ViewedTrace,
  messages: readonly number[],
  context: Context,
  calls: Calls<ViewedTrace>,
): Promise<Uint8Array> {
  const fits = new Uint8Array(trace.columns.count);
  for (const number of messages) fits[number - 1] = 1;
  const around = CONTEXTS.find((one) => one === context) ?? 'message';
  if (around === 'call') widen(fits, subjectOf(trace), { callOf: await calls.callOf(trace) });
  else if (around !== 'message') widen(fits, subjectOf(trace), around);
  return fits;
}

function numbersOf(fits: Uint8Array): number[] {
  const messages: number[] = [];
  for (let index = 0; index < fits.length; index++) if (fits[index]) messages.push(index + 1);
  return messages;
}

/** What columns tell is asked of all messages first; then the rest of those that are left, part by part. Gives one-based numbers. */
async function look(trace: ViewedTrace, filter: Filter, looking: Looking<readonly number[]>): Promise<number[]> {
  const stages = stagesOf(filter);
  const first = stages[0]?.stage === 'columns' ? stages.shift() : undefined;
  const subject = subjectOf(trace);
  let left = numbers(0, trace.columns.count);
  if (first) left = left.filter(testOf(first.terms, subject));
  if (stages.length === 0) return left.map((index) => index + 1);
  const found: number[] = [];
  for (let at = 0; at < left.length && !looking.isGivenUp(); at += BATCH) {
    let part = left.slice(at, at + BATCH);
    for (const { stage, terms } of stages)
      if (part.length > 0) part = part.filter(testOf(terms, await withMore(subject, trace, stage, part, looking)));
    for (const index of part) found.push(index + 1);
    looking.tell((at + BATCH) / left.length, found);
    await breath();
  }
  return found;
}

/** What a filter asks of columns alone. */
export function subjectOf({ built, told, flow }: ViewedTrace): Subject {
  return { trace: new TextTrace('', built, told), flow, problems: new Map() };
}

/** The same for some messages, of which what a stage asks for is at hand. */
async function withMore(
  subject: Subject,
  trace: ViewedTrace,
  stage: Stage,
  indices: readonly number[],
  { isGivenUp }: Looking<unknown>,
): Promise<Subject> {
  if (stage === 'checks') return { ...subject, problems: await trace.found(indices, isGivenUp) };
  const loaded = await trace.load(indices, LOOKED_THROUGH);
  const { count, columns, built } = subject.trace;
  return {
    ...subject,
    trace: {
      ...{ count, columns, built },
      method: (index) => loaded.method(index),
      way: (index) => loaded.way(index),
      message: (index) => loaded.message(index),
    },
  };
}
