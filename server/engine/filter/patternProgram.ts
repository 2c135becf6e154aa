import { CharacterSet } from './characterSet.ts';

/** A step of a regular expression as a program; numbers are places in it. */
export type Instruction =
  | { readonly kind: 'match' }
  | { readonly kind: 'character'; readonly set: CharacterSet; readonly next: number }
  | { readonly kind: 'split'; readonly next: number; readonly other: number }
  | { readonly kind: 'assert'; readonly holds: Assertion; readonly next: number };

/** Whether something holds at a place of a text of which `from` to `to` counts. */
type Assertion = (text: string, at: number, from: number, to: number) => boolean;

/** What is wrong with an expression, in a sentence. */
export class PatternFault extends Error {}

type Node =
  | { readonly kind: 'character'; readonly set: CharacterSet }
  | { readonly kind: 'assert'; readonly holds: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number };

/** A longer program is refused: it is the factor by which a text costs more than its length. */
const LONGEST = 2000;
const DEEPEST = 100;

/** The program of a regular expression; its first step is number 0. Throws a `PatternFault`. */
export function programOf(source: string): Instruction[] {
  const node = new Reader(source).whole();
  const steps: Instruction[] = [];
  const put = (step: Instruction): number => {
    if (steps.length >= LONGEST)
      throw new PatternFault(`it stands for more than ${LONGEST} steps: make its repetitions smaller`);
    return steps.push(step) - 1;
  };
  /** Puts a node before the step `next` and gives where it begins: programs are written from their end. */
  const compile = (node: Node, next: number): number => {
    if (node.kind === 'character' || node.kind === 'assert') return put({ ...node, next });
    if (node.kind === 'sequence') return node.parts.reduceRight((after, part) => compile(part, after), next);
    if (node.kind === 'choice')
      return node.parts
        .map((part) => compile(part, next))
        .reduceRight((other, start) => put({ kind: 'split', next: start, other }));
    let at = next;
    if (node.most === Number.POSITIVE_INFINITY) {
      const loop = put({ kind: 'split', next: 0, other: next });
      steps[loop] = { kind: 'split', next: compile(node.part, loop), other: next };
      at = loop;
    } else
      for (let more = node.least; more < node.most; more++)
        at = put({ kind: 'split', next: compile(node.part, at), other: next });
    for (let times = 0; times < node.least; times++) at = compile(node.part, at);
    return at;
  };
  const match = put({ kind: 'match' });
  const first = compile(node, match);
  return withFirst(steps, first);
}

/** The program begins at number 0: the first step and the one that stands there change places. */
function withFirst(steps: readonly Instruction[], first: number): Instruction[] {
  const moved = (place: number) => (place === 0 ? first : place === first ? 0 : place);
  const swapped = steps.map((_, place) => steps[moved(place)]!);
  return swapped.map((step) => {
    if (step.kind === 'match') return step;
    if (step.kind === 'split') return { ...step, next: moved(step.next), other: moved(step.other) };
    return { ...step, next: moved(step.next) };
  });
}

/** Reads an expression by recursive descent. */
class Reader {
  private at = 0;
  private depth = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  whole(): Node {
    const node = this.choice();
    if (this.at < this.source.length) throw new PatternFault('a “)” has no “(” before it');
    return node;
  }

  private choice(): Node {
    if (++this.depth > DEEPEST) throw new PatternFault(`its groups are nested more than ${DEEPEST} deep`);
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    this.depth--;
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.at < this.source.length && !/[|)]/.test(this.source[this.at]!)) parts.push(this.repeated());
    return { kind: 'sequence', parts };
  }

  private repeated(): Node {
    let part = this.single();
    for (;;) {
      const counts = this.counts();
      if (!counts) return part;
      if (part.kind === 'assert') throw new PatternFault('what matches no character cannot be repeated');
      // Whether as much or as little as possible is taken makes no difference to whether there is a match.
      this.take('?');
      part = { kind: 'repeat', part, least: counts[0], most: counts[1] };
    }
  }

  /** How often the part before may stand, or null. */
  private counts(): [number, number] | null {
    if (this.take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.take('?')) return [0, 1];
    const braces = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.source.slice(this.at, this.at + 12));
    if (!braces) return null;
    this.at += braces[0].length;
    const least = Number(braces[1]);
    const most = braces[2] === undefined ? least : braces[3] ? Number(braces[3]) : Number.POSITIVE_INFINITY;
    if (most < least) throw new PatternFault(`in ${braces[0]} the second number is less than the first`);
    return [least, most];
  }

  private single(): Node {
    const char = this.source[this.at++]!;
    if (char === '(') return this.group();
    if (char === '[') return { kind: 'character', set: this.characterClass() };
    if (char === '.') return { kind: 'character', set: new CharacterSet().addText('\n\r').inverted() };
    if (char === '^') return { kind: 'assert', holds: startsLine };
    if (char === '$') return { kind: 'assert', holds: endsLine };
    if (char === '\\') return this.escape();
    if (/[*+?]/.test(char)) throw new PatternFault(`there is nothing before “${char}” to be repeated`);
    return { kind: 'character', set: new CharacterSet().addText(char) };
  }

  private group(): Node {
    if (this.take('?') && !this.take(':'))
      throw new PatternFault('of the groups that begin with “(?” only “(?:…)” can be matched');
    const node = this.choice();
    if (!this.take(')')) throw new PatternFault('a “)” is missing');
    return node;
  }

  private escape(): Node {
    const next = this.source[this.at] ?? '';
    if (next === 'b' || next === 'B') {
      this.at++;
      return { kind: 'assert', holds: next === 'b' ? atWordEnd : (...place) => !atWordEnd(...place) };
    }
    if (/[1-9k]/.test(next)) throw new PatternFault(`what “\\${next}” refers to cannot be matched in linear time`);
    return { kind: 'character', set: this.escaped(new CharacterSet()) };
  }

  /** Adds what stands behind a backslash to a set. */
  private escaped(set: CharacterSet): CharacterSet {
    const char = this.source[this.at++];
    if (char === undefined) throw new PatternFault('nothing follows the last “\\”');
    if (/[dsw]/i.test(char)) return set.addClass(char as 'd');
    const code = /^(?:x([\da-f]{2})|u([\da-f]{4}))/i.exec(this.source.slice(this.at - 1, this.at + 4));
    if (code) this.at += code[0].length - 1;
    return set.addText(code ? String.fromCharCode(Number.parseInt(code[1] ?? code[2]!, 16)) : (ESCAPES[char] ?? char));
  }

  private characterClass(): CharacterSet {
    const set = new CharacterSet();
    const isNegated = this.take('^');
    while (!this.take(']')) {
      const first = this.classCharacter(set);
      if (first === null) continue;
      const isRange = this.source[this.at] === '-' && this.source[this.at + 1] !== ']';
      if (isRange) this.at++;
      const last = isRange ? this.classCharacter(set) : first;
      if (last === null) set.addText(`${first}-`);
      else if (last < first) throw new PatternFault(`the range ${first}-${last} runs backwards`);
      else set.addRange(first.charCodeAt(0), last.charCodeAt(0));
    }
    return isNegated ? set.inverted() : set;
  }

  /** A character of a class, or null where it was a class by itself, which is added. */
  private classCharacter(set: CharacterSet): string | null {
    const char = this.source[this.at++];
    if (char === undefined) throw new PatternFault('a “]” is missing');
    if (char !== '\\') return char;
    const single = new CharacterSet();
    const isClass = /[dsw]/i.test(this.source[this.at] ?? '');
    this.escaped(isClass ? set : single);
    return isClass ? null : single.first;
  }

  private take(char: string): boolean {
    if (this.source[this.at] !== char) return false;
    this.at++;
    return true;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0' };

function startsLine(text: string, at: number, from: number): boolean {
  return at === from || text[at - 1] === '\n' || text[at - 1] === '\r';
}

function endsLine(text: string, at: number, _from: number, to: number): boolean {
  return at === to || text[at] === '\n' || text[at] === '\r';
}

function atWordEnd(text: string, at: number, from: number, to: number): boolean {
  return (at > from && isWord(text.charCodeAt(at - 1))) !== (at < to && isWord(text.charCodeAt(at)));
}

function isWord(code: number): boolean {
  return (code >= 48 && code < 58) || (code >= 65 && code < 91) || code === 95 || (code >= 97 && code < 123);
}
