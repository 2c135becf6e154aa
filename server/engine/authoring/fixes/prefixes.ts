import type { Repair } from '../../base/repair.ts';
import { nearest, type TextEdit } from '../../base/text.ts';
import { called, repair } from '../../sip/repairs.ts';
import { usuallyFor } from '../../xml/names.ts';
import { walk } from '../../xml/xml.ts';
import { declaration, prefixesIn } from '../completion/prefixes.ts';
import { namesOf } from './unknownElement.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

/** Declares a prefix that has a usual meaning, or replaces a mistyped one by one that is declared. */
export const prefixFixer: XmlFixer = {
  faults: ['prefix'],
  mend(fault) {
    const prefix = fault.document.text.slice(fault.problem.from, fault.problem.to);
    return [...declared(fault, prefix), ...retyped(fault, prefix)];
  },
};

function declared({ document: { root } }: XmlFault, prefix: string): Repair[] {
  const namespace = usuallyFor(prefix);
  if (!namespace || !root) return [];
  const at = root.nameAt.to;
  const text = declaration([prefix, namespace]);
  return repair(`Declare ${called(`xmlns:${prefix}="${namespace}"`)}`, [{ from: at, to: at, text }]);
}

function retyped(fault: XmlFault, prefix: string): Repair[] {
  const known = nearest(prefix, [...prefixesIn(fault.document, fault.element).keys()].filter(Boolean));
  if (!known) return [];
  const edits: TextEdit[] = [];
  const change = ({ from }: { from: number }) => edits.push({ from, to: from + prefix.length, text: known });
  for (const element of walk(fault.document)) {
    if (isOf(element, prefix)) namesOf(fault, element).forEach(change);
    for (const attribute of element.attributes) if (isOf(attribute, prefix)) change(attribute.nameAt);
  }
  return repair(`Replace the prefix ${called(prefix)} by ${called(known)}`, edits);
}

function isOf({ name, namespace }: { name: string; namespace: string }, prefix: string): boolean {
  return namespace === '' && name.startsWith(`${prefix}:`);
}
