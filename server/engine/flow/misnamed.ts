import { memo } from '../base/memo.ts';
import { CCCP, CONFERENCE_INFO } from '../xml/schemas.ts';
import { attributeText, walk, XMLNS, type XmlAttribute, type XmlDocument, type XmlElement } from '../xml/xml.ts';
import { isKnownAttribute } from './attributes.ts';

/** The elements of conference-info. */
export const CONFERENCE_INFO_NAMES: ReadonlySet<string> = new Set(
  `conference-info conference-description host-info conference-state users user sidebars-by-ref sidebars-by-val
  display-text subject free-text keywords conf-uris service-uris maximum-user-count available-media web-page uris
  user-count active locked entry type status uri purpose modified when reason by associated-aors roles languages
  cascaded-focus endpoint referred joining-method joining-info disconnection-method disconnection-info media call-info
  sip call-id from-tag to-tag label src-id user-roles dialog-id`.split(/\s+/),
);
/** Elements that take nothing of other namespaces: in these the schema speaks (RFC 4575 §6). */
const CLOSED = new Set(
  `available-media conf-uris service-uris uris associated-aors sidebars-by-ref sidebars-by-val roles user-roles
  referred modified joining-info disconnection-info`.split(/\s+/),
);

/**
 * Elements in the namespace of CCCP that by their name and place are meant to be of conference-info. The schema takes each for an
 * extension. Those inside another one are left out.
 */
export const strayElements: (document: XmlDocument) => readonly XmlElement[] = memo((document) =>
  knowsCccp(document) ? [...walk(document)].filter(isStray) : [],
);

function isStray({ namespace, local, parent }: XmlElement): boolean {
  if (namespace !== CCCP || !CONFERENCE_INFO_NAMES.has(local)) return false;
  return parent?.namespace === CONFERENCE_INFO && !CLOSED.has(parent.local);
}

/** Most documents of conference-info do not even declare the namespace. */
function knowsCccp(document: XmlDocument): boolean {
  const { root } = document;
  if (!root || root.namespace === CCCP) return root !== null;
  return root.attributes.some((one) => one.namespace === XMLNS && attributeText(document, one) === CCCP);
}

/** An attribute and where it stands. */
export interface PlacedAttribute {
  readonly element: XmlElement;
  readonly attribute: XmlAttribute;
}

/**
 * Attributes of the vocabulary that bear the prefix of another of its namespaces, `ci:confEntity`: the schema takes each for an
 * extension. With the prefix of their own element it does not, and `ci:state` is meant for foreign elements.
 */
export const prefixedAttributes: (document: XmlDocument) => readonly PlacedAttribute[] = memo((document) =>
  DECLARATION.test(document.text) ? [...prefixedIn(document)] : [],
);

/** Long rosters seldom declare a prefix for what is their default namespace. */
const DECLARATION = /xmlns:[^\s=]+\s*=\s*["']\s*urn:ietf:params:xml:ns:c/;

function* prefixedIn(document: XmlDocument): Generator<PlacedAttribute> {
  for (const element of walk(document)) {
    if (!isVocabulary(element)) continue;
    for (const attribute of element.attributes) {
      if (attribute.namespace !== element.namespace && isMeantBare(attribute)) yield { element, attribute };
    }
  }
}

function isMeantBare(one: XmlAttribute): boolean {
  return isVocabulary(one) && isKnownAttribute(one.local) && (one.namespace === CCCP || one.local !== 'state');
}

function isVocabulary({ namespace }: { readonly namespace: string }): boolean {
  return namespace === CCCP || namespace === CONFERENCE_INFO;
}
