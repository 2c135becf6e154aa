import type { Repair } from '../../base/repair.ts';
import { isBlank, type Span, type TextEdit } from '../../base/text.ts';
import { called, repair } from '../../sip/repairs.ts';
import { attributesFor, elementModel, missingAttributes } from '../../xml/model.ts';
import { isNamed } from '../../xml/schemaModel.ts';
import type { XmlAttribute, XmlElement } from '../../xml/xml.ts';
import { byName } from './byName.ts';
import { writerIn } from './newXml.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

/** Gives an attribute that the element may not have the name that is meant, with its prefix or without, or removes it. */
export const unknownAttributeFixer: XmlFixer = {
  faults: ['attribute'],
  mend(fault) {
    const { attribute, element, document } = fault;
    if (!attribute || !element) return [];
    const title = `Remove the attribute ${called(attribute.name)}`;
    const removed = repair(title, [withoutAttribute(document.text, attribute)], 'possible');
    return [...renamed(fault, element, attribute), ...removed];
  },
};

function renamed(fault: XmlFault, element: XmlElement, { local, name, namespace, nameAt }: XmlAttribute): Repair[] {
  const model = elementModel(element);
  if (!model) return [];
  const free = attributesFor(model).filter((one) => !element.attributes.some((each) => isNamed(each, one)));
  const meant =
    free.find((one) => one.local === local && one.namespace !== namespace) ??
    byName(missingAttributes(model, element.attributes), local) ??
    byName(free, local);
  if (!meant) return [];
  const writer = writerIn(fault, element);
  const text = writer.names.attribute(meant);
  return repair(`Replace ${called(name)} by ${called(text)}`, [{ ...nameAt, text }, ...writer.declared()]);
}

/** An attribute taken out with the blanks before it. */
export function withoutAttribute(text: string, { from, to }: Span): TextEdit {
  while (from > 0 && isBlank(text.charCodeAt(from - 1))) from--;
  return { from, to, text: '' };
}
