import { isBlank, type Span, searchWord, trimmed } from '../base/text.ts';
import { isQuote } from './scanner.ts';
import { walk, type XmlAttribute, type XmlDocument, type XmlElement } from './tree.ts';

/** A piece of what stands between two tags. */
export interface Piece extends Span {
  readonly kind: 'blank' | 'text' | 'cdata' | 'comment' | 'instruction' | 'stray';
}

const SECTIONS = [
  { start: '<!--', end: '-->', kind: 'comment' },
  { start: '<![CDATA[', end: ']]>', kind: 'cdata' },
  { start: '<?', end: '?>', kind: 'instruction' },
] as const;

/** Takes apart what stands between two tags. What begins with `<` and is nothing that may stand there is a stray, with all behind it. */
export function pieces(text: string, { from, to }: Span): Piece[] {
  const found: Piece[] = [];
  for (let at = from; at < to; at = found.at(-1)!.to) found.push(pieceAt(text, at, to));
  return found;
}

function pieceAt(text: string, from: number, to: number): Piece {
  if (text.charCodeAt(from) !== 60) {
    const end = searchWord(text, '<', from, to);
    const run = { from, to: end < 0 ? to : end };
    const core = trimmed(text, run.from, run.to);
    return { ...run, kind: core.from === core.to ? 'blank' : 'text' };
  }
  const section = SECTIONS.find(({ start }) => from + start.length <= to && text.startsWith(start, from));
  const end = section ? searchWord(text, section.end, from + section.start.length, to) : -1;
  return section && end >= 0 ? { from, to: end + section.end.length, kind: section.kind } : { from, to, kind: 'stray' };
}

/** What stands before, between and behind the children of an element; nothing for an empty-element tag. */
export function gaps(element: XmlElement): Span[] {
  if (element.openTag.to === element.to) return [];
  const ends = [element.openTag.to, ...element.children.map(({ to }) => to)];
  const starts = [...element.children.map(({ from }) => from), element.closeTag?.from ?? element.to];
  return ends.map((from, at) => ({ from, to: starts[at]! }));
}

/**
 * The elements whose tags, or the tags of whose descendants, are not as they must be: a tag is missing or broken, or something stands
 * where nothing may. What they hold was guessed.
 */
export function unsoundElements(document: XmlDocument): ReadonlySet<XmlElement> {
  const unsound = new Set<XmlElement>();
  if (document.problems.length === 0) return unsound;
  for (const element of [...walk(document)].reverse()) {
    if (!unsound.has(element) && isSound(document.text, element)) continue;
    unsound.add(element);
    if (element.parent) unsound.add(element.parent);
  }
  return unsound;
}

function isSound(text: string, element: XmlElement): boolean {
  if (element.unfinished || !isSoundTag(text, element)) return false;
  const isEmpty = text.charCodeAt(element.openTag.to - 2) === 47;
  if (!isEmpty && !isSoundEnd(text, element)) return false;
  return gaps(element).every((gap) => pieces(text, gap).every(({ kind }) => kind !== 'stray'));
}

function isSoundTag(text: string, { nameAt, attributes, openTag }: XmlElement): boolean {
  let at = nameAt.to;
  for (const one of attributes) {
    if (one.from === at || !isWhite(text, at, one.from) || !isSoundAttribute(text, one)) return false;
    at = one.to;
  }
  while (at < openTag.to && isBlank(text.charCodeAt(at))) at++;
  return text.slice(at, openTag.to) === '>' || text.slice(at, openTag.to) === '/>';
}

function isSoundAttribute(text: string, { nameAt, value, to }: XmlAttribute): boolean {
  const quote = text.charCodeAt(value.from - 1);
  if (!isQuote(quote) || text.charCodeAt(value.to) !== quote || to !== value.to + 1) return false;
  const equals = trimmed(text, nameAt.to, value.from - 1);
  return equals.to === equals.from + 1 && searchWord(text, '<', value.from, value.to) < 0;
}

function isSoundEnd(text: string, { name, closeTag }: XmlElement): boolean {
  if (!closeTag || !text.startsWith(`</${name}`, closeTag.from)) return false;
  return isWhite(text, closeTag.from + 2 + name.length, closeTag.to - 1) && text.charCodeAt(closeTag.to - 1) === 62;
}

function isWhite(text: string, from: number, to: number): boolean {
  return trimmed(text, from, to).from === to;
}
