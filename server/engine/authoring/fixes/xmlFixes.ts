import { sentence } from '../../base/quote.ts';
import { applied, type Span, type TextEdit } from '../../base/text.ts';
import { verdict } from '../../xml/verdict.ts';
import { parseXml, type XmlDocument, type XmlElement, type XmlProblem } from '../../xml/xml.ts';
import { checkXml } from '../../xmlChecks.ts';
import { type Fix, type FixedProblem, type Source, type XmlPlace, xmlAt } from '../source.ts';
import { placedEdits, spanIn } from './placedEdits.ts';
import type { XmlFault } from './xmlFault.ts';
import { xmlFixers } from './xmlFixers.ts';

/** What mends a fault of syntax or against the schema. */
export function xmlFixes(source: Source, problem: FixedProblem): Fix[] {
  const place = xmlAt(source, problem.from);
  const found = place && problemAt(place, problem);
  if (!place || !found) return [];
  const fault = faultOf(source, place, found, problem.rule);
  const fixers = xmlFixers.filter(({ faults, rules }) =>
    found.fault ? faults?.includes(found.fault) : rules?.includes(problem.rule),
  );
  const repairs = fixers.flatMap((fixer) => fixer.mend(fault));
  const sound = repairs.filter(({ confidence, edits }) => confidence !== 'possible' || isSound(place, edits));
  return sound.flatMap(({ title, edits, confidence }) => {
    const placed = place.within ? placedEdits(source, place.within, edits) : edits;
    return placed ? [{ title, edits: placed, problem, confidence }] : [];
  });
}

/** A longer document is not judged once more for each change that is offered. */
const LONGEST = 50_000;

/** Whether a change that is only possible brings nothing else that is wrong. */
function isSound({ document }: XmlPlace, edits: readonly TextEdit[]): boolean {
  const { text, from, to } = document;
  if (to - from > LONGEST) return true;
  const inside = edits.map((edit) => ({ ...edit, from: edit.from - from, to: edit.to - from }));
  const after = rulesOf(parseXml(applied(text.slice(from, to), inside)));
  const before = rulesOf(document);
  return after.length < before.length && after.every((rule) => count(after, rule) <= count(before, rule));
}

function rulesOf(document: XmlDocument): string[] {
  return checkXml(document, { carrier: null, type: null }, 20).map(({ rule }) => rule.id);
}

function count(rules: readonly string[], wanted: string): number {
  return rules.filter((rule) => rule === wanted).length;
}

/** The rules that tell of what parser and schema find. */
const FOUND_BY_OTHERS = ['xml-malformed', 'xml-doctype', 'xml-schema'];

/** The problem as the parser or the schema found it, which knows more of it than what is shown; or what another rule says. */
function problemAt({ document, offset }: XmlPlace, problem: FixedProblem): XmlProblem | undefined {
  const at = spanIn(offset, problem, document);
  const isIt = ({ from, to, message }: XmlProblem) =>
    from === at.from && to === at.to && sentence(message) === problem.message;
  if (!FOUND_BY_OTHERS.includes(problem.rule)) return { ...at, message: problem.message, kind: 'schema' };
  return document.problems.find(isIt) ?? verdict(document)?.find(isIt);
}

function faultOf(source: Source, place: XmlPlace, problem: XmlProblem, rule: string): XmlFault {
  const element = innermost(place.document, problem);
  const attribute = element?.attributes.find((one) => holds(one, problem)) ?? null;
  return { rule, source, place, document: place.document, problem, element, attribute };
}

function innermost({ root }: XmlDocument, at: Span): XmlElement | null {
  let found: XmlElement | null = null;
  let next = root && holds(root, at) ? root : undefined;
  while (next) {
    found = next;
    next = next.children.find((one) => holds(one, at));
  }
  return found;
}

function holds(around: Span, at: Span): boolean {
  return around.from <= at.from && at.to <= around.to;
}
