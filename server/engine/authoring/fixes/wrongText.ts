import type { Repair } from '../../base/repair.ts';
import { type TextEdit, trimmed } from '../../base/text.ts';
import { called, repair } from '../../sip/repairs.ts';
import { elementModel, missingChildren } from '../../xml/model.ts';
import type { XmlElement } from '../../xml/xml.ts';
import { writerIn } from './newXml.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

/** Puts a text into the child that is missing around it, or removes it. */
export const wrongTextFixer: XmlFixer = {
  faults: ['text'],
  mend: (fault) => (fault.element ? [...wrapped(fault, fault.element), ...removed(fault, fault.element)] : []),
};

function wrapped(fault: XmlFault, element: XmlElement): Repair[] {
  const model = elementModel(element);
  const [missing] = model && element.children.length === 0 ? missingChildren(model, []) : [];
  if (!missing?.model.text) return [];
  const writer = writerIn(fault, element);
  const name = writer.names.element(missing.model);
  const { from, to } = fault.problem;
  const tags = [
    { from, to: from, text: `<${name}>` },
    { from: to, to, text: `</${name}>` },
  ];
  const title = `Put ${called(fault.document.text.slice(from, to))} into ${called(name)}`;
  return repair(title, [...tags, ...writer.declared()]);
}

function removed({ document: { text }, problem }: XmlFault, element: XmlElement): Repair[] {
  const edits = element.texts.flatMap((run): TextEdit[] => {
    const seen = trimmed(text, run.from, run.to);
    return seen.to > seen.from ? [{ ...seen, text: '' }] : [];
  });
  const title = edits.length === 1 ? `Remove ${called(text.slice(problem.from, problem.to))}` : 'Remove the text';
  return edits.length > 0 ? repair(title, edits, 'possible') : [];
}
