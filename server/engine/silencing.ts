import { quote } from './base/quote.ts';
import { nearest, type Problem, type Span } from './base/text.ts';
import { isRuleOrGroup, rulesAndGroups } from './configuration.ts';
import { allRules } from './rules/all.ts';
import type { Edit } from './trace/reread.ts';
import type { TextTrace } from './trace/text.ts';
import type { XmlDocument } from './xml/xml.ts';

/** What a comment says: which rules or groups are off from there on, or on again; none named means all. */
interface Directive {
  readonly at: number;
  readonly verb: 'disable' | 'enable' | 'disable-next-message';
  readonly names: readonly string[];
  /** Where each name stands. */
  readonly places: readonly Span[];
}

/** A comment that names no rule turns nothing off: this is told under a name of its own. */
const UNKNOWN = 'silenced-rule-unknown';
/** So many of them are told of. */
const MOST_UNKNOWN = 20;
const MARK = 'sip-lens-';
/** A line between the messages of a trace, and a comment of an XML document. */
const IN_TRACE = /^[ \t]*(?:\/\/|#)[ \t]*sip-lens-(disable-next-message|disable|enable)\b([^\r\n]*)/gm;
const IN_XML = /<!--[ \t\r\n]*sip-lens-(disable|enable)\b([^<>]{0,2000}?)-->/g;

/**
 * Whether a text may have comments for the checks.
 * @param before whether it may have had some before an edit
 */
export function hasMarks(text: string, before?: { readonly had: boolean; readonly edit: Edit | null }): boolean {
  if (!before || before.had) return text.includes(MARK);
  const { edit } = before;
  return edit !== null && text.slice(Math.max(0, edit.from - MARK.length), edit.newTo + MARK.length).includes(MARK);
}

/**
 * The problems without those that a comment between the messages turns off: `// sip-lens-disable RULE`, `// sip-lens-enable RULE`,
 * `// sip-lens-disable-next-message RULE`, with rules and groups, or with none for all. What stands inside of a message turns nothing off: it
 * came over the network.
 * @param problems in the order of their places
 */
export function unsilenced(problems: readonly Problem[], trace: TextTrace): readonly Problem[] {
  const directives = read(trace.text, IN_TRACE).filter(({ at }) => !isInside(trace, at));
  if (directives.length === 0) return problems;
  const lasting = directives.filter(({ verb }) => verb !== 'disable-next-message');
  const single = directives.filter(({ verb }) => verb === 'disable-next-message');
  const nextOf = byMessage(single, trace);
  const starts = trace.columns.start;
  const left = sift(problems, lasting, (problem) => {
    const start = problem.messageIndex === null ? problem.from : starts[problem.messageIndex - 1]!;
    return { at: start, also: nextOf.get(trace.rank(start)) ?? [] };
  });
  return withUnknown(left, directives);
}

/** The problems of an XML document without those that `<!-- sip-lens-disable RULE -->` turns off, up to `<!-- sip-lens-enable RULE -->`. */
export function unsilencedXml(problems: readonly Problem[], { text }: XmlDocument): readonly Problem[] {
  if (!text.includes(MARK)) return problems;
  const directives = read(text, IN_XML);
  const left = sift(problems, directives, ({ from }) => ({ at: from, also: [] }));
  return withUnknown(left, directives);
}

/** The problems, and those of comments that name what is no rule and no group, in the order of their places. */
function withUnknown(problems: readonly Problem[], directives: readonly Directive[]): readonly Problem[] {
  const names = directives.flatMap(({ names: own, places }) => own.map((name, at) => ({ name, place: places[at]! })));
  const unknown = names
    .filter(({ name }) => !isRuleOrGroup(name))
    .slice(0, MOST_UNKNOWN)
    .map(({ name, place }) => unknownName(name, place));
  return unknown.length === 0 ? problems : [...problems, ...unknown].sort((a, b) => a.from - b.from || a.to - b.to);
}

function unknownName(name: string, { from, to }: Span): Problem {
  const like = nearest(name, rulesAndGroups());
  const message = `There is no rule or group ${quote(name)}${like ? `: is ${like} meant?` : '.'}`;
  return { rule: UNKNOWN, severity: 'info', message, messageIndex: null, from, to };
}

function read(text: string, form: RegExp): Directive[] {
  return Array.from(text.matchAll(form), (found) => {
    const { index, 0: whole, 1: verb, 2: told = '' } = found;
    const words = wordsIn(told, index + whole.indexOf(told, whole.indexOf(MARK) + MARK.length + verb!.length));
    return {
      at: index,
      verb: verb as Directive['verb'],
      names: words.map(([name]) => name),
      places: words.map(([, at]) => at),
    };
  });
}

/** Rules and groups, parted by blanks or commas; behind `--` stands why. */
function wordsIn(text: string, start: number): [string, Span][] {
  const list = text.split(/\s--(?:\s|$)/)[0]!;
  return Array.from(list.matchAll(/(?<![^\s,])\w[\w-]*(?![^\s,])/g), ({ index, 0: name }) => {
    const from = start + index;
    return [name, { from, to: from + name.length }];
  });
}

function isInside(trace: TextTrace, offset: number): boolean {
  const index = trace.indexAt(offset);
  return index >= 0 && offset < trace.span(index).to;
}

/** The directives in front of each message, by its place in the text. */
function byMessage(directives: readonly Directive[], trace: TextTrace): Map<number, Directive[]> {
  const found = new Map<number, Directive[]>();
  for (const directive of directives) {
    const place = trace.rank(directive.at);
    const list = found.get(place);
    if (list) list.push(directive);
    else found.set(place, [directive]);
  }
  return found;
}

/** Goes through problems and directives together, from the first place to the last. */
function sift(
  problems: readonly Problem[],
  directives: readonly Directive[],
  placeOf: (problem: Problem) => { at: number; also: readonly Directive[] },
): Problem[] {
  const off = new Off();
  let next = 0;
  return problems.filter((problem) => {
    const { at, also } = placeOf(problem);
    while (next < directives.length && directives[next]!.at < at) off.hear(directives[next++]!);
    return !off.has(problem.rule) && !also.some(({ names }) => names.length === 0 || names.some(covers(problem.rule)));
  });
}

/** What is off at a place: the last word on a rule counts. */
class Off {
  /** By the name of a rule or group, '' for all. */
  private readonly said = new Map<string, { readonly off: boolean; readonly when: number }>();
  private count = 0;

  hear({ verb, names }: Directive): void {
    this.count++;
    for (const name of names.length ? names : ['']) this.said.set(name, { off: verb === 'disable', when: this.count });
  }

  has(rule: string): boolean {
    let last = { off: false, when: 0 };
    for (const name of [rule, groupOf.get(rule) ?? '', '']) {
      const word = this.said.get(name);
      if (word && word.when > last.when) last = word;
    }
    return last.off;
  }
}

const groupOf: ReadonlyMap<string, string> = new Map(allRules.map(({ id, group }) => [id, group]));

function covers(rule: string): (name: string) => boolean {
  return (name) => name === rule || name === groupOf.get(rule);
}
