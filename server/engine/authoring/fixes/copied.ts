import { type Span, slice } from '../../base/text.ts';
import { called } from '../../sip/repairs.ts';
import { encoded } from '../../xml/encode.ts';
import { walk, type XmlDocument } from '../../xml/xml.ts';
import { type Fix, type FixedProblem, messageAt, type Source, xmlAt } from '../source.ts';

/**
 * Rules that tell what a value must be by a place where it stands right, and whether the wrong one is to be replaced wherever it
 * stands in the document: a request that goes elsewhere names that conference in its keys, too. Of an `address` only the organizer and
 * the id of the conference are copied: its kind is its own.
 */
export const COPIED: Readonly<Record<string, 'here' | 'everywhere' | 'address'>> = {
  'cccp-conf-entity-changed': 'here',
  'cccp-conf-entity-mismatch': 'here',
  'cccp-endpoint-mismatch': 'here',
  'cccp-from-to-swap': 'here',
  'cccp-media-id-mismatch': 'here',
  'cccp-request-to-matches-sip-to': 'everywhere',
  'cccp-requestid-unknown': 'here',
  'cccp-user-mismatch': 'here',
  'confinfo-entity-mismatch': 'here',
  'focus-id-mismatch': 'address',
};

/** Copies the value from the place that explains the problem. */
export function copiedFixes(source: Source, problem: FixedProblem): Fix[] {
  const from = problem.related?.[0];
  const place = xmlAt(source, problem.from);
  const where = Object.hasOwn(COPIED, problem.rule) ? COPIED[problem.rule] : undefined;
  if (!from || !place || !where) return [];
  const before = slice(source.text, problem);
  const right = slice(source.text, from);
  const wanted = where === 'address' ? ofConference(before, right) : right;
  // Where a whole element explains it, there is no value to copy.
  if (wanted === before || !/^[^<>\s]+$/.test(wanted) || !/[:\d]/.test(wanted)) return [];
  const text = isInBody(source, from) ? wanted : encoded(wanted);
  const all = where !== 'everywhere' ? [problem] : valuesLike(place.document, before).map((one) => place.toSource(one));
  const edits = all.map((one) => ({ from: one.from, to: one.to, text }));
  return [{ title: `Replace ${called(before)} by ${called(wanted)}`, edits, problem, confidence: 'likely' }];
}

/** The address of a server as one of that conference (MS-SIPRE §2.2.3). */
function ofConference(address: string, conference: string): string {
  const id = /:id:([^;?]+)/i.exec(conference)?.[1];
  const [organizer = conference] = /^[^;]*/.exec(conference) ?? [];
  const rest = address.slice(/^[^;]*/.exec(address)![0].length);
  return organizer + (id === undefined ? rest : rest.replace(/:id:[^;?]+/i, `:id:${id}`));
}

/** What stands in a document is written as it must be there; what stands in a head is not. */
function isInBody(source: Source, at: Span): boolean {
  const place = messageAt(source, at.from);
  return place === null || place.offset >= place.message.body.from;
}

function valuesLike(document: XmlDocument, value: string): Span[] {
  return [...walk(document)].flatMap(({ attributes }) =>
    attributes.map((one) => one.value).filter((one) => slice(document.text, one) === value),
  );
}
