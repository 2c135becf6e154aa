import { nearest, type Span } from '../base/text.ts';
import { after, afterLater, firsts, NOTHING } from './content.ts';
import { didYouMean, nameAt, orList } from './names.ts';
import { quoted } from './scanner.ts';
import { type ChildModel, type Content, type ElementModel, key, modelAt, type SchemaModel } from './schemaModel.ts';
import { CCCP, isExtension } from './schemas.ts';
import type { Fault, XmlDocument, XmlElement } from './tree.ts';

interface Said {
  /** Where it is, if not at the element itself. */
  readonly at?: Span;
  readonly message: string;
  readonly fault: Fault;
}

/** Why an element may not stand where it does. */
export function misplaced(document: XmlDocument, schemas: SchemaModel, element: XmlElement): Said {
  const parent = element.parent;
  const type = parent ? modelAt(schemas, parent) : undefined;
  if (!parent || !type) return { message: `${quoted(element.name)} is not expected here.`, fault: 'element' };
  const at = type.children.findIndex((slot) => key(slot) === key(element));
  return at >= 0 ? outOfPlace(document, element, parent, type, at) : unknown(document, element, parent, type);
}

/** A child that the parent knows, in a wrong place. */
function outOfPlace(
  document: XmlDocument,
  element: XmlElement,
  parent: XmlElement,
  type: ElementModel,
  at: number,
): Said {
  const name = quoted(element.name);
  const earlier = parent.children.slice(0, parent.children.indexOf(element));
  if (!type.ordered && (type.children[at]!.repeats || !earlier.some((one) => key(one) === key(element))))
    return { message: `${name} is not allowed at this place in ${quoted(parent.name)}.`, fault: 'order' };
  const slots = new Map(type.children.map((slot, index) => [key(slot), index]));
  const later = earlier.find((one) => (slots.get(key(one)) ?? -1) > at);
  if (later) return { message: `${name} must come before ${quoted(later.name)}.`, fault: 'order' };
  const present = new Set(earlier.map(key));
  const missing = type.children.slice(0, at).find((slot) => slot.required && !present.has(key(slot)));
  const behind = missing && parent.children.find((one) => key(one) === key(missing));
  if (behind)
    return { message: `${quoted(behind.name)} must come before ${name}.`, fault: 'missing-element', at: behind.nameAt };
  if (missing)
    return {
      message: `${quoted(nameAt(document, parent, missing))} is missing before ${name}.`,
      fault: 'missing-element',
    };
  if (present.has(key(element)) && !type.children[at]!.repeats) {
    return { message: `${name} may stand in ${quoted(parent.name)} only once.`, fault: 'element' };
  }
  const extension = earlier.find((one) => !slots.has(key(one)));
  const before = extension ? [] : expectedBehind(document, parent, type, earlier);
  if (before.length > 0) return { message: `${orList(before)} is missing before ${name}.`, fault: 'missing-element' };
  if (extension && isExtension(extension) && afterLater(afterLater(type.content, element), extension) === NOTHING) {
    const message = `${name} may not stand in ${quoted(parent.name)} beside ${quoted(extension.name)}.`;
    return { message, fault: 'element' };
  }
  const other = extension ? `, such as ${quoted(extension.name)}` : '';
  return { message: `${name} must come before elements of other namespaces${other}.`, fault: 'order-extension' };
}

/** The names of the elements that may come next, where one of several must. */
function expectedBehind(
  document: XmlDocument,
  parent: XmlElement,
  { content }: ElementModel,
  earlier: readonly XmlElement[],
): string[] {
  const next = firsts(earlier.reduce<Content>(after, content));
  return [...next].flatMap((one) => (one.kind === 'element' ? [nameAt(document, parent, one.element)] : []));
}

/** Whether a child may hold the element. */
function holds({ model }: ChildModel, element: XmlElement): boolean {
  return model.children.some((one) => key(one) === key(element));
}

function unknown(document: XmlDocument, element: XmlElement, parent: XmlElement, type: ElementModel): Said {
  const name = quoted(element.name);
  const same = type.children.find((slot) => slot.local === element.local);
  if (same && !isExtension(element))
    return { message: `${name} is ${elsewhere(element)}; ${inPlace(document, parent, same)}`, fault: 'element' };
  if (isExtension(element)) {
    const early = tooEarly(document, element, parent, type);
    if (early) return early;
    const message = `Elements of other namespaces, such as ${name}, are not expected in ${quoted(parent.name)}.`;
    return { message, fault: 'extension' };
  }
  const around = type.children.filter((slot) => holds(slot, element));
  if (around.length > 0) {
    const names = around.map((slot) => nameAt(document, parent, slot));
    return {
      message: `${name} is not expected in ${quoted(parent.name)}; it belongs in ${orList(names, 3)}.`,
      fault: 'element',
    };
  }
  const names = type.children.map((slot) => nameAt(document, parent, slot));
  const guess = didYouMean(nearest(element.name, names));
  if (parent.namespace === CCCP && !parent.parent && element.namespace === CCCP) {
    return { message: `${name} is not a known command${guess || '.'}`, fault: 'command' };
  }
  const list = names.length > 0 ? `; it may hold ${orList(names)}.` : '.';
  return { message: `${name} is not an element of ${quoted(parent.name)}${guess || list}`, fault: 'element' };
}

/** An extension that stands where a child of the parent's own must come first. */
function tooEarly(
  document: XmlDocument,
  element: XmlElement,
  parent: XmlElement,
  { children }: ElementModel,
): Said | undefined {
  const name = quoted(element.name);
  const present = new Set(parent.children.slice(0, parent.children.indexOf(element)).map(key));
  const missing = children.find((slot) => slot.required && !present.has(key(slot)));
  if (!missing) return undefined;
  const behind = parent.children.find((one) => key(one) === key(missing));
  if (!behind) {
    const message = `${quoted(nameAt(document, parent, missing))} is missing before ${name}.`;
    return { message, fault: 'missing-element' };
  }
  const message = `${quoted(behind.name)} must come before elements of other namespaces, such as ${name}.`;
  return { message, fault: 'order-extension', at: behind.nameAt };
}

function elsewhere({ namespace }: XmlElement): string {
  return namespace ? `in the namespace ${quoted(namespace)} here` : 'in no namespace';
}

function inPlace(document: XmlDocument, parent: XmlElement, slot: ChildModel): string {
  return `${quoted(nameAt(document, parent, slot))} in ${quoted(slot.namespace)} is expected.`;
}

/** What an element lacks. `expected` is used where the schemas do not tell. */
export function lacking(
  document: XmlDocument,
  schemas: SchemaModel,
  element: XmlElement,
  expected: readonly string[],
): Said {
  const present = new Set(element.children.map(key));
  const missing = modelAt(schemas, element)?.children.find((slot) => slot.required && !present.has(key(slot)));
  const names = missing ? [nameAt(document, element, missing)] : expected;
  return { message: `${orList(names)} is missing in ${quoted(element.name)}.`, fault: 'missing-element' };
}
