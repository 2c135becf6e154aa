import { slice } from '../base/text.ts';
import { readAgain } from '../trace/reread.ts';
import { readText, type TextTrace } from '../trace/text.ts';
import type { XmlElement } from '../xml/xml.ts';
import { type FixedProblem, type Source, type TextEdit, xmlAt } from './source.ts';
import { elementAt } from './tags.ts';

/** Longer texts are not read as a whole only to see whether a comment may stand in them. */
const LONGEST = 500_000;

/**
 * The comment that turns a rule off where a problem is: for its message, or for its element of an XML document. Null where none can stand
 * there without changing what is read.
 */
export function silencedHere(source: Source, problem: FixedProblem): readonly TextEdit[] | null {
  return source.kind === 'xml' ? inXml(source, problem) : inTrace(source, problem);
}

/** A line in front of the message. In a log it stands in front of the record that announces it, right behind the message before. */
function inTrace({ text, reading: { trace } }: Source, { from, rule }: FixedProblem): TextEdit[] | null {
  const index = trace.indexAt(from);
  if (index < 0) return null;
  const start = trace.span(index).from;
  const before = trace.rank(start) > 0 ? trace.indexAt(start - 1) : -1;
  const end = before < 0 ? 0 : trace.span(before).to;
  const line = `// sip-lens-disable-next-message ${rule}${lineBreakOf(text)}`;
  for (const at of new Set([lineStart(text, start), nextLine(text, end)])) {
    const edit = { from: at, to: at, text: line };
    if (at >= end && at <= start && changesNothing(text, trace, edit, before, index)) return [edit];
  }
  return null;
}

/** Whether the comment leaves everything as it is read, but for the place of what is behind; no where the text is too long to be tried. */
function changesNothing(text: string, trace: TextTrace, edit: TextEdit, before: number, index: number): boolean {
  const shift = edit.text.length;
  const changed = text.slice(0, edit.from) + edit.text + text.slice(edit.from);
  const again = readAgain(trace, changed, { from: edit.from, oldTo: edit.from, newTo: edit.from + shift });
  const after = again ?? (text.length > LONGEST ? null : readText(changed));
  if (after?.count !== trace.count) return false;
  const isSame = (one: number, moved: number) => {
    if (one < 0) return true;
    const [then, now] = [trace.span(one), after.span(one)];
    const told = ({ columns }: TextTrace) => `${columns.timeOf(one)} ${columns.flags[one]}`;
    return now.from === then.from + moved && now.to === then.to + moved && told(after) === told(trace);
  };
  return isSame(before, 0) && isSame(index, shift);
}

/** A comment in front of the element, and behind it one that turns the rule on again. */
function inXml(source: Source, { from, rule }: FixedProblem): TextEdit[] | null {
  const place = xmlAt(source, from);
  const element = place && elementAt({ document: place.document, offset: from + 1 });
  const root = source.xml?.root;
  const target = element ?? root;
  if (!target || !root) return null;
  const before = `<!-- sip-lens-disable ${rule} -->${gapBefore(source.text, target)}`;
  const edits = [{ from: target.from, to: target.from, text: before }];
  const closed = target !== root && (target.closeTag || slice(source.text, target.openTag).endsWith('/>'));
  return closed ? [...edits, { from: target.to, to: target.to, text: `<!-- sip-lens-enable ${rule} -->` }] : edits;
}

/** The line break and the indentation of an element that stands first on its line. */
function gapBefore(text: string, { from }: XmlElement): string {
  const start = lineStart(text, from);
  const indent = text.slice(start, from);
  return start > 0 && indent.trim() === '' ? `${lineBreakOf(text)}${indent}` : '';
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isBreak(text, at - 1)) at--;
  return at;
}

/** The start of the next line; the end of the text where there is none. */
function nextLine(text: string, offset: number): number {
  if (offset === 0) return 0;
  let at = offset;
  while (at < text.length && !isBreak(text, at - 1)) at++;
  return text[at - 1] === '\r' && text[at] === '\n' ? at + 1 : at;
}

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || code === 13;
}

function lineBreakOf(text: string): string {
  return /\r\n|\r|\n/.exec(text.slice(0, 5000))?.[0] ?? '\n';
}
