import { isBlank, type Span, slice, smallestEdit, type TextEdit } from '../base/text.ts';
import { XML } from './namespaces.ts';
import { gaps, type Piece, pieces, unsoundElements } from './sound.ts';
import { attributeValue, walk, type XmlDocument, type XmlElement } from './tree.ts';

/** How a document is laid out. */
export interface Layout {
  /** One level of indentation: blanks, or a tab. */
  readonly unit: string;
  /** The line end where there is none to go by. */
  readonly lineEnd: string;
  /** Only white space before what stands here is changed. */
  readonly within?: Span;
  /** Comments lose the blanks at the ends of their lines. */
  readonly trimLines?: boolean;
  /** Whether an element can hold no text, so that white space alone means nothing in it. */
  readonly isTextless?: (element: XmlElement) => boolean;
}

/** Nothing is indented further, so that deep nesting does not make a long text of a short one. */
const DEEPEST = 40;
/** More of a line's own indentation is not repeated below it. */
const WIDEST = 200;
/** Attributes are not put below each other behind a longer name. */
const LONGEST_NAME = 40;

interface Writer {
  readonly document: XmlDocument;
  readonly layout: Layout;
  readonly unsound: ReadonlySet<XmlElement>;
  /** The line of an offset; asked in the order of the text. */
  readonly lineAt: (offset: number) => Line;
  /** How the children of an element are indented; null where they stay where they are. Those of other elements are left alone. */
  readonly inside: Map<XmlElement, string | null>;
  readonly edits: TextEdit[];
}

/**
 * The changes of white space that put each element within elements on a line of its own, indented by its depth, and one blank
 * between attributes; line breaks between attributes and single empty lines stay. Where it might mean something, white space is
 * left alone: beside text, in an element without children, under `xml:space="preserve"`, in comments and values. Where the document is not
 * well-formed, only the elements in it that are whole and begin a line are laid out. Laid out twice is laid out once.
 */
export function layOut(document: XmlDocument, layout: Layout): TextEdit[] {
  const writer: Writer = {
    document,
    layout,
    unsound: unsoundElements(document),
    lineAt: linesOf(document),
    inside: new Map(),
    edits: [],
  };
  if (document.root) layProlog(writer, document.root);
  for (const element of walk(document)) layElement(writer, element);
  return writer.edits.sort((a, b) => a.from - b.from);
}

/** Puts what stands before and behind the root on lines. The very beginning and end are left alone: they may not be the document's own. */
function layProlog(writer: Writer, root: XmlElement): void {
  const { document } = writer;
  const start = document.text.charCodeAt(document.from) === 0xfeff ? document.from + 1 : document.from;
  const before = pieces(document.text, { from: start, to: root.from });
  if (before.every(isLaidOut)) laySeries(writer, [...before.filter(isItem), root], '');
  const after = pieces(document.text, { from: root.to, to: document.to });
  if (after.every(isLaidOut) && !writer.unsound.has(root)) laySeries(writer, [root, ...after.filter(isItem)], '');
}

function isLaidOut({ kind }: Piece): boolean {
  return kind === 'blank' || isItem({ kind });
}

function isItem({ kind }: Pick<Piece, 'kind'>): boolean {
  return kind === 'comment' || kind === 'instruction';
}

/** What stands on a line of its own, or behind another one where it is a comment. */
type Item = Piece | XmlElement;

function layElement(writer: Writer, element: XmlElement): void {
  const { within } = writer.layout;
  const given = element.parent ? writer.inside.get(element.parent) : '';
  if (given === undefined || (within && (element.to < within.from || element.from > within.to))) return;
  if (preserves(writer.document, element)) return;
  const inner = gaps(element).flatMap((gap) => pieces(writer.document.text, gap));
  const isMixed = inner.some(({ kind }) => kind === 'text' || kind === 'cdata');
  if (writer.unsound.has(element)) {
    if (!isMixed) writer.inside.set(element, null);
    return;
  }
  const line = given === null || isAround(element, within) ? writer.lineAt(element.from) : null;
  if (given === null && line?.isInside) return;
  const indent = line?.indent ?? given ?? '';
  layTag(writer, element, indent);
  if (isMixed || (element.children.length === 0 && !isOpened(writer, element, inner))) return;
  const deeper = indent.length < DEEPEST * writer.layout.unit.length ? indent + writer.layout.unit : indent;
  writer.inside.set(element, deeper);
  layContent(writer, element, inner.filter(isItem), { indent, deeper });
}

/** Whether an element without children is written on several lines, and nothing but white space and comments can be in it. */
function isOpened({ document: { text }, layout }: Writer, element: XmlElement, inner: readonly Piece[]): boolean {
  return (
    inner.some((one) => one.kind === 'blank' && /[\r\n]/.test(slice(text, one))) &&
    (layout.isTextless?.(element) ?? false)
  );
}

/** Whether white space in an element is said to mean something. */
export function preserves(document: XmlDocument, element: XmlElement): boolean {
  return attributeValue(document, element, 'space', XML) === 'preserve';
}

function isAround({ openTag, closeTag }: XmlElement, within: Span | undefined): boolean {
  return within !== undefined && closeTag !== null && openTag.to <= within.from && within.to <= closeTag.from;
}

function layContent(
  writer: Writer,
  element: XmlElement,
  others: readonly Piece[],
  { indent, deeper }: { indent: string; deeper: string },
): void {
  const items: Item[] = [...others, ...element.children].sort((a, b) => a.from - b.from);
  if (items[0]) {
    const first = { from: element.openTag.to, to: items[0].from };
    place(writer, first, isTrailing(writer, items[0], first) ? besides(first) : lineBreak(writer, first, deeper, 1));
  }
  laySeries(writer, items, deeper);
  const last = { from: items.at(-1)?.to ?? element.openTag.to, to: element.closeTag!.from };
  place(writer, last, lineBreak(writer, last, indent, 1));
}

/** Puts each of the items but the first on a line of its own; an empty line between two stays. */
function laySeries(writer: Writer, items: readonly Item[], indent: string): void {
  for (const item of items) if (item.kind === 'comment' && writer.layout.trimLines) trimLines(writer, item);
  for (let at = 1; at < items.length; at++) {
    const apart = { from: items[at - 1]!.to, to: items[at]!.from };
    place(writer, apart, isTrailing(writer, items[at]!, apart) ? besides(apart) : lineBreak(writer, apart, indent, 2));
  }
}

function trimLines(writer: Writer, { from, to }: Span): void {
  const { text } = writer.document;
  for (let at = from; at < to; at++)
    if (isLineEnd(text.charCodeAt(at))) place(writer, { from: blanksBefore(text, at, from), to: at }, '');
}

function blanksBefore(text: string, at: number, from: number): number {
  let start = at;
  while (start > from && isSpace(text.charCodeAt(start - 1))) start--;
  return start;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

/** A comment that stands behind something on its line is about it. */
function isTrailing({ document: { text } }: Writer, item: Item, before: Span): boolean {
  return item.kind === 'comment' && !/[\r\n]/.test(slice(text, before));
}

function besides({ from, to }: Span): string {
  return from === to ? '' : ' ';
}

/** A line end with the indentation behind it, and an empty line where there are two and `most` allows it. The line ends are those that stand there. */
function lineBreak({ document: { text }, layout }: Writer, at: Span, indent: string, most: 1 | 2): string {
  const [first = layout.lineEnd, second = ''] = slice(text, at).match(/\r\n|\r|\n/g) ?? [];
  return first + (most === 2 ? second : '') + indent;
}

function layTag(writer: Writer, element: XmlElement, indent: string): void {
  const { text } = writer.document;
  const { nameAt, attributes, openTag, closeTag } = element;
  let at = nameAt.to;
  const below = indent + besidesName(text, element, writer.layout.unit);
  for (const one of attributes) {
    const apart = { from: at, to: one.from };
    const isBroken = /[\r\n]/.test(slice(text, apart));
    place(writer, apart, isBroken ? lineBreak(writer, apart, below, 1) : ' ');
    place(writer, { from: one.nameAt.to, to: one.value.from - 1 }, '=');
    at = one.to;
  }
  const isEmpty = text.charCodeAt(openTag.to - 2) === 47;
  const end = { from: at, to: openTag.to - (isEmpty ? 2 : 1) };
  place(writer, end, isEmpty && !/[\r\n]/.test(slice(text, end)) ? besides(end) : '');
  if (closeTag) place(writer, { from: closeTag.from + 2 + element.name.length, to: closeTag.to - 1 }, '');
}

/**
 * How far attributes that stand on lines of their own are indented behind the tag: below the first one, where that stands on the line of the
 * name, otherwise two levels deeper.
 */
export function besidesName(text: string, { nameAt, attributes, name }: XmlElement, unit: string): string {
  const first = attributes[0];
  const isBroken = first && /[\r\n]/.test(text.slice(nameAt.to, first.from));
  return isBroken || unit.includes('\t') || name.length > LONGEST_NAME ? unit.repeat(2) : ' '.repeat(name.length + 2);
}

/** Puts a text in the place of white space (and `=`), which belongs to what stands behind it. */
function place({ document: { text }, layout: { within }, edits }: Writer, at: Span, wanted: string): void {
  if (within && (at.to < within.from || at.to > within.to)) return;
  const edit = smallestEdit(text, at, wanted);
  if (edit) edits.push(edit);
}

interface Line {
  readonly indent: string;
  /** Something else stands before the offset on its line. */
  readonly isInside: boolean;
}

/** The lines of offsets, within the document. To be asked in the order of the text, so that no line is searched twice. */
function linesOf({ text, from }: XmlDocument): (offset: number) => Line {
  let start = from;
  let seen = from;
  let filled = false;
  return (offset) => {
    for (; seen < offset; seen++) {
      const code = text.charCodeAt(seen);
      if (isLineEnd(code)) start = seen + 1;
      filled = !isLineEnd(code) && (filled || !isBlank(code));
    }
    let end = start;
    while (end < offset && end - start < WIDEST && isBlank(text.charCodeAt(end))) end++;
    return { indent: text.slice(start, end), isInside: filled };
  };
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}
