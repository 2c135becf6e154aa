import { clipped, plain } from '../base/quote.ts';
import type { Span } from '../base/text.ts';
import { CCCP } from '../flow/cccp.ts';
import { attributeValue, textOf, walk, type XmlDocument, type XmlElement } from '../xml/xml.ts';

/** An element in the outline of an XML document. Offsets are those of the document. */
export interface OutlineItem {
  /** Its name, and what it is called by: `user sip:carol@contoso.com`. */
  readonly name: string;
  /** The text of an element that holds nothing else. */
  readonly detail: string;
  readonly kind: 'command' | 'entity' | 'text' | 'element';
  readonly at: Span;
  readonly nameAt: Span;
  readonly children: readonly OutlineItem[];
}

/** In a longer document only elements that are called by something are listed. */
const MANY = 3000;
/** What lies deeper is left out: no vocabulary describes such. */
const DEEPEST = 40;
const LONGEST = 100;
/** What an element is called by: the first of these that it has. */
const IDENTITIES = ['mediaId', 'endpointEntity', 'userEntity', 'confEntity', 'entity', 'requestId', 'id', 'label'];

/**
 * The elements of a document as an outline; none where it has no root.
 * @param brief leaves out elements that are called by nothing, as does a long document
 */
export function outlineOf(document: XmlDocument, brief = false): OutlineItem[] {
  if (!document.root) return [];
  const root = { document, brief: brief || isLong(document) };
  return [{ ...item(root, document.root), children: inside(root, document.root, 1) }];
}

interface Task {
  readonly document: XmlDocument;
  readonly brief: boolean;
}

function isLong(document: XmlDocument): boolean {
  let count = 0;
  for (const _ of walk(document)) if (++count > MANY) return true;
  return false;
}

/** The items of the elements in an element; those of an element that is left out stand in its place. */
function inside(task: Task, element: XmlElement, depth: number): OutlineItem[] {
  if (depth > DEEPEST) return [];
  return element.children.flatMap((child) => {
    const children = inside(task, child, depth + 1);
    const made = item(task, child);
    return task.brief && made.kind !== 'entity' && made.kind !== 'command' ? children : [{ ...made, children }];
  });
}

function item({ document }: Task, element: XmlElement): Omit<OutlineItem, 'children'> {
  const identity = identityOf(document, element);
  const detail = element.children.length === 0 ? shown(textOf(document, element)) : '';
  return {
    name: identity ? `${shown(element.name)} ${identity}` : shown(element.name),
    detail,
    kind: isCommand(element) ? 'command' : identity ? 'entity' : detail ? 'text' : 'element',
    at: { from: element.from, to: element.to },
    nameAt: element.nameAt,
  };
}

function isCommand({ parent, namespace }: XmlElement): boolean {
  return namespace === CCCP && parent !== null && parent.parent === null && parent.namespace === CCCP;
}

function identityOf(document: XmlDocument, element: XmlElement): string {
  for (const name of element.attributes.length > 0 ? IDENTITIES : []) {
    const value = attributeValue(document, element, name);
    if (value?.trim()) return shown(value);
  }
  return '';
}

function shown(text: string): string {
  return clipped(
    plain(text.slice(0, 4 * LONGEST))
      .replace(/\s+/g, ' ')
      .trim(),
    LONGEST,
  );
}
