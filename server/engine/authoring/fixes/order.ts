import type { Repair } from '../../base/repair.ts';
import type { Span, TextEdit } from '../../base/text.ts';
import { called, repair } from '../../sip/repairs.ts';
import { type ElementModel, elementModel, missingChildren, placeFor } from '../../xml/model.ts';
import { isNamed } from '../../xml/schemaModel.ts';
import type { XmlElement } from '../../xml/xml.ts';
import { blanksBefore, gapIn, put, withComments } from './newXml.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

/** Moves what stands in a wrong order to where the schema has it. */
export const orderFixer: XmlFixer = {
  faults: ['order', 'order-extension'],
  mend(fault) {
    const { element } = fault;
    return element?.parent ? moved(fault, element) : [];
  },
};

/** The element moved among its siblings to where it may stand; nothing where it stands there, or may stand nowhere. */
export function moved(fault: XmlFault, element: XmlElement): Repair[] {
  const { parent } = element;
  const model = parent && elementModel(parent);
  if (!parent || !model) return [];
  const others = parent.children.filter((one) => one !== element);
  const index = placeAmong(model, others, element);
  if (index === null || index === parent.children.indexOf(element)) return [];
  const next = others[index];
  const last = others[index - 1];
  const where = next ? `before ${called(next.name)}` : `behind ${called(last!.name)}`;
  return repair(`Move ${called(element.name)} ${where}`, movedTo(fault, element, next));
}

/** More siblings are not tried one by one. */
const MOST_TRIED = 100;

/** Where the element may stand, so that nothing is missing: among extensions it may stand as one of them, but is then missed before. */
function placeAmong(model: ElementModel, others: readonly XmlElement[], element: XmlElement): number | null {
  const index = placeFor(model, others, element);
  if (index === null || others.length > MOST_TRIED) return index;
  for (let at = index; at >= 0; at--)
    if (missingChildren(model, [...others.slice(0, at), element, ...others.slice(at)]).length === 0) return at;
  return index;
}

/** The element with its comments, taken out and put before a sibling, or behind the last one. */
export function movedTo(fault: XmlFault, element: XmlElement, next: XmlElement | undefined): TextEdit[] {
  const { text } = fault.document;
  const parent = element.parent!;
  const index = next ? parent.children.indexOf(next) : parent.children.length;
  const from = withComments(text, parent, element);
  const gap = gapIn(fault, parent, index);
  return [...put({ ...gap, indent: '' }, text.slice(from, element.to)), takenOutWithComments(fault, element)];
}

/** An element taken out, with the blanks before. */
export function takenOut({ document: { text } }: XmlFault, { from, to }: Span): TextEdit {
  return { from: from - blanksBefore(text, from).length, to, text: '' };
}

function takenOutWithComments(fault: XmlFault, element: XmlElement): TextEdit {
  const from = withComments(fault.document.text, element.parent!, element);
  return takenOut(fault, { from, to: element.to });
}

/** The sibling behind an element that would have to come before it, so that nothing is missing there. */
export function misplacedBy(element: XmlElement): XmlElement | undefined {
  const { parent } = element;
  const model = parent && elementModel(parent);
  if (!parent || !model) return undefined;
  const at = parent.children.indexOf(element);
  // The place of the problem may be either of the two.
  return [element, ...parent.children.slice(at + 1)].find((one) => {
    const others = parent.children.filter((each) => each !== one);
    const place = placeAmong(model, others, one);
    return place !== null && place < parent.children.indexOf(one) && model.children.some((each) => isNamed(each, one));
  });
}
