import { memo } from '../base/memo.ts';
import { attributeValue, child, childrenOf, textOf, type XmlDocument, type XmlElement } from '../xml/xml.ts';
import { CONFERENCE_INFO, CONFINFO_EXTENSIONS, type Placed, placed } from './cccp.ts';

/** `full`, `partial` or `deleted`; absent means full (RFC 4575 §4.4). Other words are kept as written. */
export interface Stated {
  readonly element: XmlElement;
  readonly state: string;
  /** Null where the default holds. */
  readonly stated: Placed | null;
  readonly entity: Placed | null;
}

export interface ConferenceEndpoint extends Stated {
  readonly status: string;
  readonly sessionType: string;
}

export interface ConferenceUser extends Stated {
  readonly displayText: string;
  readonly endpoints: readonly ConferenceEndpoint[];
}

/** A conference state document (RFC 4575 §5). */
export interface ConferenceInfo extends Stated {
  /** Null where it is absent or no unsigned 32-bit number. */
  readonly version: number | null;
  readonly versioned: Placed | null;
  readonly users: readonly ConferenceUser[];
}

/** Reads a conference state document; null for any other. It is read once, however often it is asked for. */
export const readConferenceInfo: (document: XmlDocument) => ConferenceInfo | null = memo(readRoot);

function readRoot(document: XmlDocument): ConferenceInfo | null {
  const { root } = document;
  if (!root || root.namespace !== CONFERENCE_INFO || root.local !== 'conference-info') return null;
  const versioned = placed(document, root, 'version');
  let users: readonly ConferenceUser[] | null = null;
  return {
    ...readState(document, root),
    version: versioned && unsigned(versioned.value),
    versioned,
    get users() {
      users ??= userElements(root).map((user) => readUser(document, user));
      return users;
    },
  };
}

/** The users of a conference state: what is asked of each of a long roster is asked of its element. */
export function userElements(info: XmlElement): XmlElement[] {
  return childrenOf(info, 'users', CONFERENCE_INFO).flatMap((list) => childrenOf(list, 'user', CONFERENCE_INFO));
}

/** The endpoints of a user. */
export function endpointElements(user: XmlElement): XmlElement[] {
  return childrenOf(user, 'endpoint', CONFERENCE_INFO);
}

/** An unsigned 32-bit number, or null. */
export function unsigned(value: string): number | null {
  return /^\+?\d{1,10}$/.test(value) && Number(value) < 2 ** 32 ? Number(value) : null;
}

function readState(document: XmlDocument, element: XmlElement): Stated {
  const stated = placed(document, element, 'state');
  return { element, state: stated?.value || 'full', stated, entity: placed(document, element, 'entity') };
}

function readUser(document: XmlDocument, user: XmlElement): ConferenceUser {
  return {
    ...readState(document, user),
    displayText: childText(document, user, 'display-text'),
    endpoints: endpointElements(user).map((endpoint) => ({
      ...readState(document, endpoint),
      status: childText(document, endpoint, 'status'),
      sessionType: microsoftValue(document, endpoint, 'session-type'),
    })),
  };
}

function childText(document: XmlDocument, element: XmlElement, local: string): string {
  const found = child(element, local, CONFERENCE_INFO);
  return found ? textOf(document, found).trim() : '';
}

function microsoftValue(document: XmlDocument, element: XmlElement, local: string): string {
  return (attributeValue(document, element, local, CONFINFO_EXTENSIONS) ?? '').trim();
}
