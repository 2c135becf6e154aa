import type { Repair } from '../../base/repair.ts';
import { CONFERENCE_INFO } from '../../flow/cccp.ts';
import { called, repair } from '../../sip/repairs.ts';
import { elementModel } from '../../xml/model.ts';
import type { XmlAttribute, XmlElement } from '../../xml/xml.ts';
import { writerIn } from './newXml.ts';
import { withoutAttribute } from './unknownAttribute.ts';
import { completed, namesOf, withoutDefault } from './unknownElement.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

/** Names that are right but for their prefix: elements of conference-info in the namespace of CCCP, attributes with one. */
export const misnamedFixer: XmlFixer = {
  rules: ['cccp-prefix-missing', 'cccp-attribute-prefixed'],
  mend(fault) {
    const { element, attribute } = fault;
    if (attribute && element) return unprefixed(fault, element, attribute);
    return element ? prefixed(fault, element) : [];
  },
};

/** The element with all in it that is in the same namespace. */
function prefixed(fault: XmlFault, element: XmlElement): Repair[] {
  const writer = writerIn(fault, element.parent ?? element);
  const nameOf = ({ local }: XmlElement) => writer.names.element({ namespace: CONFERENCE_INFO, local });
  if (nameOf(element) === element.name) return withoutDefault(fault, element);
  const all = [element];
  for (const one of all) all.push(...one.children.filter(({ namespace }) => namespace === element.namespace));
  const edits = all.flatMap((one) => namesOf(fault, one).map((place) => ({ ...place, text: nameOf(one) })));
  const model = element.parent && elementModel(element.parent);
  const meant = model?.children.find(
    ({ namespace, local }) => namespace === CONFERENCE_INFO && local === element.local,
  );
  const more = meant ? completed(fault, element, meant.model, writer) : [];
  const title = `Replace ${called(element.name)} by ${called(nameOf(element))}`;
  return repair(title, [...edits, ...more, ...writer.declared()]);
}

function unprefixed({ document }: XmlFault, element: XmlElement, attribute: XmlAttribute): Repair[] {
  const { local, name, nameAt } = attribute;
  if (element.attributes.some((one) => one.name === local))
    return repair(`Remove ${called(name)}`, [withoutAttribute(document.text, attribute)]);
  return repair(`Replace ${called(name)} by ${called(local)}`, [{ ...nameAt, text: local }], 'sure');
}
