import { CCCP } from '../../flow/cccp.ts';
import { type ElementModel, elementModel, mayStandHere, missingChildren, type Named } from '../../xml/model.ts';
import { attributeValue, type XmlElement } from '../../xml/xml.ts';
import type { Completion, TextEdit } from '../source.ts';
import { placeIn, requestsNear } from './candidates.ts';
import { documented } from './documentation.ts';
import { order, type XmlAsk } from './offer.ts';
import { declarations, type Names, namesWith, prefixesIn } from './prefixes.ts';
import { penFor, skeleton } from './skeleton.ts';
import { literal } from './snippet.ts';
import { rootsFor } from './vocabulary.ts';
import type { ContentCursor, TagCursor } from './xmlCursor.ts';

/** The elements that may come at a place, each with what is required in it; the roots where there is none yet. */
export function elements(ask: XmlAsk): readonly Completion[] {
  const { cursor } = ask;
  if (cursor.kind !== 'content' && cursor.kind !== 'tag') return [];
  const model = cursor.parent && elementModel(cursor.parent);
  const inside = model ? mayStandHere(model, cursor.before, cursor.after) : [];
  const offered = cursor.parent ? inside : rootsFor(ask.source, ask.place);
  const isSettled = cursor.kind === 'tag' && cursor.nameOnly && has(offered, cursor.element);
  if (isSettled) return [];
  const rank = ranking(ask, cursor, model);
  return offered.map((one, at) => item(ask, cursor, one, order(rank(one), at)));
}

function item(ask: XmlAsk, cursor: ContentCursor | TagCursor, model: ElementModel, sort: string): Completion {
  const { place } = ask;
  // The root declares its own namespace.
  const prefixes = cursor.parent ? prefixesIn(place.document, cursor.parent) : new Map([['', model.namespace]]);
  const names = namesWith(prefixes);
  const name = names.element(model);
  const insert = cursor.kind === 'tag' && cursor.nameOnly ? literal(name) : snippet(ask, cursor, model, names);
  const also = [...renamed(ask, cursor, name), ...declared(ask, names)];
  const documentation = documented(model);
  const isCommand = model.namespace === CCCP && cursor.parent?.parent === null;
  return {
    label: name,
    kind: isCommand ? 'command' : 'element',
    ...(documentation && { documentation }),
    replace: place.toSource(cursor.typed),
    insert,
    ...(also.length > 0 && { also }),
    sort,
  };
}

function snippet(ask: XmlAsk, cursor: ContentCursor | TagCursor, model: ElementModel, names: Names): string {
  return (cursor.kind === 'tag' ? '' : '<') + skeleton(penFor(ask, names), model, placeIn(cursor.parent));
}

/** The end tag gets the name of its start tag. */
function renamed({ place }: XmlAsk, cursor: ContentCursor | TagCursor, name: string): TextEdit[] {
  const closeTag = cursor.kind === 'tag' && cursor.nameOnly ? cursor.element?.closeTag : null;
  if (!closeTag) return [];
  const from = closeTag.from + 2;
  const end = /^[^\s>]*/.exec(place.document.text.slice(from, closeTag.to))![0].length;
  return [{ ...place.toSource({ from, to: from + end }), text: name }];
}

/** The declarations that the names need, at the root. */
export function declared({ place }: XmlAsk, { missing }: Names): TextEdit[] {
  const edit = declarations(place.document, missing);
  return edit ? [{ ...place.toSource(edit), text: edit.text }] : [];
}

/** Commands of the request that is answered come first, then what is required here, then the others. */
function ranking(ask: XmlAsk, cursor: ContentCursor | TagCursor, model: ElementModel | null): (one: Named) => number {
  const here = cursor.before.length;
  const children = [...cursor.before, ...cursor.after];
  const required = model ? missingChildren(model, children).flatMap((one) => (one.at === here ? [one.model] : [])) : [];
  const asked = cursor.parent ? commandsAsked(ask, cursor.parent) : [];
  return (one) => (asked.includes(one.local) ? 1 : has(required, one) ? 2 : 3);
}

function commandsAsked(ask: XmlAsk, parent: XmlElement): readonly string[] {
  if (parent.namespace !== CCCP || parent.local !== 'response' || parent.parent) return [];
  const requestId = attributeValue(ask.place.document, parent, 'requestId');
  return requestsNear(ask).find((one) => !requestId || one.requestId === requestId)?.commands ?? [];
}

function has(all: readonly Named[], name: Named | null): boolean {
  return all.some((one) => one.local === name?.local && one.namespace === name.namespace);
}
