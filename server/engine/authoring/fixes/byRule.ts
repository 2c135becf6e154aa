import type { Repair } from '../../base/repair.ts';
import { slice } from '../../base/text.ts';
import { CCCP } from '../../flow/cccp.ts';
import { called, repair } from '../../sip/repairs.ts';
import { attributesFor, elementModel } from '../../xml/model.ts';
import type { XmlElement } from '../../xml/xml.ts';
import { insertedAttribute } from './missing.ts';
import { soundValue } from './newXml.ts';
import { movedTo, takenOut } from './order.ts';
import { withoutAttribute } from './unknownAttribute.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

type Mend = (fault: XmlFault) => readonly Repair[];

/** What rules of meaning find and one change mends. */
const MENDS: Readonly<Record<string, Mend>> = {
  'cccp-content-twice': withoutElement,
  'cccp-dial-out': calledRight,
  'cccp-endorse-response': (fault) =>
    /^result /.test(fault.problem.message) ? withAttribute(fault, 'result', 'success') : [],
  'cccp-entity-not-uri': (fault) => (written(fault).includes('@') ? replaced(fault, `sip:${written(fault)}`) : []),
  'cccp-reason': reason,
  'cccp-requestid-format': requestId,
  'conference-description-parts': inOrder,
  'confinfo-child-state': childState,
  'confinfo-disconnection-connected': withoutElement,
  'confinfo-sidebar-version': withoutIt,
  'separator-last': withoutElement,
  'xml-encoding': (fault) => replaced(fault, 'UTF-8', 'sure'),
};

/** Mends what single rules of meaning find. */
export const byRuleFixer: XmlFixer = {
  rules: Object.keys(MENDS),
  mend: (fault) => MENDS[fault.rule]?.(fault) ?? [],
};

function written({ document, problem }: XmlFault): string {
  return slice(document.text, problem);
}

function replaced(fault: XmlFault, text: string, confidence: Repair['confidence'] = 'likely'): Repair[] {
  const { from, to } = fault.problem;
  return repair(`Replace ${called(written(fault))} by ${called(text)}`, [{ from, to, text }], confidence);
}

function withoutElement(fault: XmlFault): Repair[] {
  const { element } = fault;
  return element ? repair(`Remove the element ${called(element.name)}`, [takenOut(fault, element)]) : [];
}

function withoutIt({ attribute, document }: XmlFault): Repair[] {
  if (!attribute) return [];
  return repair(`Remove the attribute ${called(attribute.name)}`, [withoutAttribute(document.text, attribute)]);
}

function withAttribute(fault: XmlFault, name: string, value: string, on = fault.element): Repair[] {
  if (!on) return [];
  const edit = insertedAttribute(fault, on, { namespace: '', local: name }, `${name}="${value}"`);
  return repair(`Insert ${called(`${name}="${value}"`)}`, [edit]);
}

/** A call out has one endpoint, which is dialed. */
function calledRight(fault: XmlFault): Repair[] {
  const { element, problem } = fault;
  if (/one too many/.test(problem.message)) return withoutElement(fault);
  if (/^joining-method must/.test(problem.message)) return replaced(fault, 'dialed-out');
  return element && /must be empty/.test(problem.message) ? emptied(element) : [];
}

function emptied({ openTag, closeTag, name }: XmlElement): Repair[] {
  if (!closeTag) return [];
  return repair(`Remove what is in ${called(name)}`, [{ from: openTag.to, to: closeTag.from, text: '' }]);
}

/** Of the extensions of a description no schema has the order: the message names the sibling. */
function inOrder(fault: XmlFault): Repair[] {
  const { element, problem } = fault;
  const name = /before ([\w-]+)\.$/.exec(problem.message)?.[1];
  if (!element?.parent || !name) return withoutElement(fault);
  const next = element.parent.children.find(({ local }) => local === name);
  const title = `Move ${called(element.name)} before ${called(next?.name ?? name)}`;
  return next ? repair(title, movedTo(fault, element, next)) : [];
}

/** A response that succeeded has none; one that failed has one, on its command where that may tell it. */
function reason(fault: XmlFault): readonly Repair[] {
  const { attribute, element } = fault;
  if (attribute?.local === 'reason') return withoutIt(fault);
  const command = element?.children.find(({ namespace }) => namespace === CCCP);
  const telling = [command, element].find((one) => one && mayTell(one));
  return telling ? withAttribute(fault, 'reason', 'otherFailure', telling) : [];
}

function mayTell(element: XmlElement): boolean {
  const model = elementModel(element);
  return model !== null && attributesFor(model).some(({ local }) => local === 'reason');
}

/** The digits without what parts them, or a number that is not used yet. */
function requestId(fault: XmlFault): Repair[] {
  const { attribute, element } = fault;
  const digits = written(fault).replace(/[\s_.,-]/g, '');
  if (/^\d+$/.test(digits) && !written(fault).startsWith('-')) return replaced(fault, digits);
  const unused = attribute && element && soundValue(fault, element, attribute);
  return unused ? replaced(fault, unused, 'possible') : [];
}

/** What is deleted holds nothing; in a full list there is nothing partial. */
function childState(fault: XmlFault): Repair[] {
  const { element, problem } = fault;
  if (/is ignored/.test(problem.message)) return element ? emptied(element) : [];
  if (written(fault) === 'partial') return replaced(fault, 'full', 'possible');
  return element ? [{ ...withoutElement(fault)[0]!, confidence: 'possible' }] : [];
}
