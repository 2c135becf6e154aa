import { once } from './base/memo.ts';
import type { Span } from './base/text.ts';
import { isXmlType } from './flow/bodies.ts';
import { allRules } from './rules/all.ts';
import type { MessageContext, MessageRule } from './rules/rule.ts';
import { ADDRESSES } from './sip/grammar.ts';
import { formOf } from './sip/lineForm.ts';
import { contentType, type HeaderField, hasBody, messageOf, type SipMessage, type StartLine } from './sip/message.ts';
import { outlineOf } from './sip/outline.ts';
import { headerFacts } from './sip/registry.ts';

// Most rules are silent on most messages, and most lines of a trace come back in other messages. What a rule says it reads (`Reads`) is
// asked about once; a message is given only to the rules that are not known to be silent on it.

/** What is remembered is forgotten when it is so much. */
const MOST = 5_000;
const START = 'start-line';

const SIGNS = '"%,;<>?@\n\0\u0080';
const OTHER = 1 << SIGNS.indexOf('\u0080');
/** Of lines with these no form is told. */
const FORMLESS = (1 << SIGNS.indexOf('\n')) | (1 << SIGNS.indexOf('\0'));
const SIGN_OF = Uint16Array.from({ length: 128 }, (_, code) => {
  const sign = SIGNS.indexOf(code === 13 ? '\n' : String.fromCharCode(code));
  if (sign >= 0) return 1 << sign;
  return (code < 32 && code !== 9) || code === 127 ? 1 << SIGNS.indexOf('\0') : 0;
});

const rules = allRules.filter((rule): rule is MessageRule => rule.scope === 'message');
const unreadable = rules.filter((rule) => rule.onUnreadable);

/** Rules by number, ascending: their places in `rules`. */
type Numbers = readonly number[];
const NONE: Numbers = [];

/** Rules that may speak about a line alone. */
interface Linewise {
  /** All that it says counts. */
  readonly exact: Numbers;
  /** Its form decides. */
  readonly formal: Numbers;
}

/** What is known of lines, by their text: the rules that speak; and those of which the form decides, by it. */
interface Lines {
  readonly exact: Map<string, Numbers>;
  readonly formal: Map<string, Numbers>;
}

/** Rules that read the same headers together. */
interface Group {
  readonly ids: readonly string[];
  readonly members: Numbers;
}

const groups: readonly Group[] = groupsOf();
const always = numbersOf(({ reads }) => !reads);
const linewise = new Map<string, Linewise>();

/** What is known of the messages with one outline. */
interface Outline {
  readonly number: number;
  /** Rules that are asked each time. */
  readonly asked: Numbers;
  /** Groups of which a header is there: their values are looked at. */
  readonly groups: readonly Group[];
}

/** Tells which rules may find something in a message. Has a life of one run, with the same profiles. */
export class Sieve {
  private outlines = new Map<string, Outline>();
  private made = 0;
  /** The rules of a group that speak, by outline and values. */
  private readonly groups = new Map<Group, Map<string, Numbers>>();
  /** What is known of lines, by what else rules know. */
  private readonly lines = new Map<number, Lines>();

  /** The rules to ask about a message, in their order. */
  rulesFor(message: SipMessage, context: MessageContext): readonly MessageRule[] {
    if (message.kind === 'unknown') return unreadable;
    // Lines that are no headers are rare, and no rule says that it reads them.
    if (message.stray.length > 0) return rules;
    const speaking = new Speaking();
    const outline = this.outline(message, context);
    speaking.add(outline.asked);
    for (const group of outline.groups) speaking.add(this.ofGroup(message, context, outline, group));
    const lines = this.linesLike(message, context);
    const { exact } = lines;
    speaking.add(known(exact, textOf(message, message.startLine), () => ofStartLine(message, context, lines)));
    for (const field of message.headers)
      speaking.add(known(exact, textOf(message, field), () => ofField(message, field, context, lines)));
    return speaking.rules();
  }

  private outline(message: SipMessage, context: MessageContext): Outline {
    const key = `${kindOf(message, context)}${outlineOf(message)}`;
    const before = this.outlines.get(key);
    if (before) return before;
    const present = groups.filter(({ ids }) => ids.some((id) => isIn(message, id)));
    const absent = groups.filter((group) => !present.includes(group)).flatMap(({ members }) => members);
    const needed = always.filter((number) => hasNeeds(message, rules[number]!));
    const asked = [...needed, ...absent.filter((number) => speaks(number, message, context))];
    const made = { number: this.made++, asked, groups: present };
    if (this.outlines.size >= MOST) this.outlines = new Map();
    this.outlines.set(key, made);
    return made;
  }

  private ofGroup(message: SipMessage, context: MessageContext, { number }: Outline, group: Group): Numbers {
    let key = `${number}`;
    for (const id of group.ids) if (id === START) key += `\n${textOf(message, message.startLine)}`;
    for (const field of message.headers) if (group.ids.includes(field.id)) key += `\n${textOf(message, field)}`;
    let verdicts = this.groups.get(group);
    if (!verdicts) this.groups.set(group, (verdicts = new Map()));
    return known(verdicts, key, () => group.members.filter((one) => speaks(one, message, context)));
  }

  private linesLike(message: SipMessage, context: MessageContext): Lines {
    const kind = kindOf(message, context);
    let lines = this.lines.get(kind);
    if (!lines) this.lines.set(kind, (lines = { exact: new Map(), formal: new Map() }));
    return lines;
  }
}

/** The rules that are to be asked about one message. */
class Speaking {
  private found: number[] | null = null;
  private first: Numbers = NONE;

  add(numbers: Numbers): void {
    if (numbers.length === 0) return;
    if (this.first.length === 0) this.first = numbers;
    else (this.found ??= [...this.first]).push(...numbers);
  }

  rules(): MessageRule[] {
    const numbers = this.found ? [...new Set(this.found)] : [...this.first];
    return numbers.sort((a, b) => a - b).map((number) => rules[number]!);
  }
}

function known(verdicts: Map<string, Numbers>, key: string, judge: () => Numbers): Numbers {
  const before = verdicts.get(key);
  if (before) return before;
  const numbers = judge();
  if (verdicts.size >= MOST) verdicts.clear();
  verdicts.set(key, numbers.length === 0 ? NONE : numbers);
  return numbers;
}

/** The rules that speak about a header alone. */
function ofField(message: SipMessage, field: HeaderField, context: MessageContext, lines: Lines): Numbers {
  const at = { from: message.startLine.from, to: message.startLine.from };
  return ofLine(message, { id: field.id, line: field, alone: () => alone(message, at, [field]) }, context, lines);
}

/** The rules that speak about a start line alone. */
function ofStartLine(message: SipMessage, context: MessageContext, lines: Lines): Numbers {
  const line = message.startLine;
  return ofLine(message, { id: START, line, alone: () => alone(message, line, []) }, context, lines);
}

interface Line {
  readonly id: string;
  readonly line: Span;
  /** The line as a message of its own. */
  alone(): SipMessage;
}

function ofLine({ text }: SipMessage, { id, line, alone }: Line, context: MessageContext, lines: Lines): Numbers {
  const signs = signsIn(text, line);
  const { exact, formal } = rulesAbout(id, signs);
  const whole = once(alone);
  const ask = (numbers: Numbers) => numbers.filter((number) => speaks(number, whole(), context));
  if (formal.length === 0) return ask(exact);
  if (signs & FORMLESS) return [...ask(exact), ...ask(formal)];
  return [...ask(exact), ...known(lines.formal, formOf(text, line), () => ask(formal))];
}

/** A message that has nothing but a start line, empty where it is not the line that counts, and headers. */
function alone(message: SipMessage, startLine: Span, headers: readonly HeaderField[]): SipMessage {
  const { text, from, body } = message;
  const nothing = { from: body.from, to: body.from };
  const isWanted = startLine.from < startLine.to;
  const start = isWanted ? message : emptyStart(message.kind, startLine);
  const line = { text, from, to: body.from, startLine };
  return messageOf(line, { headers, stray: [], body: nothing, blankLine: true }, start);
}

/** The start line of a message of which nothing is known but its kind. */
function emptyStart(kind: SipMessage['kind'], at: Span): StartLine {
  if (kind === 'request') return { kind, method: '', at: { method: at, uri: at, version: at } };
  return kind === 'response' ? { kind, status: 0, at: { status: at, reason: at, version: at } } : { kind };
}

/** Whether a rule says anything; one that throws is asked again where that is caught. */
function speaks(number: number, message: SipMessage, context: MessageContext): boolean {
  let said = false;
  try {
    rules[number]!.check(message, () => void (said = true), context);
  } catch {
    return true;
  }
  return said;
}

/** What rules about single lines know besides. */
function kindOf(message: SipMessage, { answers, reflowed }: MessageContext): number {
  return (message.kind === 'request' ? 1 : 0) | (answers ? 2 : 0) | (reflowed ? 4 : 0);
}

function textOf({ text }: SipMessage, { from, to }: Span): string {
  return text.slice(from, to);
}

function isIn(message: SipMessage, id: string): boolean {
  return id === START || message.headers.some((field) => field.id === id);
}

function hasNeeds(message: SipMessage, { needs }: MessageRule): boolean {
  return !needs || needs.every((need) => need.split('|').some((one) => has(message, one)));
}

function has(message: SipMessage, need: string): boolean {
  if (need !== 'body' && need !== 'xml' && need !== 'sdp') return isIn(message, need);
  if (!hasBody(message)) return false;
  const type = contentType(message);
  const mayBeAny = need === 'body' || type === '' || type.startsWith('multipart/');
  return mayBeAny || (need === 'xml' ? isXmlType(type) : type === 'application/sdp');
}

/** The rules about lines that have to do with a header, or with the start line, and with one of these signs. */
function rulesAbout(id: string, signs: number): Linewise {
  const key = `${signs} ${id}`;
  const before = linewise.get(key);
  if (before) return before;
  const about = numbersOf(
    ({ reads }) => reads?.each !== undefined && isAbout(reads.each, id) && mayHave(reads.having, signs),
  );
  const isFormal = (number: number) => rules[number]!.reads?.form === true;
  const made = { exact: about.filter((number) => !isFormal(number)), formal: about.filter(isFormal) };
  if (linewise.size >= MOST) linewise.clear();
  linewise.set(key, made);
  return made;
}

function mayHave(having: string | undefined, signs: number): boolean {
  return having === undefined || [...having].some((sign) => signs & (1 << SIGNS.indexOf(sign)));
}

/** What a line has of the characters that rules may ask for (`having`), as bits. */
function signsIn(text: string, { from, to }: Span): number {
  let signs = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    signs |= code < 128 ? SIGN_OF[code]! : OTHER;
  }
  return signs;
}

function isAbout(each: NonNullable<NonNullable<MessageRule['reads']>['each']>, id: string): boolean {
  if (typeof each !== 'string') return each.includes(id);
  if (id === START) return each !== 'field';
  return each !== 'address' || ADDRESSES.has(headerFacts(id)?.grammar ?? '');
}

function numbersOf(isWanted: (rule: MessageRule) => boolean): Numbers {
  return rules.flatMap((rule, number) => (isWanted(rule) ? [number] : []));
}

function groupsOf(): Group[] {
  const names = new Set(rules.flatMap(({ reads }) => (reads?.outline ? [reads.outline.join(' ')] : [])));
  return [...names].map((name) => ({
    ids: name === '' ? [] : name.split(' '),
    members: numbersOf(({ reads }) => reads?.outline?.join(' ') === name),
  }));
}
