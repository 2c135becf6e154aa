import { type Span, slice } from '../base/text.ts';
import type { XmlElement } from '../xml/xml.ts';
import { type Source, type XmlPlace, xmlAt } from './source.ts';

/** The name in the start tag and the one in the end tag, where an offset lies in either; null where they are not a pair. */
export function tagNames(source: Source, offset: number): readonly [Span, Span] | null {
  const place = xmlAt(source, offset);
  const element = place && elementAt(place);
  if (!element?.closeTag) return null;
  const end = { from: element.closeTag.from + 2, to: element.closeTag.from + 2 + element.name.length };
  const isOn = [element.nameAt, end].some(({ from, to }) => from <= place!.offset && place!.offset <= to);
  const [first, second] = [place!.toSource(element.nameAt), place!.toSource(end)];
  const isPair = [first, second].every((at) => slice(source.text, at) === element.name);
  return isOn && isPair ? [first, second] : null;
}

/** The innermost element that an offset lies in; its edges belong to it. */
export function elementAt({ document, offset }: Pick<XmlPlace, 'document' | 'offset'>): XmlElement | null {
  let found: XmlElement | null = null;
  let next = document.root;
  while (next && next.from <= offset && offset <= next.to) {
    found = next;
    next = childAt(next.children, offset);
  }
  return found;
}

/** The last child that begins at or before an offset, or the one before it where that one ends there. */
function childAt(children: readonly XmlElement[], offset: number): XmlElement | null {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (children[middle]!.from <= offset) low = middle + 1;
    else high = middle;
  }
  return children[low - 1] ?? null;
}
