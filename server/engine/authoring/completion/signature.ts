import { block, code, prose, sources } from '../../base/markdown.ts';
import { type AttributeModel, attributesFor, type ElementModel, missingChildren, type Named } from '../../xml/model.ts';
import { nameAt } from '../../xml/names.ts';
import { isNamed } from '../../xml/schemaModel.ts';
import type { XmlDocument, XmlElement } from '../../xml/xml.ts';
import { type CommandSignature, commandOf, tellingAttributes } from '../commandSignature.ts';
import { type Source, xmlAt } from '../source.ts';
import { type XmlCursor, xmlCursor } from './xmlCursor.ts';

/** What a command of CCCP takes, while somebody writes it. */
export interface SignatureHelp {
  /** In a request and in the response to it. */
  readonly signatures: readonly Signature[];
  /** The one that is being written. */
  readonly active: number;
  /** The parameter that is being written, or comes next; null where none does. */
  readonly activeParameter: number | null;
}

export interface Signature {
  /** The element with what it may hold; what may be left out in brackets: `request: <ping> [<x/>] </ping>`. */
  readonly label: string;
  /** Markdown. */
  readonly documentation: string;
  readonly parameters: readonly Parameter[];
}

/** An attribute or a child of the command, or an attribute of a child. */
export interface Parameter {
  /** Its place in the label. */
  readonly from: number;
  readonly to: number;
  /** Markdown. */
  readonly documentation: string;
  readonly name: Named;
  /** The child that it is an attribute of; null for what belongs to the command itself. */
  readonly child: Named | null;
  readonly isAttribute: boolean;
}

/** The signature of the command whose tags, or the tags of whose children, an offset lies in; null elsewhere. */
export function signatureAt(source: Source, offset: number): SignatureHelp | null {
  const place = xmlAt(source, offset);
  const cursor = place?.editable ? xmlCursor(place.document, place.offset) : null;
  const element = cursor && commandAround(cursor);
  const command = element && commandOf(element);
  if (!command) return null;
  const models = [command.request, ...(command.response ? [command.response] : [])];
  const signatures = models.map((model) => signatureOf(place!.document, element, model, command));
  const active = element.parent!.local === 'response' ? signatures.length - 1 : 0;
  const wanted = wantedAt(cursor, element, models[active]!);
  const at = wanted ? signatures[active]!.parameters.findIndex((one) => isSame(one, wanted)) : -1;
  return { signatures, active, activeParameter: at < 0 ? null : at };
}

/** The element of the command that is being written, by its own tags and content or by the tags of its children. */
function commandAround(cursor: XmlCursor): XmlElement | null {
  if (cursor.kind === 'closing') return null;
  if (cursor.kind === 'content') return cursor.parent;
  if (cursor.kind === 'tag' && !cursor.element) return cursor.parent;
  if (!cursor.element) return null;
  return commandOf(cursor.element) ? cursor.element : cursor.element.parent;
}

/** Writes a label and notes what stands where in it. */
interface Writer {
  label: string;
  readonly parameters: Parameter[];
  readonly naming: (name: Named) => string;
}

/** A command with more of them would make a label that nobody reads. */
const MOST = 20;

function signatureOf(
  document: XmlDocument,
  element: XmlElement,
  model: ElementModel,
  { response, reasons }: CommandSignature,
): Signature {
  const start = model === response ? 'response: <' : 'request: <';
  const writer: Writer = { label: start, parameters: [], naming: (name) => nameAt(document, element, name) };
  writer.label += writer.naming(model);
  for (const one of attributesFor(model).slice(0, MOST)) writeAttribute(writer, one, null);
  writer.label += '>';
  for (const { model: child, required } of model.children.slice(0, MOST)) writeChild(writer, child, required);
  if (model.openChildren) writer.label += ' […]';
  writer.label += ` </${writer.naming(model)}>`;
  const failures =
    model === response && reasons.length > 0 ? `Reasons of a failure: ${reasons.map(code).join(', ')}` : '';
  return { label: writer.label, parameters: writer.parameters, documentation: documented(model, failures) };
}

function writeAttribute(writer: Writer, model: AttributeModel, child: Named | null): void {
  const { required } = model;
  writer.label += required ? ' ' : ' [';
  note(writer, writer.naming(model), { documentation: documented(model), name: model, child, isAttribute: true });
  if (!required) writer.label += ']';
}

function writeChild(writer: Writer, model: ElementModel, required: boolean): void {
  writer.label += required ? ' <' : ' [<';
  note(writer, writer.naming(model), {
    documentation: documented(model),
    name: model,
    child: null,
    isAttribute: false,
  });
  for (const one of tellingAttributes(model)) writeAttribute(writer, one, model);
  writer.label += required ? '/>' : '/>]';
}

function note(writer: Writer, name: string, parameter: Omit<Parameter, 'from' | 'to'>): void {
  writer.parameters.push({ ...parameter, from: writer.label.length, to: writer.label.length + name.length });
  writer.label += name;
}

function documented({ documentation, spec }: { documentation: string; spec: string }, more = ''): string {
  return block([prose(documentation), sources(spec), more]);
}

type Wanted = Pick<Parameter, 'name' | 'child' | 'isAttribute'>;

function isSame(one: Wanted, other: Wanted): boolean {
  if (one.isAttribute !== other.isAttribute || !isNamed(one.name, other.name)) return false;
  return one.child === null || other.child === null ? one.child === other.child : isNamed(one.child, other.child);
}

/** What is written at the cursor, or what must be written next. */
function wantedAt(cursor: XmlCursor, command: XmlElement, model: ElementModel): Wanted | null {
  if (cursor.kind === 'attribute' || cursor.kind === 'value') return wantedAttribute(cursor, command, model);
  if (cursor.kind === 'closing') return null;
  if (cursor.kind === 'tag' && cursor.element === command) return null;
  if (cursor.kind === 'tag' && cursor.element) return { name: cursor.element, child: null, isAttribute: false };
  const next = missingChildren(
    model,
    command.children.filter((one) => !one.unfinished),
  )[0]?.model;
  return next ? { name: next, child: null, isAttribute: false } : null;
}

function wantedAttribute(
  { element, attribute }: Extract<XmlCursor, { kind: 'attribute' | 'value' }>,
  command: XmlElement,
  model: ElementModel,
): Wanted | null {
  const child = element === command ? null : model.children.find((one) => isNamed(one, element))?.model;
  if (child === undefined) return null;
  const missing = (child ? tellingAttributes(child) : model.attributes.filter(({ required }) => required)).find(
    (one) => !element.attributes.some((each) => isNamed(each, one)),
  );
  const name = attribute ?? missing;
  if (name) return { name, child, isAttribute: true };
  return child && { name: child, child: null, isAttribute: false };
}
