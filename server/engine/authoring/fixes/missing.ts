import type { Repair } from '../../base/repair.ts';
import type { TextEdit } from '../../base/text.ts';
import { called, repair } from '../../sip/repairs.ts';
import { elementModel, missingAttributes, missingChildren, type Named } from '../../xml/model.ts';
import { isNamed } from '../../xml/schemaModel.ts';
import { XMLNS, type XmlAttribute, type XmlElement } from '../../xml/xml.ts';
import { blanksBefore, gapIn, newAttribute, newElement, put, type Writer, writerIn } from './newXml.ts';
import { misplacedBy, moved } from './order.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

/** Inserts what is required and not there, in its place. */
export const missingFixer: XmlFixer = {
  faults: ['missing-attribute', 'missing-element'],
  mend: (fault) => (fault.problem.fault === 'missing-attribute' ? withAttribute(fault) : withElement(fault)),
};

function withAttribute(fault: XmlFault): Repair[] {
  const { element, problem } = fault;
  const model = element && elementModel(element);
  const missing = model && missingAttributes(model, element.attributes).find(({ local }) => local === problem.name);
  return missing ? withNewAttribute(fault, element, missing) : [];
}

function withNewAttribute(fault: XmlFault, element: XmlElement, name: Named): Repair[] {
  const writer = writerIn(fault, element);
  const written = newAttribute(writer, fault, element, name);
  if (!written) return [];
  const title = `Insert the missing attribute ${called(writer.names.attribute(name))}`;
  return repair(title, [insertedAttribute(fault, element, name, written), ...writer.declared()]);
}

/** An attribute put behind the one that the schema has before it, on a line of its own where that has one. */
export function insertedAttribute(fault: XmlFault, element: XmlElement, name: Named, written: string): TextEdit {
  const before = attributeBefore(element, name);
  const at = before?.to ?? element.nameAt.to;
  const blanks = before ? blanksBefore(fault.document.text, before.from) : '';
  return { from: at, to: at, text: (/[\r\n]/.test(blanks) ? blanks : ' ') + written };
}

function attributeBefore(element: XmlElement, name: Named): XmlAttribute | undefined {
  const order = elementModel(element)?.attributes ?? [];
  const rank = (one: Named) => order.findIndex((each) => isNamed(each, one));
  const own = rank(name);
  let found: XmlAttribute | undefined;
  for (const one of element.attributes) {
    const isBefore = one.namespace === XMLNS || (rank(one) >= 0 && rank(one) < own);
    if (isBefore && (!found || one.namespace !== XMLNS || found.namespace === XMLNS)) found = one;
  }
  return found;
}

/** All that the content lacks; where it is there already, but in a wrong place, it is moved. */
function withElement(fault: XmlFault): Repair[] {
  const { element } = fault;
  if (!element) return [];
  const misplaced = element.parent && misplacedBy(element);
  if (misplaced) return moved(fault, misplaced);
  const parent = [element, element.parent].find((one) => one && lacks(one));
  return parent ? withChildren(fault, parent) : [];
}

function lacks(element: XmlElement): boolean {
  const model = elementModel(element);
  return model !== null && missingChildren(model, element.children).length > 0;
}

function withChildren(fault: XmlFault, parent: XmlElement): Repair[] {
  const model = elementModel(parent);
  const missing = model ? missingChildren(model, parent.children) : [];
  const first = missing[0];
  if (!first) return [];
  const writer = writerIn(fault, parent);
  const together = missing.filter(({ at }) => at === first.at);
  const content = together.map((one) => newElement(writer, one.model, parent)).join('\n');
  const names = together.map((one) => called(writer.names.element(one.model))).join(', ');
  return repair(`Insert the missing element ${names}`, insertedAt(fault, parent, { index: first.at, content, writer }));
}

interface Insertion {
  readonly index: number;
  readonly content: string;
  readonly writer: Writer;
}

function insertedAt(fault: XmlFault, parent: XmlElement, { index, content, writer }: Insertion) {
  return [...put(gapIn(fault, parent, index), content), ...writer.declared()];
}
