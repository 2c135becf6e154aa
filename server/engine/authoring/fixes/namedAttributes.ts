import type { Repair, RepairEdit } from '../../base/repair.ts';
import { slice } from '../../base/text.ts';
import { type Cccp, readCccp } from '../../flow/cccp.ts';
import { readConferenceInfo } from '../../flow/conferenceInfo.ts';
import { sameEntity } from '../../flow/entity.ts';
import { called, repair } from '../../sip/repairs.ts';
import { type AttributeModel, attributesFor, elementModel } from '../../xml/model.ts';
import { isNamed } from '../../xml/schemaModel.ts';
import type { XmlElement } from '../../xml/xml.ts';
import { documentsAround } from '../exchanges.ts';
import { insertedAttribute } from './missing.ts';
import { soundValue, writerIn } from './newXml.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

/** Inserts the attributes that a rule of meaning says are missing, and gives those a value that have none or a wrong one. */
export const namedAttributesFixer: XmlFixer = {
  rules: [
    'cccp-attributes',
    'cccp-keys-incomplete',
    'cccp-dial-out',
    'confinfo-key-missing',
    'confinfo-version-missing',
  ],
  mend(fault) {
    const { element, attribute, problem } = fault;
    if (!element) return [];
    if (attribute) return withValue(fault, element, attribute);
    return problem.from === element.nameAt.from ? withAttributes(fault, element) : [];
  },
};

function withValue(fault: XmlFault, element: XmlElement, name: XmlFault['attribute'] & object): Repair[] {
  const value = valueFor(fault, element, name);
  if (!value || value === slice(fault.document.text, name.value)) return [];
  return repair(`Set ${called(`${name.name}="${value}"`)}`, [{ ...name.value, text: value }]);
}

/** Those that the problem names and the element has not, or has without a value. */
function withAttributes(fault: XmlFault, element: XmlElement): Repair[] {
  const model = elementModel(element);
  const told = (local: string) => new RegExp(`(?<![\\w-])${local}(?![\\w-])`).test(fault.problem.message);
  const names = model ? attributesFor(model).filter(({ local }) => told(local) && !hasValue(element, local)) : [];
  if (names.length === 0) return [];
  const writer = writerIn(fault, element);
  const edits = names.flatMap((name): RepairEdit[] => {
    const there = element.attributes.find((one) => isNamed(one, name));
    const text = valueFor(fault, element, name) ?? '';
    if (there) return [{ ...there.value, text }];
    return [insertedAttribute(fault, element, name, `${writer.names.attribute(name)}="${text}"`)];
  });
  const list = names.map((name) => called(writer.names.attribute(name))).join(', ');
  return repair(`Insert ${list}`, [...edits, ...writer.declared()]);
}

function hasValue({ attributes }: XmlElement, local: string): boolean {
  return attributes.some((one) => one.local === local && one.value.to > one.value.from);
}

function valueFor(fault: XmlFault, element: XmlElement, name: Pick<AttributeModel, 'namespace' | 'local'>) {
  if (name.local === 'version') return String(nextVersion(fault));
  const answered = name.local === 'requestId' && element.local === 'request' && answeredId(fault);
  if (answered) return answered;
  return name.local === 'C3PVersion' ? '1' : soundValue(fault, element, name);
}

/** The requestId of a response behind this request that has no request. */
function answeredId({ source, place }: XmlFault): string | undefined {
  const all = [...documentsAround(source, place)].flatMap((one) => readCccp(one) ?? []);
  const ids = (kind: Cccp['kind']) => all.filter((one) => one.kind === kind).map((one) => one.requestId?.value ?? '');
  const asked = new Set(ids('request'));
  return ids('response').find((id) => id && !asked.has(id));
}

/** One more than in the last document of the same conference before this one. */
function nextVersion({ source, place, document }: XmlFault): number {
  const entity = readConferenceInfo(document)?.entity?.value ?? '';
  for (const other of documentsAround(source, place)) {
    const info = other.from < document.from ? readConferenceInfo(other) : null;
    if (info?.version != null && sameEntity(info.entity?.value ?? '', entity)) return info.version + 1;
  }
  return 1;
}
