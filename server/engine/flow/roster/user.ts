import { kept } from '../../base/kept.ts';
import { attributeValue, child, childrenOf, textOf, type XmlDocument, type XmlElement } from '../../xml/xml.ts';
import { CONFERENCE_INFO, CONFINFO_EXTENSIONS } from '../cccp.ts';
import { endpointElements } from '../conferenceInfo.ts';

/** A medium of an endpoint (RFC 4575 §5.8). Missing values are ''. */
export interface RosterMedium {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  /** `sendrecv`, `sendonly`, `recvonly` or `inactive`. */
  readonly status: string;
}

/** How a user takes part by one device or one kind of session (RFC 4575 §5.7). Missing values are ''. */
export interface RosterEndpoint {
  readonly entity: string;
  /** Microsoft's `session-type`: `chat`, `audio-video`, `focus`. */
  readonly sessionType: string;
  /** `connected`, `on-hold`, `dialing-out` … */
  readonly status: string;
  readonly joiningMethod: string;
  /** `departed`, `booted`, `failed` or `busy`. */
  readonly disconnectionMethod: string;
  /** Who ended it, as the document tells. */
  readonly disconnectedBy: string;
  readonly media: readonly RosterMedium[];
}

/** A user of a conference (RFC 4575 §5.6). Values are never changed: a user that changes is another value. */
export interface RosterUser {
  readonly entity: string;
  readonly displayText: string;
  readonly roles: readonly string[];
  readonly endpoints: readonly RosterEndpoint[];
}

/** The `state` of an element; `full` where none or another word stands there (RFC 4575 §4.4). */
export function stateOf(document: XmlDocument, element: XmlElement): 'full' | 'partial' | 'deleted' {
  const written = attributeValue(document, element, 'state')?.trim();
  return written === 'partial' || written === 'deleted' ? written : 'full';
}

/** The `entity` of an element as it is compared: byte by byte but for the blanks around it (RFC 4575 §4.5); '' where there is none. */
export function entityOf(document: XmlDocument, element: XmlElement): string {
  return kept((attributeValue(document, element, 'entity') ?? '').trim());
}

/**
 * A user as an element tells of it.
 * @param before what was known of the user, on which a partial element builds; a full one replaces it (RFC 4575 §4.6)
 */
export function readUser(document: XmlDocument, element: XmlElement, before?: RosterUser): RosterUser {
  const base = stateOf(document, element) === 'partial' ? before : undefined;
  const roles = child(element, 'roles', CONFERENCE_INFO);
  return {
    entity: entityOf(document, element),
    displayText: textIn(document, element, 'display-text') ?? base?.displayText ?? '',
    roles: roles ? texts(document, roles, 'entry') : (base?.roles ?? []),
    endpoints: readEndpoints(document, element, base?.endpoints ?? []),
  };
}

function readEndpoints(
  document: XmlDocument,
  user: XmlElement,
  before: readonly RosterEndpoint[],
): readonly RosterEndpoint[] {
  const elements = endpointElements(user);
  if (elements.length === 0) return before;
  const all = new Map(before.map((endpoint) => [endpoint.entity, endpoint]));
  for (const [place, element] of elements.entries()) {
    const key = entityOf(document, element) || unnamed(place);
    const known = all.get(key);
    if (stateOf(document, element) === 'deleted') all.delete(key);
    else all.set(key, readEndpoint(document, element, stateOf(document, element) === 'partial' ? known : undefined));
  }
  return [...all.values()];
}

/** What has no entity cannot be told from others of its kind but by its place. */
export function unnamed(place: number): string {
  return ` ${place}`;
}

function readEndpoint(document: XmlDocument, element: XmlElement, base?: RosterEndpoint): RosterEndpoint {
  const left = child(element, 'disconnection-info', CONFERENCE_INFO);
  const stated = attributeValue(document, element, 'session-type', CONFINFO_EXTENSIONS);
  const sessionType = stated && kept(stated.trim());
  return {
    entity: entityOf(document, element),
    sessionType: sessionType ?? base?.sessionType ?? '',
    status: textIn(document, element, 'status') ?? base?.status ?? '',
    joiningMethod: textIn(document, element, 'joining-method') ?? base?.joiningMethod ?? '',
    disconnectionMethod: textIn(document, element, 'disconnection-method') ?? base?.disconnectionMethod ?? '',
    disconnectedBy: (left && textIn(document, left, 'by')) ?? base?.disconnectedBy ?? '',
    media: readMedia(document, element, base?.media ?? []),
  };
}

/** A medium has no state: one that is sent replaces the one with its id. */
function readMedia(document: XmlDocument, endpoint: XmlElement, before: readonly RosterMedium[]) {
  const elements = childrenOf(endpoint, 'media', CONFERENCE_INFO);
  if (elements.length === 0) return before;
  const all = new Map(before.map((medium) => [medium.id, medium]));
  for (const [place, element] of elements.entries()) {
    const id = kept((attributeValue(document, element, 'id') ?? '').trim());
    const text = (name: string) => textIn(document, element, name) ?? '';
    all.set(id || unnamed(place), { id, type: text('type'), label: text('label'), status: text('status') });
  }
  return [...all.values()];
}

function textIn(document: XmlDocument, element: XmlElement, local: string): string | undefined {
  const found = child(element, local, CONFERENCE_INFO);
  return found && kept(textOf(document, found).trim());
}

function texts(document: XmlDocument, element: XmlElement, local: string): string[] {
  return childrenOf(element, local, CONFERENCE_INFO).map((one) => kept(textOf(document, one).trim()));
}

/** Whether two values tell the same of a user. */
export function sameUser(one: RosterUser | undefined, other: RosterUser): boolean {
  return (
    one !== undefined &&
    one.displayText === other.displayText &&
    sameLists(one.roles, other.roles, (a, b) => a === b) &&
    sameLists(one.endpoints, other.endpoints, sameEndpoint)
  );
}

function sameEndpoint(one: RosterEndpoint, other: RosterEndpoint): boolean {
  return (
    one === other ||
    (one.entity === other.entity &&
      one.status === other.status &&
      one.sessionType === other.sessionType &&
      one.joiningMethod === other.joiningMethod &&
      one.disconnectionMethod === other.disconnectionMethod &&
      one.disconnectedBy === other.disconnectedBy &&
      sameLists(one.media, other.media, sameMedium))
  );
}

function sameMedium(one: RosterMedium, other: RosterMedium): boolean {
  return one.id === other.id && one.type === other.type && one.label === other.label && one.status === other.status;
}

function sameLists<T>(one: readonly T[], other: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return one === other || (one.length === other.length && one.every((value, at) => same(value, other[at]!)));
}
