import { memo } from '../../base/memo.ts';
import { CCCP, CONFERENCE_INFO } from '../../flow/cccp.ts';
import type { Named } from '../../xml/model.ts';
import { attributeValue, type XmlDocument, type XmlElement } from '../../xml/xml.ts';
import { type Asked, documentsAround, partiesNear, requestsAround } from '../exchanges.ts';
import { type Mention, mentions, whose } from './mentions.ts';
import type { XmlAsk } from './offer.ts';
import { type Wanted, wantedInAttribute, wantedInText } from './wanted.ts';

/** A value that names something, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly detail: string;
}

/** An element as far as it matters to what it names. */
export interface Naming extends Named {
  readonly place: {
    /** The names of the elements around it, the nearest first; none for the root. */
    readonly around: readonly string[];
    /** The elements beside it. */
    readonly siblings: readonly XmlElement[];
  };
  /** The requestId it has already. */
  readonly requestId: string | undefined;
}

/** An element of the document, as it is. */
export function namingOf(document: XmlDocument, element: XmlElement): Naming {
  const { namespace, local, parent } = element;
  const { around, siblings } = placeIn(parent);
  const place = { around, siblings: siblings.filter((one) => one !== element) };
  return { namespace, local, place, requestId: attributeValue(document, element, 'requestId') };
}

/** A place in an element for another child. */
export function placeIn(parent: XmlElement | null): Naming['place'] {
  const around: string[] = [];
  for (let at = parent; at; at = at.parent) around.push(at.local);
  return { around, siblings: parent?.children ?? [] };
}

/** What may be the value of an attribute that names something, the likeliest first; none where it names nothing. */
export function attributeCandidates(ask: XmlAsk, element: Naming, local: string): readonly Candidate[] {
  const wanted = wantedInAttribute(element, local);
  if (!wanted) return [];
  if (element.place.around.length === 0 && element.local === 'response' && element.namespace === CCCP)
    return unlike([...fromRequest(ask, element, local), ...named(ask, wanted, local === 'from')]);
  if (wanted === 'request') return [unusedRequestId(ask)];
  const taken = element.namespace === CONFERENCE_INFO ? keysOf(ask.place.document, element, local) : null;
  return named(ask, wanted, local === 'to').filter(({ value }) => !taken?.has(value));
}

/** Users of a conference, endpoints of a user and media of an endpoint are told apart by these (RFC 4575 §4.5). */
function keysOf(document: XmlDocument, { local, namespace, place }: Naming, name: string): ReadonlySet<string> {
  const same = place.siblings.filter((one) => one.local === local && one.namespace === namespace);
  return new Set(same.map((one) => attributeValue(document, one, name)?.trim() ?? ''));
}

/** What may be the text of an element that names something. */
export function textCandidates(ask: XmlAsk, element: Naming): readonly Candidate[] {
  const wanted = wantedInText(element, element.place.around[1]);
  if (!wanted) return [];
  return wanted === 'request' ? requestIds(ask) : named(ask, wanted, true);
}

/** A response repeats the requestId, and has the two addresses exchanged (MS-CONFPRO §2.2.3). */
function fromRequest(ask: XmlAsk, { requestId }: Naming, local: string): Candidate[] {
  if (local === 'requestId') return requestIds(ask);
  return requestsNear(ask)
    .filter((one) => !requestId || one.requestId === requestId)
    .map((one) => ({
      value: local === 'from' ? one.to : one.from,
      detail: `${local === 'from' ? 'receiver' : 'sender'} of request ${one.requestId}`,
    }))
    .filter(({ value }) => value !== '');
}

function requestIds(ask: XmlAsk): Candidate[] {
  return requestsNear(ask).map(({ requestId, commands, isAnswered }) => ({
    value: requestId,
    detail: [...commands, isAnswered ? 'answered' : 'not answered yet'].join(', '),
  }));
}

/** The CCCP requests of the messages around, those without a response first. */
export const requestsNear = memo(({ source, place }: XmlAsk): readonly Asked[] => requestsAround(source, place));

/** One more than the greatest of the requestIds around that are numbers. */
const unusedRequestId = memo((ask: XmlAsk): Candidate => {
  let last = 0;
  for (const { kind, value } of known(ask))
    if (kind === 'request' && /^\d{1,15}$/.test(value)) last = Math.max(last, Number(value));
  return { value: String(last + 1), detail: 'not used yet' };
});

const DETAILS: Readonly<Record<Mention['kind'], string>> = {
  conference: 'conference',
  'conference-id': 'id of a conference',
  user: 'user',
  server: 'conferencing server',
  factory: 'conference factory',
  endpoint: 'endpoint',
  media: 'medium',
  request: 'request',
};

function named(ask: XmlAsk, wanted: Wanted, conferencesFirst: boolean): readonly Candidate[] {
  const before = answers(ask);
  const asked = `${wanted} ${conferencesFirst}`;
  const answer = before.get(asked) ?? search(ask, wanted, conferencesFirst);
  before.set(asked, answer);
  return answer;
}

/** What was asked before at the same place: a snippet names the same things many times. */
const answers = memo((_: XmlAsk) => new Map<string, readonly Candidate[]>());

function search(ask: XmlAsk, wanted: Wanted, conferencesFirst: boolean): Candidate[] {
  const all = known(ask);
  const kinds = KINDS[wanted] ?? [wanted];
  const ranked = wanted === 'user' ? [...all.filter((one) => !one.isGuess), ...all.filter((one) => one.isGuess)] : all;
  const fitting = ranked
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, value }) => ({ value, detail: DETAILS[kind] }));
  if (wanted === 'server') return unlike([...fitting, ...serversOf(all)]);
  if (wanted !== 'address') return unlike(fitting);
  const rank = ({ detail }: Candidate) => ((detail === DETAILS.user) === conferencesFirst ? 1 : 0);
  return unlike(fitting).sort((a, b) => rank(a) - rank(b));
}

const KINDS: Partial<Record<Wanted, readonly string[]>> = { address: ['conference', 'factory', 'user'] };

/** Kinds of conferencing servers as they stand in addresses (MS-SIPRE §2.2.3). */
const SERVERS = ['chat', 'audio-video', 'applicationsharing', 'meeting', 'data-conf', 'phone-conf'];

function serversOf(all: readonly Mention[]): Candidate[] {
  const focus = all.find(({ value }) => /;opaque=app:conf:focus:id:/i.test(value));
  if (!focus) return [];
  return SERVERS.map((type) => ({
    value: focus.value.replace(/;opaque=app:conf:focus:/i, `;opaque=app:conf:${type}:`),
    detail: `conferencing server for ${type}`,
  }));
}

/** What the document names, the nearest first, then what the documents and messages around it do. */
const known = memo(({ source, place, cursor: { typed } }: XmlAsk): Mention[] => {
  const own = nearest(place.document, place.offset).filter(({ from, to }) => to < typed.from || from > typed.to);
  const others = [...documentsAround(source, place)].flatMap(mentions);
  const uris = place.within ? partiesNear(source, place.within.index) : [];
  const parties = uris.map((value): Mention => ({ kind: whose(value), value, from: 0, to: 0, isGuess: true }));
  return [...own, ...others, ...parties];
});

function nearest(document: XmlDocument, offset: number): Mention[] {
  const all = mentions(document);
  const first = all.findIndex(({ from }) => from >= offset);
  const before = first < 0 ? [...all] : all.slice(0, first);
  const behind = first < 0 ? [] : all.slice(first);
  const merged: Mention[] = [];
  before.reverse();
  for (let [b, a] = [0, 0]; b < before.length || a < behind.length; ) {
    const isBefore = a >= behind.length || (b < before.length && offset - before[b]!.to <= behind[a]!.from - offset);
    merged.push(isBefore ? before[b++]! : behind[a++]!);
  }
  return merged;
}

/** Each value once, as it comes first. */
function unlike(candidates: readonly Candidate[]): Candidate[] {
  const byValue = new Map<string, Candidate>();
  for (const one of candidates) if (!byValue.has(one.value)) byValue.set(one.value, one);
  return [...byValue.values()];
}
