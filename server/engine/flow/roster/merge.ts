import { attributeValue, child, childrenOf, textOf, type XmlDocument, type XmlElement } from '../../xml/xml.ts';
import { CONFERENCE_INFO, CONFINFO_EXTENSIONS } from '../cccp.ts';
import { userElements } from '../conferenceInfo.ts';
import type { DocumentHead } from './document.ts';
import { entityOf, type RosterUser, readUser, sameUser, stateOf, unnamed } from './user.ts';

/** The users of a conference by entity. */
export type Users = Map<string, RosterUser>;

/** What one subscriber knows of a conference at some time. */
export interface View {
  users: Users;
  version: number | null;
  /** A full document has been there: who is not listed is not in the conference. */
  isWhole: boolean;
  /** A version is missing since the last full document: what it said is unknown (RFC 4575 §4.6). */
  isStale: boolean;
  /** A SUBSCRIBE asked for full state: the next document may begin the versions anew. */
  isRenewed: boolean;
  isLocked: boolean | null;
}

/** A view before any document. */
export function emptyView(): View {
  return { users: new Map(), version: null, isWhole: false, isStale: false, isRenewed: true, isLocked: null };
}

/** A user that a document added, changed or took away. */
export interface UserChange {
  readonly key: string;
  /** Null for one that was not known before. */
  readonly before: RosterUser | null;
  /** Null for one that is no longer listed. */
  readonly after: RosterUser | null;
}

/** What a document did to a view. `discarded`: its version had been there (RFC 4575 §4.6). */
export interface Merged {
  readonly outcome: 'replaced' | 'merged' | 'ended' | 'discarded';
  readonly changes: readonly UserChange[];
  /** The first version that is missing before a partial document, else null. */
  readonly missing: number | null;
  /** Users of a partial document without entity: nobody can tell whom they mean. */
  readonly unmergeable: number;
  /** The conference was locked or unlocked, else null. */
  readonly locked: boolean | null;
}

const NOTHING: Merged = { outcome: 'discarded', changes: [], missing: null, unmergeable: 0, locked: null };

/**
 * Merges a conference state document into a view, by the rules of RFC 4575 §4.6. A gap in the versions of partial documents makes the
 * view stale until a full one comes; what is there is merged all the same. Time is linear in the document and what it takes away.
 */
export function mergeDocument(view: View, { document, root, version, state }: DocumentHead): Merged {
  const last = view.isRenewed && state !== 'partial' ? null : view.version;
  if (version !== null && last !== null && version <= last) return NOTHING;
  view.isRenewed = false;
  view.version = version ?? view.version;
  if (state === 'deleted') return { ...NOTHING, outcome: 'ended', changes: replaceUsers(view, new Map()) };
  const locked = changedLock(view, document, root);
  if (state === 'full') {
    view.isWhole = true;
    view.isStale = false;
    return { ...NOTHING, outcome: 'replaced', changes: replaceUsers(view, readAll(document, root)), locked };
  }
  const missing = version !== null && last !== null && version > last + 1 ? last + 1 : null;
  if (missing !== null) view.isStale = true;
  return { outcome: 'merged', ...mergeUsers(view, document, root), missing, locked };
}

function readAll(document: XmlDocument, root: XmlElement): Users {
  const users: Users = new Map();
  for (const [place, element] of userElements(root).entries()) {
    if (stateOf(document, element) === 'deleted') continue;
    users.set(entityOf(document, element) || unnamed(place), readUser(document, element));
  }
  return users;
}

function replaceUsers(view: View, users: Users): UserChange[] {
  const gone = [...view.users].filter(([key]) => !users.has(key));
  const here = [...users].filter(([key, user]) => !sameUser(view.users.get(key), user));
  const changes = [
    ...gone.map(([key, before]): UserChange => ({ key, before, after: null })),
    ...here.map(([key, after]): UserChange => ({ key, before: view.users.get(key) ?? null, after })),
  ];
  view.users = users;
  return changes;
}

function mergeUsers(view: View, document: XmlDocument, root: XmlElement): Pick<Merged, 'changes' | 'unmergeable'> {
  const list = child(root, 'users', CONFERENCE_INFO);
  if (!list) return { changes: [], unmergeable: 0 };
  if (!isPartialList(document, list)) return { changes: replaceUsers(view, readAll(document, root)), unmergeable: 0 };
  const changes = new Map<string, UserChange>();
  let unmergeable = 0;
  for (const element of childrenOf(list, 'user', CONFERENCE_INFO)) {
    const key = entityOf(document, element);
    if (!key) unmergeable++;
    else note(changes, mergeUser(view, document, element, key));
  }
  return { changes: [...changes.values()], unmergeable };
}

/** A list without `state` is full (RFC 4575 §4.4); but where users in it are partial or deleted, the sender left out `partial`. */
function isPartialList(document: XmlDocument, list: XmlElement): boolean {
  if (attributeValue(document, list, 'state') !== undefined) return stateOf(document, list) === 'partial';
  return childrenOf(list, 'user', CONFERENCE_INFO).some((user) => stateOf(document, user) !== 'full');
}

/** Of a user that a document names more than once, the first state before and the last one behind count. */
function note(changes: Map<string, UserChange>, change: UserChange | null): void {
  if (!change) return;
  const first = changes.get(change.key);
  changes.set(change.key, first ? { ...change, before: first.before } : change);
}

function mergeUser(view: View, document: XmlDocument, element: XmlElement, key: string): UserChange | null {
  const before = view.users.get(key) ?? null;
  if (stateOf(document, element) === 'deleted') {
    view.users.delete(key);
    return before || !view.isWhole || view.isStale ? { key, before, after: null } : null;
  }
  const after = readUser(document, element, before ?? undefined);
  view.users.set(key, after);
  return before && sameUser(before, after) ? null : { key, before, after };
}

/** The lock as RFC 4575 §5.5 and, in its view of an MCU, Microsoft's extension tell it. */
function changedLock(view: View, document: XmlDocument, root: XmlElement): boolean | null {
  const state = child(root, 'conference-state', CONFERENCE_INFO);
  const entity = childrenOf(root, 'conference-view', CONFINFO_EXTENSIONS)
    .flatMap((one) => childrenOf(one, 'entity-view', CONFINFO_EXTENSIONS))
    .filter((one) => /app:conf:focus:|^focus$/i.test(attributeValue(document, one, 'entity') ?? ''))
    .flatMap((one) => childrenOf(one, 'entity-state', CONFINFO_EXTENSIONS))[0];
  const found =
    (state && child(state, 'locked', CONFERENCE_INFO)) ?? (entity && child(entity, 'locked', CONFINFO_EXTENSIONS));
  if (!found) return null;
  const isLocked = /^(?:true|1)$/.test(textOf(document, found).trim());
  const before = view.isLocked;
  view.isLocked = isLocked;
  return isLocked === (before ?? false) ? null : isLocked;
}

/** Does again to a list of users what a document did to it. */
export function replay(users: Users, changes: readonly UserChange[]): void {
  for (const { key, after } of changes) {
    if (after) users.set(key, after);
    else users.delete(key);
  }
}
