import type { Span } from '../base/text.ts';
import { readCccp } from '../flow/cccp.ts';
import type { Identifier } from './identifiers.ts';
import { type Occurrence, occurrenceAt, occurrencesOf } from './occurrences.ts';
import { messageAt, type Source, xmlAt } from './source.ts';
import { counterpart, type Destination, transactionAt } from './transactions.ts';
import { xmlIdentifiers } from './xmlIdentifiers.ts';

/** Where something is defined. */
export interface Definition extends Destination {
  /** What was asked about. */
  readonly origin: Span;
}

/**
 * Where what stands at an offset comes from: what is described in a roster there, what is only named at its first place; of a response
 * its request, of a request its final response, and the same of CCCP documents. Null where there is nothing to go to. A step of the
 * generator is a message.
 */
export function* definitionAt(source: Source, offset: number): Generator<undefined, Definition | null> {
  const asked = occurrenceAt(source, offset) ?? documentAt(source, offset);
  if (asked) return yield* ofIdentifier(source, asked);
  const place = messageAt(source, offset);
  const origin = place && transactionAt(place);
  const found = origin && counterpart(source, place.index);
  return found ? { ...found, origin } : null;
}

/** On the name of a CCCP document its requestId is meant. */
function documentAt(source: Source, offset: number): Occurrence | null {
  const place = xmlAt(source, offset);
  const root = place?.document.root;
  const names = root ? [root.nameAt, ...(root.closeTag ? [root.closeTag] : [])] : [];
  const name = names.find(({ from, to }) => from <= place!.offset && place!.offset <= to);
  if (!place || !name || !readCccp(place.document)) return null;
  const identifier = xmlIdentifiers(place.document).find(({ kind }) => kind === 'request');
  return identifier ? { identifier, at: place.toSource(name), message: place.within, document: place.document } : null;
}

function* ofIdentifier(source: Source, asked: Occurrence): Generator<undefined, Definition | null> {
  const found = yield* occurrencesOf(source, asked.identifier);
  const target =
    asked.identifier.kind === 'request' ? otherEnd(asked, found) : (found.find(isDeclared) ?? found[0] ?? null);
  return target && { origin: asked.at, whole: target.at, name: target.at };
}

function isDeclared({ identifier }: { identifier: Identifier }): boolean {
  return identifier.declares;
}

/** From the requestId of a request to that of its final response, from any other to that of the request: the last one before it. */
function otherEnd(asked: Occurrence, found: readonly Occurrence[]): Occurrence | null {
  const number = ({ message }: Occurrence) => message?.index ?? 0;
  const requests = found.filter(isDeclared);
  if (!isDeclared(asked)) return requests.filter((one) => number(one) <= number(asked)).at(-1) ?? requests[0] ?? null;
  const cccp = ({ document }: Occurrence) => document && readCccp(document);
  const responses = found.filter((one) => cccp(one)?.kind === 'response' && number(one) >= number(asked));
  return responses.find((one) => cccp(one)?.code?.value !== 'pending') ?? responses[0] ?? asked;
}
