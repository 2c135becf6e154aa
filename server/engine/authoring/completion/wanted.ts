import { CCCP, CONFERENCE_INFO } from '../../flow/cccp.ts';
import type { Named } from '../../xml/model.ts';

/** What is to be named at a place of a conference document: an `address` is a conference's or a user's, a `server` is a conferencing server. */
export type Wanted = 'conference' | 'conference-id' | 'user' | 'address' | 'server' | 'endpoint' | 'media' | 'request';

interface Row {
  readonly kind: Wanted;
  /** The names of the elements it is about, in this namespace; any where absent. */
  readonly on?: readonly string[];
  readonly namespace?: string;
}

/** Attributes that name something, by local name. The first row that fits holds. */
const ATTRIBUTES: Readonly<Record<string, readonly Row[]>> = {
  confEntity: [{ kind: 'conference' }],
  userEntity: [{ kind: 'user' }],
  endpointEntity: [{ kind: 'endpoint' }],
  mediaId: [{ kind: 'media' }],
  'conference-id': [{ kind: 'conference-id' }],
  requestId: [{ kind: 'request', on: ['request', 'response'], namespace: CCCP }],
  from: [{ kind: 'address', on: ['request', 'response'], namespace: CCCP }],
  to: [{ kind: 'address', on: ['request', 'response'], namespace: CCCP }],
  mcuUri: [{ kind: 'server' }],
  'endpoint-uri': [{ kind: 'user' }],
  'refer-to-uri': [{ kind: 'user' }],
  id: [{ kind: 'media', on: ['media'], namespace: CONFERENCE_INFO }],
  entity: [
    { kind: 'user', on: ['user'], namespace: CONFERENCE_INFO },
    { kind: 'endpoint', on: ['endpoint'], namespace: CONFERENCE_INFO },
    { kind: 'conference', on: ['conference-info', 'entry'], namespace: CONFERENCE_INFO },
  ],
};

/** Elements whose text names something, by local name. */
const TEXTS: Readonly<Record<string, Row>> = {
  userEntity: { kind: 'user', namespace: CCCP },
  endorsee: { kind: 'user', namespace: CCCP },
  requestId: { kind: 'request', namespace: CCCP },
  'conference-id': { kind: 'conference-id' },
  by: { kind: 'user', namespace: CONFERENCE_INFO },
  'cascaded-focus': { kind: 'conference', namespace: CONFERENCE_INFO },
};

/** Elements whose text is a URI, named for what they stand in. */
const URI_LISTS: Readonly<Record<string, Wanted>> = {
  'associated-aors': 'user',
  'conf-uris': 'address',
  'sidebars-by-ref': 'conference',
};

/** What an attribute of an element names; undefined where it names nothing. */
export function wantedInAttribute(element: Named, local: string): Wanted | undefined {
  const rows = Object.hasOwn(ATTRIBUTES, local) ? ATTRIBUTES[local] : undefined;
  return rows?.find((row) => fits(row, element))?.kind;
}

/** What the text of an element names; undefined where it names nothing. @param list what the parent of its parent is called */
export function wantedInText({ local, namespace }: Named, list: string | undefined): Wanted | undefined {
  if (local === 'uri' && namespace === CONFERENCE_INFO) return own(URI_LISTS, list ?? '');
  const row = own(TEXTS, local);
  return row && (row.namespace ?? namespace) === namespace ? row.kind : undefined;
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function fits({ on, namespace }: Row, element: Named): boolean {
  return on === undefined || (on.includes(element.local) && element.namespace === namespace);
}
