import { memo } from '../../engine/base/memo.ts';
import type { Problem, Profile } from '../../engine/base/text.ts';
import { buildLadder, type Reading } from '../../engine/engine.ts';
import type { DecidedLinks } from '../../engine/flow/sessions/grouping.ts';
import type { Ladder } from '../../engine/ladder/ladder.ts';

/** What a language model asks about: a trace or an XML document, read and checked. */
export interface Subject {
  /** The file's name. */
  readonly title: string;
  readonly text: string;
  /** Without messages where the text is no trace. */
  readonly reading: Reading;
  readonly problems: readonly Problem[];
  readonly profiles: readonly Profile[];
  /** What the user told of the legs of its calls by hand. */
  readonly decided: DecidedLinks;
}

/** What a model gives with its question. It may give anything: values are read with the functions below. */
export type ToolInput = Readonly<Record<string, unknown>>;

/** A question that a language model may ask. A new one is a file in this folder, a line in `tools.ts` and its entry in `package.json`. */
export interface Tool {
  readonly name: string;
  /** It can be asked of XML documents, too. */
  readonly ofXml?: true;
  /** How to ask for less, as a sentence: told where an answer was cut. */
  readonly narrower: string;
  /** The answer as plain text or Markdown. What it throws is a sentence that says how to ask instead. */
  answer(subject: Subject, input: ToolInput): string;
}

/** The ladder of a subject, made once. */
export const ladderOf: (subject: Subject) => Ladder = memo(({ reading, problems, decided }) =>
  buildLadder(reading, problems, undefined, decided),
);

/** A text that was given, or undefined. */
export function textIn(input: ToolInput, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A whole number that was given, also as text, or undefined. Throws where something else was given. */
export function numberIn(input: ToolInput, name: string): number | undefined {
  const value = input[name];
  if (value === undefined || value === null || value === '') return undefined;
  const number = typeof value === 'number' ? value : Number(String(value).replace(/^#/, ''));
  if (!Number.isInteger(number)) throw new Error(`“${name}” is a whole number, not “${String(value).slice(0, 40)}”.`);
  return number;
}

/** The number of a message (from 1 on) that was given, or undefined. Throws where there is no such message. */
export function messageIn(input: ToolInput, name: string, { reading }: Subject): number | undefined {
  const number = numberIn(input, name);
  const { count } = reading.trace;
  if (number !== undefined && (number < 1 || number > count))
    throw new Error(`There is no message ${number}: the trace has ${counted(count, 'message')}, counted from 1.`);
  return number;
}

/** `1 message`, `2 messages`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** At most so many lines, and a line that tells how many were left out. */
export function atMost(lines: readonly string[], most: number, what: string): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most), `… and ${counted(lines.length - most, `more ${what}`)}`];
}
