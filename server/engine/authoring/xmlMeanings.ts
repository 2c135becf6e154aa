import { block, code, prose, title } from '../base/markdown.ts';
import { clipped, plain } from '../base/quote.ts';
import {
  type AttributeModel,
  attributesFor,
  type ChildModel,
  describeNamespace,
  type ElementModel,
  elementModel,
  type ListedValue,
  type Named,
  type ValueModel,
} from '../xml/model.ts';
import { nameAt } from '../xml/names.ts';
import { isExtension } from '../xml/schemas.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../xml/xml.ts';
import { type CommandSignature, commandOf, tellingAttributes } from './commandSignature.ts';

/** Of a longer list only so many are shown. */
const MOST = 16;
const LONGEST = 200;

/** The built-in types of XML Schema in words; those that say nothing are left out. */
const TYPES: Readonly<Record<string, string>> = {
  anyURI: 'a URI',
  boolean: '`true` or `false`',
  unsignedInt: 'a whole number, 0 or more',
  unsignedShort: 'a whole number from 0 to 65535',
  unsignedLong: 'a whole number, 0 or more',
  nonNegativeInteger: 'a whole number, 0 or more',
  positiveInteger: 'a whole number, 1 or more',
  int: 'a whole number',
  integer: 'a whole number',
  decimal: 'a number',
  dateTime: 'a date with a time, as 2024\\-01\\-31T12:00:00Z',
  language: 'a tag of a language, as en\\-US',
  base64Binary: 'octets in base64',
};

/** What writes names of the schema as they would be written at a place. */
type Naming = (name: Named) => string;

/** What the document says, as code. */
function written(text: string): string {
  return code(shown(text));
}

/** A text of the document without what cannot be seen, and no longer than anybody reads. */
function shown(text: string): string {
  return clipped(plain(text), LONGEST);
}

function namingAt(document: XmlDocument, near: XmlElement): Naming {
  return (name) => written(nameAt(document, near, name));
}

/** What an element means, where it may stand, what it may hold; for a command, request, response and reasons. Null where no schema tells. */
export function elementMeaning(document: XmlDocument, element: XmlElement): string | null {
  const model = elementModel(element);
  if (!model) return unknownMeaning(element);
  const naming = namingAt(document, element);
  const command = commandOf(element);
  const kind = command ? 'command' : 'element';
  return block([
    title(element.local, `${kind}${ofNamespace(element.namespace)}`, model.spec),
    prose(model.documentation),
    placeOf(element, naming),
    ...(command ? commandLines(command, naming) : [holdsLine(model, naming)]),
  ]);
}

/** Of an element that no schema declares, what its namespace is for. */
function unknownMeaning({ local, namespace }: XmlElement): string | null {
  const found = isExtension({ namespace }) ? describeNamespace(namespace) : null;
  if (!found) return null;
  const kind = `element${ofNamespace(namespace)}`;
  return block([
    title(shown(local), kind, found.spec),
    prose(found.documentation),
    'No schema tells of it: it is not judged.',
  ]);
}

function ofNamespace(namespace: string): string {
  return namespace ? ` of ${written(namespace)}` : '';
}

/** Where the element stands: in what, how often, between what. */
function placeOf({ parent, namespace, local }: XmlElement, naming: Naming): string {
  if (!parent) return 'The root of a document.';
  const model = elementModel(parent);
  const at = model?.children.findIndex((one) => one.local === local && one.namespace === namespace) ?? -1;
  if (!model || at < 0) return `In ${naming(parent)}.`;
  const child = model.children[at]!;
  const [before, behind] = [model.children[at - 1], model.children[at + 1]];
  const order = model.ordered ? [before && `behind ${naming(before)}`, behind && `before ${naming(behind)}`] : [];
  return `In ${naming(parent)}: ${[often(child), ...order.filter((one) => one !== undefined)].join(', ')}.`;
}

function often({ required, repeats }: ChildModel): string {
  return required ? (repeats ? 'one or more' : 'must be there') : repeats ? 'any number' : 'may be there';
}

function holdsLine(model: ElementModel, naming: Naming): string {
  const text = model.text && valueLine(model.text);
  return block([
    text ? `Holds ${text}.` : '',
    listLine('Attributes', attributesFor(model), naming),
    listLine(model.ordered ? 'Children, in this order' : 'Children', model.children, naming),
  ]);
}

function listLine(what: string, all: readonly (Named & { readonly required: boolean })[], naming: Naming): string {
  if (all.length === 0) return '';
  const shown = all.slice(0, MOST).map((one) => naming(one) + (one.required ? ' (required)' : ''));
  return `${what}: ${shown.join(', ')}${all.length > MOST ? ' …' : ''}`;
}

function commandLines({ request, response, reasons }: CommandSignature, naming: Naming): string[] {
  return [
    `Request: ${contentOf(request, naming)}`,
    response ? `Response: ${contentOf(response, naming)}` : '',
    reasons.length > 0 ? `Reasons of a failure: ${reasons.map(code).join(', ')}` : '',
  ];
}

/** What an element must and may hold, with the attributes of its children. */
function contentOf(model: ElementModel, naming: Naming): string {
  const attributes = attributesFor(model).filter(({ local }) => local !== 'reason');
  const musts = [
    ...attributes.filter(({ required }) => required).map(naming),
    ...model.children.filter(({ required }) => required).map((one) => withAttributes(one, naming)),
  ];
  const mays = [
    ...model.children.filter(({ required }) => !required).map((one) => withAttributes(one, naming)),
    ...attributes.filter(({ required }) => !required).map(naming),
  ];
  const parts = [musts.length ? musts.join(', ') : '', mays.length ? `may have ${short(mays)}` : ''].filter(Boolean);
  return parts.join('; ') || (model.openChildren ? 'anything' : 'nothing');
}

function short(names: readonly string[]): string {
  return names.slice(0, MOST).join(', ') + (names.length > MOST ? ' …' : '');
}

function withAttributes({ model, ...name }: ChildModel, naming: Naming): string {
  const attributes = tellingAttributes(model);
  return naming(name) + (attributes.length > 0 ? ` (${attributes.map(naming).join(', ')})` : '');
}

/** What an attribute means, and what its value may be. Null where no schema tells. */
export function attributeMeaning(document: XmlDocument, element: XmlElement, one: XmlAttribute): string | null {
  const model = attributeModel(element, one);
  if (!model) return null;
  const naming = namingAt(document, element);
  const value = valueLine(model.value);
  const absent = model.default === null ? '' : ` Where it is absent, ${code(model.default)} is meant.`;
  return block([
    title(one.local, `attribute of ${naming(element)}`, model.spec),
    prose(model.documentation),
    `${model.required ? 'Required' : 'Optional'}${value ? `: ${value}` : ''}.${absent}`,
  ]);
}

/** The schema's attribute that this one is. */
export function attributeModel(element: XmlElement, { local, namespace }: XmlAttribute): AttributeModel | undefined {
  const model = elementModel(element);
  return model ? attributesFor(model).find((one) => one.local === local && one.namespace === namespace) : undefined;
}

function valueLine({ values, closed, list, type }: ValueModel): string {
  const known = Object.hasOwn(TYPES, type) ? TYPES[type]! : '';
  if (values.length === 0 || type === 'boolean') return known;
  const names = short(values.map(({ value }) => code(value)));
  const some = list ? 'any of ' : 'one of ';
  return closed ? some + names : `${known && `${known}, `}usually ${names}`;
}

/** What a value that the schema lists means; null for any other, and where nothing is said of it. */
export function valueMeaning(value: string, model: ValueModel, of: string): string | null {
  const found = model.values.find((one) => one.value === value);
  return found?.documentation ? listedMeaning(found, of) : null;
}

function listedMeaning({ value, documentation, spec }: ListedValue, of: string): string {
  return block([title(value, `value of ${written(of)}`, spec), prose(documentation)]);
}

/** What a prefix or a namespace declaration stands for; null where nothing is known of the namespace. */
export function namespaceMeaning(prefix: string, namespace: string): string | null {
  const found = describeNamespace(namespace);
  const name = prefix ? shown(prefix) : 'xmlns';
  const kind = `${prefix ? 'prefix of' : 'without a prefix,'} the namespace ${written(namespace)}`;
  return block([title(name, kind, found?.spec ?? ''), prose(found?.documentation ?? '')]);
}
