import { nearest, type Span, trimmed } from '../base/text.ts';
import { lacking, misplaced } from './children.ts';
import type { Finding } from './judge.ts';
import { didYouMean, nameAt, orList } from './names.ts';
import { XML } from './namespaces.ts';
import { severityCap } from './policy.ts';
import { quoted } from './scanner.ts';
import { modelAt, type SchemaModel } from './schemaModel.ts';
import { isExtension, SCHEMAS } from './schemas.ts';
import {
  attributeText,
  type Fault,
  textOf,
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  type XmlProblem,
} from './tree.ts';
import { wrongValue } from './values.ts';

interface Case extends Finding {
  readonly document: XmlDocument;
  readonly schemas: SchemaModel;
  /** The attribute as it stands in the source, where the finding is about one that is there. */
  readonly found: XmlAttribute | undefined;
}

interface Explained {
  readonly at: Span;
  readonly message: string;
  readonly fault: Fault;
  /** The attribute it is about, if it is about one. */
  readonly name?: string;
}

/**
 * Turns an error of the schema processor into a problem at an exact place, in our words.
 * @param replaced the namespaces whose schemas are the user's own
 */
export function explain(
  document: XmlDocument,
  schemas: SchemaModel,
  finding: Finding,
  replaced: ReadonlySet<string>,
): XmlProblem {
  const { element, attribute } = finding;
  const found = element.attributes.find(
    (one) => attribute === (one.namespace ? `{${one.namespace}}${one.local}` : one.local),
  );
  const { at, message, fault, name } = words({ ...finding, document, schemas, found });
  const { namespace, local } = element;
  const judge = finding.message.startsWith('This element is not expected.') ? element.parent : element;
  const judgedBy = judge?.namespace ?? namespace;
  const severity = severityCap({ fault, namespace, judgedBy, local, name }, replaced);
  return {
    from: at.from,
    to: at.to,
    message,
    kind: 'schema',
    fault,
    ...(severity && { severity }),
    ...(name && { name }),
  };
}

function words(one: Case): Explained {
  for (const say of WORDINGS) {
    const said = say(one);
    if (said) return said;
  }
  // Expanded names are of no use to a reader: `{urn:x}user` is user.
  const message = one.message.replace(/'\{[^}']*\}([^']*)'/g, (_, name: string) => quoted(name));
  return { at: one.found ?? one.element.nameAt, message, fault: 'other' };
}

const WORDINGS: readonly ((one: Case) => Explained | undefined)[] = [
  wrongChild,
  missingChild,
  missingAttribute,
  unknownAttribute,
  badValue,
  wrongFixedValue,
  twice,
  wrongRoot,
  unexpectedText,
  unexpectedElements,
];

function wrongChild({ document, message, element, schemas }: Case): Explained | undefined {
  if (!message.startsWith('This element is not expected.')) return undefined;
  return { at: element.nameAt, ...misplaced(document, schemas, element) };
}

function missingChild({ document, message, element, schemas }: Case): Explained | undefined {
  if (!message.startsWith('Missing child element(s).')) return undefined;
  const list = /Expected is (?:one of )?\( (.*) \)/.exec(message)?.[1] ?? '';
  const names = list.split(', ').filter((name) => !name.startsWith('##'));
  const expected = names.map((name) => name.replace(/^\{.*\}/, ''));
  return { at: element.nameAt, ...lacking(document, schemas, element, expected) };
}

/** Whether something is missing that another finding names already: an attribute mistyped, text where its element lacks. */
export function isNamedOtherwise({ element, message }: Finding, all: readonly Finding[]): boolean {
  const others = all.filter((one) => one.element === element);
  if (message.startsWith('Missing child')) return others.some((one) => one.message.startsWith('Character content'));
  const name = /^The attribute '([^']*)' is required but missing/.exec(message)?.[1];
  if (name === undefined) return false;
  return others.some(({ attribute, message: other }) => {
    const found = /is not allowed/.test(other) && attribute?.replace(/^\{.*\}/, '');
    return found && (found === name || nearest(found, [name]) === name);
  });
}

function missingAttribute({ message, element }: Case): Explained | undefined {
  const name = /^The attribute '([^']*)' is required but missing/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const text = `${quoted(name)} is missing on ${quoted(element.name)}.`;
  return { at: element.nameAt, message: text, fault: 'missing-attribute', name };
}

function unknownAttribute({ document, message, element, found, schemas }: Case): Explained | undefined {
  if (!found || !/^The attribute '[^']*' is not allowed/.test(message)) return undefined;
  const own = modelAt(schemas, element)?.attributes ?? [];
  const allowed = own.filter(({ namespace }) => !namespace).map(({ local }) => local);
  const free = allowed.filter((name) => !element.attributes.some((one) => one.name === name));
  if (found.name.includes(':') && free.includes(found.local)) {
    const text = `${quoted(found.name)} must be written without a prefix: ${quoted(found.local)}.`;
    return { at: found.nameAt, message: text, fault: 'attribute', name: found.local };
  }
  const prefixed = extensionAttribute(document, schemas, element, found.name);
  if (prefixed) {
    const text = `${quoted(found.name)} must be written with its prefix: ${quoted(prefixed)}.`;
    return { at: found.nameAt, message: text, fault: 'attribute', name: found.local };
  }
  const guess = didYouMean(nearest(found.name, free));
  const list = allowed.length > 0 ? `; it may have ${orList(allowed)}.` : ', which has none of its own.';
  const text = `${quoted(found.name)} is not an attribute of ${quoted(element.name)}${guess || list}`;
  return { at: found.nameAt, message: text, fault: 'attribute', name: found.local };
}

/** What an attribute without a prefix would be called if it is one of an extension. */
function extensionAttribute(
  document: XmlDocument,
  { attributes }: SchemaModel,
  element: XmlElement,
  local: string,
): string | undefined {
  const found = attributes.find((one) => one.local === local && one.namespace !== XML && isExtension(one));
  return found && nameAt(document, element, found);
}

function badValue({ document, message, element, found }: Case): Explained | undefined {
  const value = found ? attributeText(document, found) : textOf(document, element);
  const text = wrongValue(message, value);
  if (text === undefined) return undefined;
  const at = found ? valueSpan(found) : textSpan(document, element);
  return { at, message: text, fault: 'value', ...(found && { name: found.local }) };
}

function wrongFixedValue({ document, message, element, found }: Case): Explained | undefined {
  const [, value, fixed] =
    /The (?:actual )?value '(.*)' does not match the fixed value constraint '(.*)'/.exec(message) ?? [];
  if (fixed === undefined) return undefined;
  const at = found ? valueSpan(found) : textSpan(document, element);
  const text = `Expected ${quoted(fixed)}, found ${value ? quoted(value) : 'nothing'}.`;
  return { at, message: text, fault: 'value', ...(found && { name: found.local }) };
}

/** Keys that must differ, or name one another, in schemas of the user's. */
function twice({ message, element }: Case): Explained | undefined {
  const double = /Duplicate key-sequence \['?(.*?)'?\] in .* '(?:\{[^}]*\})?(.*)'/.exec(message);
  if (double) {
    const text = `${quoted(double[1]!)} stands here a second time; ${quoted(double[2]!)} must differ.`;
    return { at: element.nameAt, message: text, fault: 'value' };
  }
  const lost = /No match found for key-sequence \['?(.*?)'?\] of keyref '(?:\{[^}]*\})?(.*)'/.exec(message);
  if (!lost) return undefined;
  const text = `Nothing in the document has the key ${quoted(lost[1]!)} (${quoted(lost[2]!)}).`;
  return { at: element.nameAt, message: text, fault: 'value' };
}

function wrongRoot({ message, element }: Case): Explained | undefined {
  if (!message.startsWith('No matching global')) return undefined;
  const schema = SCHEMAS.find((one) => one.namespace === element.namespace);
  const text = `A document cannot begin with ${quoted(element.name)}; expected ${orList(schema?.roots ?? [])}.`;
  return { at: element.nameAt, message: text, fault: 'root' };
}

function unexpectedText({ document, message, element, schemas }: Case): Explained | undefined {
  if (!message.startsWith('Character content')) return undefined;
  const [first] = modelAt(schemas, element)?.children.filter(({ required }) => required) ?? [];
  const lacks =
    first && element.children.length === 0 ? `; ${quoted(nameAt(document, element, first))} is expected` : '';
  const only = message.includes('other than whitespace') ? `holds elements only, no text${lacks}` : 'must be empty';
  return { at: textSpan(document, element), message: `${quoted(element.name)} ${only}.`, fault: 'text' };
}

function unexpectedElements({ message, element }: Case): Explained | undefined {
  if (!message.startsWith('Element content is not allowed')) return undefined;
  const first = element.children[0] ?? element;
  const only = message.includes('is empty') ? 'must be empty' : 'holds text only';
  return {
    at: first.nameAt,
    message: `${quoted(element.name)} ${only}; ${quoted(first.name)} is not allowed in it.`,
    fault: 'element',
  };
}

/** The value, or the whole attribute where the value is empty. */
function valueSpan(found: XmlAttribute): Span {
  return found.value.to > found.value.from ? found.value : found;
}

/** The first text of an element, or its name where it has none. */
function textSpan(document: XmlDocument, element: XmlElement): Span {
  for (const { from, to } of element.texts) {
    const seen = trimmed(document.text, from, to);
    if (seen.to > seen.from) return seen;
  }
  return element.nameAt;
}
