import { isBlank, slice, type TextEdit } from '../../base/text.ts';
import { address } from '../../sip/values.ts';
import { encoded } from '../../xml/encode.ts';
import { attributesFor, type ElementModel, elementModel, type Named } from '../../xml/model.ts';
import { isNamed } from '../../xml/schemaModel.ts';
import type { XmlElement } from '../../xml/xml.ts';
import { beginning } from '../beginning.ts';
import { namingOf, placeIn } from '../completion/candidates.ts';
import type { XmlAsk } from '../completion/offer.ts';
import { declarations, type Names, namesWith, prefixesIn } from '../completion/prefixes.ts';
import { attributeSnippet, type Pen, penFor, skeleton } from '../completion/skeleton.ts';
import { plainOf } from '../completion/snippet.ts';
import type { Wanted } from '../completion/wanted.ts';
import type { XmlPlace } from '../source.ts';
import type { XmlFault } from './xmlFault.ts';

/** What may be written at a place of a document. */
export interface Writer {
  readonly names: Names;
  readonly pen: Pen;
  /** The declarations that the names written so far need, at the root. */
  declared(): TextEdit[];
}

/** Writes new elements and attributes inside of an element. */
export function writerIn({ source, place, document }: XmlFault, parent: XmlElement): Writer {
  const names = namesWith(prefixesIn(document, parent));
  const at = parent.openTag.to;
  const cursor = { kind: 'content', parent, before: [], after: [], typed: { from: at, to: at } } as const;
  const ask: XmlAsk = { source, place: { ...place, offset: at }, cursor };
  return {
    names,
    pen: penFor(ask, names, unknownIn(source.text)),
    declared: () => [declarations(document, names.missing)].flatMap((edit) => edit ?? []),
  };
}

/** An element with all that is required in it. */
export function newElement({ pen }: Writer, model: ElementModel, parent: XmlElement): string {
  const written = `<${plainOf(skeleton(pen, model, placeIn(parent)))}`;
  return written.replace(/<([^\s<>]+)([^<>]*)>\n[ \t]*\n[ \t]*<\/\1>/g, '<$1$2/>');
}

/** What is written on these although the schema does not ask for it. */
const USUAL: Readonly<Record<string, string>> = {
  request: ' C3PVersion="1"',
  'conference-info': ' state="partial" version="1"',
};

/** The start tag of an element that is yet to be put around others, without its `>`. A request is from and to whom its message is, a state from whom. */
export function startTag(
  { source, place }: XmlFault,
  names: Names,
  model: ElementModel,
  around: readonly string[],
): string {
  const cursor = { kind: 'content', parent: null, before: [], after: [], typed: { from: 0, to: 0 } } as const;
  const pen = penFor({ source, place, cursor }, names, unknownIn(source.text));
  const [tag] = /^[^<>]*?(?=\/?>)/.exec(plainOf(skeleton(pen, model, { around, siblings: [] })))!;
  const usual = around.length === 0 ? (USUAL[model.local] ?? '') : '';
  const told =
    around.length === 0 ? tag.replace(/ (from|to|entity)="[^"]*"/g, (one, name) => ofMessage(place, name) ?? one) : tag;
  return `<${told}${usual}`;
}

function ofMessage({ within }: XmlPlace, name: string): string | undefined {
  const uri = within && address(within.message, name === 'to' ? 'to' : 'from')?.uri;
  return uri ? ` ${name}="${encoded(slice(within.message.text, uri))}"` : undefined;
}

/** `name="value"` of an attribute of an element, with a value that is right there; undefined where no such attribute may be. */
export function newAttribute(
  { pen }: Writer,
  { document }: XmlFault,
  element: XmlElement,
  name: Named,
): string | undefined {
  const model = elementModel(element);
  const found = model && attributesFor(model).find((one) => isNamed(one, name));
  return found ? plainOf(attributeSnippet(pen, found, namingOf(document, element))) : undefined;
}

/** A value that is right for an attribute; undefined where nobody knows the attribute. */
export function soundValue(fault: XmlFault, element: XmlElement, name: Named): string | undefined {
  const written = newAttribute(writerIn(fault, element), fault, element, name);
  return written && /="(.*)"$/s.exec(written)?.[1];
}

/** What stands where nothing in the document is known that could. */
function unknownIn(text: string): (wanted: Wanted | undefined) => string {
  const input = beginning(text);
  const values: Readonly<Record<Wanted, string>> = {
    conference: input.conference,
    'conference-id': /[^:]*$/.exec(input.conference)![0],
    user: input.user,
    address: input.from,
    server: input.conference.replace(/;opaque=app:conf:focus:/i, ';opaque=app:conf:chat:'),
    endpoint: '{3C71125D-8B4E-4F0A-A1D0-C5E2B7963F48}',
    media: '1',
    request: input.requestId,
  };
  return (wanted) => (wanted ? values[wanted] : '');
}

/** Where another child is put, and how. */
export interface Gap {
  readonly at: number;
  readonly before: string;
  readonly after: string;
  /** The blanks at the beginning of each line of the child. */
  readonly indent: string;
  /** What the start tag ends with so far, where there is no end tag yet. */
  readonly open: TextEdit[];
}

/**
 * The place before the child of that index, or behind the last one; as its neighbours stand, on lines or not.
 * @param name what the end tag is called where there is none yet
 */
export function gapIn({ document: { text } }: XmlFault, parent: XmlElement, index: number, name = parent.name): Gap {
  const next = parent.children[index];
  const last = parent.children.at(-1);
  if (next) {
    const at = withComments(text, parent, next);
    const apart = blanksBefore(text, at);
    return { at, before: '', after: apart, indent: indentOf(apart), open: [] };
  }
  if (last) {
    const apart = blanksBefore(text, withComments(text, parent, last));
    return { at: last.to, before: apart, after: '', indent: indentOf(apart), open: [] };
  }
  const outer = blanksBefore(text, parent.from);
  const isBlock = /[\r\n]/.test(outer) || (parent.parent === null && /[\r\n]/.test(text.slice(parent.from, parent.to)));
  const line = isBlock ? `${outer || '\n'}  ` : '';
  const { to } = parent.openTag;
  const end = isBlock ? outer || '\n' : '';
  if (parent.closeTag) {
    const held = /[\r\n]/.test(text.slice(to, parent.closeTag.from));
    return { at: to, before: line, after: held ? '' : end, indent: indentOf(line), open: [] };
  }
  const open = [{ from: to - 2, to, text: '>' }];
  return { at: to, before: line, after: `${end}</${name}>`, indent: indentOf(line), open };
}

/** The edits that put a text into a gap: its lines are indented as the gap is, and it stands on one where its neighbours do. */
export function put({ at, before, after, indent, open }: Gap, content: string): TextEdit[] {
  const lineBreak = /\r\n|[\r\n]/.exec(before + after)?.[0];
  const text = content.replace(/\n\s*/g, (blanks) => (lineBreak ? lineBreak + indent + blanks.slice(1) : ''));
  return [...open, { from: at, to: at, text: before + text + after }];
}

/** Where a child begins with the comments that stand on lines of their own right before it. */
export function withComments(text: string, parent: XmlElement, child: XmlElement): number {
  let from = child.from;
  for (;;) {
    const blanks = blanksBefore(text, from);
    const end = from - blanks.length;
    if (!text.startsWith('-->', end - 3)) return from;
    const start = text.lastIndexOf('<!--', end - 3);
    if (start < parent.openTag.to || !/[\r\n]/.test(blanksBefore(text, start))) return from;
    from = start;
  }
}

/** The white space before an offset. */
export function blanksBefore(text: string, at: number): string {
  let from = at;
  while (from > 0 && isBlank(text.charCodeAt(from - 1))) from--;
  return text.slice(from, at);
}

function indentOf(blanks: string): string {
  return /[^\r\n]*$/.exec(blanks)![0];
}
