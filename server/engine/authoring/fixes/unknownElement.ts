import type { Repair } from '../../base/repair.ts';
import type { Span, TextEdit } from '../../base/text.ts';
import { called, repair } from '../../sip/repairs.ts';
import {
  attributesFor,
  type ElementModel,
  elementModel,
  mayStandHere,
  missingChildren,
  placeFor,
} from '../../xml/model.ts';
import { isNamed } from '../../xml/schemaModel.ts';
import type { XmlElement } from '../../xml/xml.ts';
import { byName } from './byName.ts';
import { gapIn, newElement, put, type Writer, writerIn } from './newXml.ts';
import { takenOut } from './order.ts';
import { withoutAttribute } from './unknownAttribute.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

/** Gives an element that may not be there the name that is meant, puts it where it belongs, or removes it. */
export const unknownElementFixer: XmlFixer = {
  faults: ['element', 'command', 'extension'],
  mend(fault) {
    const { element } = fault;
    const model = element?.parent && elementModel(element.parent);
    if (!element?.parent) return [];
    const removed = repair(`Remove the element ${called(element.name)}`, [takenOut(fault, element)], 'possible');
    if (!model || model.children.some((one) => isNamed(one, element))) return removed;
    const homes = homesOf(fault, element, model);
    return [...renamed(fault, element, { model, isKnown: homes.length > 0 }), ...homes, ...removed];
  },
};

interface Around {
  readonly model: ElementModel;
  /** The element is no slip for another: it has a place elsewhere. */
  readonly isKnown: boolean;
}

/** The element under the name of one that may stand in its place, with what that one needs. */
function renamed(fault: XmlFault, element: XmlElement, { model, isKnown }: Around): Repair[] {
  const parent = element.parent!;
  const at = parent.children.indexOf(element);
  const here = mayStandHere(model, parent.children.slice(0, at), parent.children.slice(at + 1));
  const near = isKnown ? [] : here.filter((one) => mayHold(one, element));
  const meant = here.find(({ local }) => local === element.local) ?? byName(near, element.local);
  if (!meant) return isKnown ? [] : asRequired(fault, element, model);
  const writer = writerIn(fault, parent);
  const name = writer.names.element(meant);
  if (name === element.name) return withoutDefault(fault, element);
  const edits = [
    ...requalified(fault, element, meant, writer.names.element),
    ...completed(fault, element, meant, writer),
  ];
  return repair(`Replace ${called(element.name)} by ${called(name)}`, [...edits, ...writer.declared()]);
}

/** The element under the name of the one that is required in its place, without attributes that that one has not. */
function asRequired(fault: XmlFault, element: XmlElement, model: ElementModel): Repair[] {
  const parent = element.parent!;
  const others = parent.children.filter((one) => one !== element);
  const at = parent.children.indexOf(element);
  const missing = missingChildren(model, others).find((one) => one.at === at)?.model;
  if (!missing || (element.texts.length > 0 && !missing.text)) return [];
  const writer = writerIn(fault, parent);
  const name = writer.names.element(missing);
  const edits = [
    ...namesOf(fault, element).map((place) => ({ ...place, text: name })),
    ...otherAttributes(fault, element, missing, writer),
    ...writer.declared(),
  ];
  return repair(`Replace ${called(element.name)} by ${called(name)}`, edits, 'possible');
}

/** The attributes of an element that becomes one of another model: those it may not have are taken out, those it needs are added. */
function otherAttributes(fault: XmlFault, element: XmlElement, model: ElementModel, writer: Writer): TextEdit[] {
  const known = new Set(attributesFor(model).map(({ local }) => local));
  const foreign = element.attributes.filter((one) => one.namespace === '' && !known.has(one.local));
  const from = element.nameAt.to;
  const wanted = newElement(writer, model, element.parent!).matchAll(/^<[^\s<>]+|([\w:-]+)="[^"<>]*"(?=[^<>]*>)/g);
  const more = [...wanted].filter(([, name]) => name && !element.attributes.some((one) => one.name === name));
  return [
    ...more.map(([written]) => ({ from, to: from, text: ` ${written}` })),
    ...foreign.map((one) => withoutAttribute(fault.document.text, one)),
  ];
}

/** Whether what an element has may be in one of that model. */
function mayHold(model: ElementModel, element: XmlElement): boolean {
  const hasText = element.texts.length > 0 && element.children.length === 0;
  const known = new Set(attributesFor(model).map(({ local }) => local));
  const isFitting = element.attributes.every((one) => one.namespace !== '' || known.has(one.local));
  return isFitting && (!hasText || model.text !== null || model.openChildren);
}

/** The name is right, but the element itself says that it is in another namespace. */
export function withoutDefault({ document: { text } }: XmlFault, element: XmlElement): Repair[] {
  const own = element.attributes.find((one) => one.name === 'xmlns');
  if (!own) return [];
  return repair(`Remove ${called(text.slice(own.from, own.to))}`, [withoutAttribute(text, own)]);
}

/** The element under the name of its model, and so its children that are in the same wrong namespace. */
function requalified(
  fault: XmlFault,
  element: XmlElement,
  model: ElementModel,
  nameOf: (named: ElementModel) => string,
): TextEdit[] {
  const edits = namesOf(fault, element).map((place) => ({ ...place, text: nameOf(model) }));
  for (const child of element.children) {
    const meant = model.children.find(({ local }) => local === child.local)?.model;
    const isWrong = child.namespace === element.namespace && meant && meant.namespace !== child.namespace;
    if (isWrong) edits.push(...requalified(fault, child, meant, nameOf));
  }
  return edits;
}

/** Where the name of an element stands: in its start tag and its end tag. */
export function namesOf({ document: { text } }: XmlFault, { nameAt, name, closeTag }: XmlElement): Span[] {
  const from = closeTag ? closeTag.from + 2 : -1;
  return closeTag && text.startsWith(name, from) ? [nameAt, { from, to: from + name.length }] : [nameAt];
}

/** What an element lacks at its end to be one of that model. */
export function completed(fault: XmlFault, element: XmlElement, model: ElementModel, writer: Writer): TextEdit[] {
  const index = element.children.length;
  const children = element.children.map(({ local }) => model.children.find((one) => one.local === local) ?? element);
  const missing = missingChildren(model, children).filter(({ at }) => at === index);
  if (missing.length === 0 || element.texts.length > 0) return [];
  const content = missing.map((one) => newElement(writer, one.model, element)).join('\n');
  return put(gapIn(fault, element, index, writer.names.element(model)), content);
}

/** So many places where an element belongs are offered. */
const MOST_HOMES = 3;

/** The element moved into the sibling that may hold it, or with a new one around it. */
function homesOf(fault: XmlFault, element: XmlElement, model: ElementModel): Repair[] {
  const homes = model.children.filter((slot) => slot.model.children.some((one) => isNamed(one, element)));
  if (homes.length > MOST_HOMES) return [];
  return homes.flatMap(({ model: home }) => {
    const there = element.parent!.children.find((one) => isNamed(one, home));
    return there ? movedInto(fault, element, { home, there }) : wrapped(fault, element, { model, home });
  });
}

function movedInto(
  fault: XmlFault,
  element: XmlElement,
  { home, there }: { home: ElementModel; there: XmlElement },
): Repair[] {
  const index = placeFor(home, there.children, element);
  if (index === null) return [];
  const text = fault.document.text.slice(element.from, element.to);
  const edits = [...put({ ...gapIn(fault, there, index), indent: '' }, text), takenOut(fault, element)];
  return repair(`Move ${called(element.name)} into ${called(there.name)}`, edits);
}

function wrapped(
  fault: XmlFault,
  element: XmlElement,
  { model, home }: { model: ElementModel; home: ElementModel },
): Repair[] {
  const parent = element.parent!;
  const others = parent.children.filter((one) => one !== element);
  const index = placeFor(model, others, home);
  if (index === null || missingChildren(home, [element]).length > 0) return [];
  const writer = writerIn(fault, parent);
  const name = writer.names.element(home);
  const next = others[index];
  const gap = gapIn(fault, parent, next ? parent.children.indexOf(next) : parent.children.length);
  const text = fault.document.text.slice(element.from, element.to);
  const [start] = /^<[^<>]*?(?=\/?>)/.exec(newElement(writer, home, parent))!;
  const edits = [...put(gap, `${start}>\n  ${text}\n</${name}>`), takenOut(fault, element), ...writer.declared()];
  return repair(`Put ${called(element.name)} into a new ${called(name)}`, edits);
}
