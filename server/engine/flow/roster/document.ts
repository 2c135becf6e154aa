import { kept } from '../../base/kept.ts';
import { attributeValue, child, childrenOf, textOf, type XmlDocument, type XmlElement } from '../../xml/xml.ts';
import { CONFERENCE_INFO, CONFINFO_EXTENSIONS } from '../cccp.ts';
import { unsigned } from '../conferenceInfo.ts';
import { serviceOf } from './members.ts';
import { entityOf, stateOf } from './user.ts';

/** What the root of a conference state document says (RFC 4575 §5.1). */
export interface DocumentHead {
  readonly document: XmlDocument;
  readonly root: XmlElement;
  readonly entity: string;
  /** Null where it is absent or no unsigned 32-bit number. */
  readonly version: number | null;
  readonly state: 'full' | 'partial' | 'deleted';
  /** As written; `full` where there is none. */
  readonly stated: string;
}

/** The head of a conference state document; null for any other document. */
export function readHead(document: XmlDocument): DocumentHead | null {
  const { root } = document;
  if (!root || root.namespace !== CONFERENCE_INFO || root.local !== 'conference-info') return null;
  const version = attributeValue(document, root, 'version')?.trim();
  return {
    document,
    root,
    entity: entityOf(document, root),
    version: version === undefined ? null : unsigned(version),
    state: stateOf(document, root),
    stated: kept(attributeValue(document, root, 'state')?.trim() || 'full'),
  };
}

/** The URIs of the focus and the MCUs that a document names: where to join, and in Microsoft's view of the conference (MS-CONFBAS §2.2.3). */
export function serversIn({ document, root }: DocumentHead): string[] {
  const description = child(root, 'conference-description', CONFERENCE_INFO);
  const uris = description && child(description, 'conf-uris', CONFERENCE_INFO);
  const entries = uris ? childrenOf(uris, 'entry', CONFERENCE_INFO) : [];
  const places = entries
    .flatMap((entry) => childrenOf(entry, 'uri', CONFERENCE_INFO))
    .map((uri) => textOf(document, uri));
  const views = childrenOf(root, 'conference-view', CONFINFO_EXTENSIONS)
    .flatMap((view) => childrenOf(view, 'entity-view', CONFINFO_EXTENSIONS))
    .map((view) => entityOf(document, view));
  return [...places, ...views]
    .map((uri) => kept(uri.trim()))
    .filter((uri) => /;opaque=app:conf:(?!focusfactory)/i.test(uri));
}

/** The MCUs of a conference after a document, by what they are for (`chat`, `audio-video`), ascending: those known before, and what the document names or takes away. */
export function mcusAfter(before: readonly string[], head: DocumentHead): readonly string[] {
  const { document, root } = head;
  const gone = childrenOf(root, 'conference-view', CONFINFO_EXTENSIONS)
    .flatMap((view) => childrenOf(view, 'entity-view', CONFINFO_EXTENSIONS))
    .filter((view) => stateOf(document, view) === 'deleted')
    .map((view) => serviceOf(entityOf(document, view)));
  const named = serversIn(head).map(serviceOf);
  const after = new Set([...before, ...named].filter((service) => service !== 'focus' && !gone.includes(service)));
  return after.size === before.length && before.every((service) => after.has(service)) ? before : [...after].sort();
}
