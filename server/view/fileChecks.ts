import type { Problem, Profile } from '../engine/base/text.ts';
import { type LintOptions, lintSteps, loadSchemasFor, type Memory, type Reading } from '../engine/engine.ts';
import { loadMessages } from '../engine/indexed/load.ts';
import type { Indexed, Snapshot } from '../engine/indexed/snapshot.ts';
import { detectProfiles, marksReader } from '../engine/profile.ts';
import { findingsOf } from '../engine/selection.ts';
import { inSlices } from './slices.ts';
import { bytesOf, type Findings, numbers } from './viewed.ts';

const MEGABYTE = 1024 * 1024;
/** A file that is no larger is checked as a whole, as a document is. */
const WHOLE_BYTES = 8 * MEGABYTE;
/** Of a larger one whole calls are checked, so many messages and bytes at once; of a longer call single messages. */
const MOST_OF_CALL = 2000;
const BATCH = 300;
const BATCH_BYTES = 4 * MEGABYTE;
/** The profiles of a file are told by so many of its messages. */
const SAMPLE = 500;
/** Rows wait for the checks of a large file for so short a time that a usual slice would be most of it. */
const SLICE_MS = 5;
/** What was found is forgotten when so many messages are known. */
const MOST_KNOWN = 200_000;

/** What was known when a call was checked: it holds as long as that is the same. */
interface CheckedCall {
  readonly members: number;
  readonly behind: number;
}

/**
 * The checks of a file that is read by ranges: the whole of a small one, of a large one the calls that somebody asks for. What was found is kept by the
 * places of the messages in the file, which stay when it grows.
 */
export class FileChecks {
  private readonly options: LintOptions;
  private readonly wholeBytes: number;
  private readonly byStart = new Map<number, readonly Problem[]>();
  private readonly calls = new Map<number, CheckedCall>();
  private readonly alone = new Set<number>();
  private sampled: { readonly count: number; readonly profiles: readonly Profile[] } | null = null;
  private whole: { readonly snapshot: Snapshot; readonly found: Promise<Findings | null> } | null = null;
  /** Where the messages begin that were checked as parts of the whole. */
  private partsOfWhole: ReadonlySet<number> = new Set();
  private reached: { readonly text: string; readonly memory: Memory } | null = null;

  /** @param wholeBytes a file with messages of no more octets is checked as a whole */
  constructor(options: LintOptions, wholeBytes = WHOLE_BYTES) {
    this.options = options;
    this.wholeBytes = wholeBytes;
  }

  /** The profiles by which it is judged. */
  async profiles(of: Indexed): Promise<readonly Profile[]> {
    if (this.options.profile !== 'auto') return [this.options.profile];
    const { count } = of.snapshot.columns;
    if (!this.sampled || (this.sampled.count < SAMPLE && count > this.sampled.count))
      this.sampled = { count, profiles: await profilesOf(of) };
    return this.sampled.profiles;
  }

  /** What is found in messages (zero-based), by one-based number; as far as it is known where it was given up. */
  async found(of: Indexed, indices: readonly number[], isGivenUp = () => false): Promise<Findings> {
    if (bytesOf(of.snapshot) <= this.wholeBytes) return (await this.foundInWhole(of)) ?? this.known(of, indices);
    for (const { calls, members } of this.unchecked(of, indices)) {
      if (isGivenUp()) break;
      await this.check(of, calls, members);
    }
    return this.known(of, indices);
  }

  /** What is known of messages without checking any. */
  known({ snapshot: { columns } }: Indexed, indices: readonly number[]): Findings {
    const found = new Map<number, readonly Problem[]>();
    for (const index of indices) {
      const problems = this.byStart.get(columns.start[index]!);
      if (problems) found.set(index + 1, problems);
    }
    return found;
  }

  /** What is known of one message (zero-based); null where it was not checked yet. */
  knownIn({ snapshot }: Indexed, index: number): readonly Problem[] | null {
    const start = snapshot.columns.start[index]!;
    const isChecked = this.partsOfWhole.has(start) || this.alone.has(start) || this.isInCheckedCall(snapshot, index);
    return this.byStart.get(start) ?? (isChecked ? [] : null);
  }

  /** What a call got since it was checked was not looked at. */
  private isInCheckedCall({ columns, calls: { starts } }: Snapshot, index: number): boolean {
    const call = columns.call[index]!;
    const known = this.calls.get(call);
    return known !== undefined && known.members === starts[call + 1]! - starts[call]!;
  }

  /** Everything that is known, by numbers that only tell messages apart. */
  all(): Findings {
    return this.byStart;
  }

  private foundInWhole(of: Indexed): Promise<Findings | null> {
    if (this.whole?.snapshot !== of.snapshot) this.whole = { snapshot: of.snapshot, found: this.checkWhole(of) };
    return this.whole.found;
  }

  /** Null where a later snapshot has come meanwhile. */
  private async checkWhole(of: Indexed): Promise<Findings | null> {
    const { columns } = of.snapshot;
    const { reading } = await loadMessages(of.source, of.snapshot, numbers(0, columns.count), Number.POSITIVE_INFINITY);
    const { text } = reading.trace;
    const before = this.reached && text.startsWith(this.reached.text) ? this.reached : null;
    const from = before?.text.length ?? 0;
    const reuse = before && { memory: before.memory, edit: { from, oldTo: from, newTo: text.length } };
    const steps = lintSteps(reading, this.options, await loadSchemasFor(reading), reuse ?? undefined);
    const lint = await inSlices(steps, () => this.whole?.snapshot !== of.snapshot);
    if (!lint) return null;
    this.reached = { text, memory: lint.memory };
    this.sampled = { count: SAMPLE, profiles: lint.profiles };
    this.byStart.clear();
    this.partsOfWhole = new Set(columns.start.subarray(0, columns.count));
    const found = findingsOf(lint.problems);
    for (const [number, problems] of found) this.byStart.set(columns.start[number - 1]!, problems);
    return found;
  }

  /** What is to be checked for messages, in parts: whole calls where they are not too long. */
  private unchecked({ snapshot }: Indexed, indices: readonly number[]): { calls: number[]; members: number[] }[] {
    const { columns, facts } = snapshot;
    const { starts, order } = snapshot.calls;
    const parts: { calls: number[]; members: number[]; bytes: number }[] = [];
    const add = (call: number, members: readonly number[]) => {
      const last = parts.at(-1);
      const bytes = bytesOf(snapshot, members);
      const isFull = !last || last.members.length + members.length > BATCH || last.bytes + bytes > BATCH_BYTES;
      const part = isFull ? { calls: [], members: [], bytes: 0 } : last;
      if (isFull) parts.push(part);
      if (call > 0) part.calls.push(call);
      part.members.push(...members);
      part.bytes += bytes;
    };
    const seen = new Set<number>();
    for (const index of indices) {
      const call = columns.call[index]!;
      const members = call > 0 ? [...order.subarray(starts[call]!, starts[call + 1]!)] : [];
      const isCall = members.length > 0 && members.length <= MOST_OF_CALL && bytesOf(snapshot, members) <= BATCH_BYTES;
      if (!isCall && !this.alone.has(columns.start[index]!)) add(0, [index]);
      if (!isCall || seen.has(call)) continue;
      seen.add(call);
      const known = this.calls.get(call);
      if (known?.members !== members.length || known.behind !== facts.behind(members.at(-1)!)) add(call, members);
    }
    return parts;
  }

  private async check(of: Indexed, calls: readonly number[], members: readonly number[]): Promise<void> {
    const { snapshot } = of;
    const { columns, facts } = snapshot;
    const detected = await this.profiles(of);
    const loaded = await loadMessages(of.source, snapshot, members, BATCH_BYTES);
    const problems = await this.problemsIn({ ...loaded.reading, isPart: true }, detected);
    if (this.calls.size + this.alone.size > MOST_KNOWN) {
      for (const known of [this.calls, this.alone, this.byStart]) known.clear();
      this.partsOfWhole = new Set();
    }
    for (const index of members) this.byStart.delete(columns.start[index]!);
    for (const [number, found] of findingsOf(problems)) {
      const index = loaded.indices[number - 1]!;
      const own = found.map((problem) => ({ ...problem, messageIndex: index + 1 }));
      this.byStart.set(columns.start[index]!, own);
    }
    const whole = new Set(calls);
    for (const index of members) if (!whole.has(columns.call[index]!)) this.alone.add(columns.start[index]!);
    const { starts, order } = snapshot.calls;
    for (const call of calls) {
      const last = order[starts[call + 1]! - 1]!;
      this.calls.set(call, { members: starts[call + 1]! - starts[call]!, behind: facts.behind(last) });
    }
  }

  private async problemsIn(reading: Reading, detected: readonly Profile[]): Promise<readonly Problem[]> {
    const steps = lintSteps(reading, { ...this.options, detected }, await loadSchemasFor(reading));
    return (await inSlices(steps, () => false, undefined, SLICE_MS))?.problems ?? [];
  }
}

/** Half of the sample are the first messages, half lie all over the file. */
async function profilesOf({ source, snapshot }: Indexed): Promise<readonly Profile[]> {
  const { columns, format } = snapshot;
  const first = Math.min(columns.count, SAMPLE / 2);
  const stride = Math.max(1, Math.floor((columns.count - first) / (SAMPLE / 2)));
  const sample = numbers(0, first);
  for (let index = first; index < columns.count; index += stride) sample.push(index);
  const { reading } = await loadMessages(source, snapshot, sample, 64 * 1024);
  const marks = numbers(0, reading.trace.count).map(marksReader(reading.trace));
  return detectProfiles(marks, columns.time !== null, format === 'flattened');
}
