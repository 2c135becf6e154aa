import { type Instruction, PatternFault, programOf } from './patternProgram.ts';

/** A regular expression that is matched in time linear in the text, whatever it is. */
export interface Pattern {
  /** Whether it matches somewhere between two offsets. */
  test(text: string, from?: number, to?: number): boolean;
}

/**
 * Reads a regular expression: alternatives, groups, classes, `. * + ? {m,n} ^ $ \b \d \s \w` and escapes; the case of letters does not matter,
 * `^` and `$` stand for the ends of lines. Back references and looking around cannot be matched in linear time: they are refused, in a sentence.
 */
export function readPattern(source: string): Pattern | string {
  try {
    const program = programOf(source);
    return { test: (text, from = 0, to = text.length) => runs(program, text, from, to) };
  } catch (error) {
    if (error instanceof PatternFault) return error.message;
    throw error;
  }
}

/** The instructions at which the expression stands, each once. */
class Threads {
  count = 0;
  readonly list: Int32Array;
  private readonly marks: Int32Array;
  private round = 0;

  constructor(size: number) {
    this.list = new Int32Array(size);
    this.marks = new Int32Array(size);
  }

  clear(): void {
    this.count = 0;
    this.round++;
  }

  /** Gives whether it is new. */
  add(at: number): boolean {
    if (this.marks[at] === this.round) return false;
    this.marks[at] = this.round;
    this.list[this.count++] = at;
    return true;
  }
}

/** All ways through the program at once (Thompson's construction): each character costs no more than the program has instructions. */
function runs(program: readonly Instruction[], text: string, from: number, to: number): boolean {
  let now = new Threads(program.length);
  let next = new Threads(program.length);
  const open: number[] = [];
  let matched = false;
  const enter = (into: Threads, start: number, at: number) => {
    open.push(start);
    while (open.length > 0) {
      const place = open.pop()!;
      if (!into.add(place)) continue;
      const step = program[place]!;
      if (step.kind === 'match') matched = true;
      else if (step.kind === 'split') open.push(step.other, step.next);
      else if (step.kind === 'assert' && step.holds(text, at, from, to)) open.push(step.next);
    }
  };
  now.clear();
  for (let at = from; ; at++) {
    enter(now, 0, at);
    if (matched) return true;
    if (at >= to) return false;
    const code = text.charCodeAt(at);
    next.clear();
    for (let thread = 0; thread < now.count; thread++) {
      const step = program[now.list[thread]!]!;
      if (step.kind === 'character' && step.set.has(code)) enter(next, step.next, at + 1);
    }
    if (matched) return true;
    [now, next] = [next, now];
  }
}
