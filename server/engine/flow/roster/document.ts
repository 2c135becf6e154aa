import { attributeValue, type XmlDocument, type XmlElement } from '../../xml/xml.ts';
import { CONFERENCE_INFO } from '../cccp.ts';
import { unsigned } from '../conferenceInfo.ts';
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
    stated: attributeValue(document, root, 'state')?.trim() || 'full',
  };
}
