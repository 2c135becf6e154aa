import type { Span } from '../base/text.ts';
import { xmlBodies } from '../flow/bodies.ts';
import type { Reading } from '../reading.ts';
import type { XmlDocument } from '../xml/xml.ts';
import { type Identifier, identifierIn, isSame } from './identifiers.ts';
import { messageIdentifiers } from './messageIdentifiers.ts';
import { type MessagePlace, messageAt, messagePlace, type Source, xmlAt } from './source.ts';
import { xmlIdentifiers } from './xmlIdentifiers.ts';

/** An identifier where it stands in a source. */
export interface Occurrence {
  readonly identifier: Identifier;
  /** The place in the source. */
  readonly at: Span;
  /** The message it stands in; null in a document of its own. */
  readonly message: MessagePlace | null;
  /** The XML document it stands in; null in a head. */
  readonly document: XmlDocument | null;
}

/** The identifier at an offset of a source, or null. */
export function occurrenceAt(source: Source, offset: number): Occurrence | null {
  const xml = xmlAt(source, offset);
  const message = xml ? xml.within : messageAt(source, offset);
  const place = xml ?? message;
  if (!place) return null;
  const identifiers = xml ? xmlIdentifiers(xml.document) : messageIdentifiers(message!.message);
  const identifier = identifierIn(identifiers, place.offset);
  return identifier ? { identifier, at: place.toSource(identifier), message, document: xml?.document ?? null } : null;
}

/** All identifiers of a source, from the first message to the last. */
export function* allOccurrences(source: Source): Generator<Occurrence> {
  if (source.xml) yield* inDocument(source.xml, null);
  for (let index = 0; index < source.reading.trace.count; index++) yield* inMessage(messagePlace(source, index));
}

/**
 * Where the same thing is named, from the first message to the last; a step of the generator is a message. Only messages that hold a
 * part of the name are parsed.
 * @param most so many are enough
 */
export function* occurrencesOf(
  source: Source,
  wanted: Identifier,
  most = Number.POSITIVE_INFINITY,
): Generator<undefined, Occurrence[]> {
  const same = ({ identifier }: Occurrence) => isSame(identifier, wanted);
  if (source.xml) return [...inDocument(source.xml, null)].filter(same);
  const found: Occurrence[] = [];
  for (const index of candidates(source.reading, wanted)) {
    if (found.length >= most) break;
    for (const one of inMessage(messagePlace(source, index))) if (same(one)) found.push(one);
    yield;
  }
  return found;
}

function* inMessage(message: MessagePlace): Generator<Occurrence> {
  for (const identifier of messageIdentifiers(message.message))
    yield { identifier, at: message.toSource(identifier), message, document: null };
  for (const { document } of xmlBodies(message.message)) yield* inDocument(document, message);
}

function* inDocument(document: XmlDocument, message: MessagePlace | null): Generator<Occurrence> {
  for (const identifier of xmlIdentifiers(document))
    yield { identifier, at: message ? message.toSource(identifier) : identifier, message, document };
}

/** Numbers of the messages that may name it: those that hold its letters, or may have them in pieces. */
function candidates({ trace }: Reading, wanted: Identifier): Uint32Array {
  const may = new Uint8Array(trace.count);
  for (let index = 0; index < trace.count; index++) if (trace.isTorn(index)) may[index] = 1;
  const needle = needleOf(wanted);
  if (needle === '') may.fill(1);
  const pattern = new RegExp(needle.replace(/[.+]/g, '\\$&'), 'gi');
  for (let hit = needle && pattern.exec(trace.text); hit; hit = pattern.exec(trace.text)) {
    const index = trace.indexAt(hit.index);
    const end = index < 0 ? 0 : trace.span(index).to;
    if (hit.index < end) may[index] = 1;
    pattern.lastIndex = Math.max(end, hit.index + 1);
  }
  return Uint32Array.from(may.keys()).filter((index) => may[index] === 1);
}

const LONGEST_NEEDLE = 60;

/** A part of the name that stands in the text as it is, whatever is escaped around it; '' where there is none. */
function needleOf({ kind, key, scope }: Identifier): string {
  const user = kind === 'party' ? /:([^@]+)@/.exec(key)?.[1] : undefined;
  const runs = (user ?? `${key} ${scope}`).match(/[a-z0-9_.+-]+/gi) ?? [];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '').slice(0, LONGEST_NEEDLE);
}
