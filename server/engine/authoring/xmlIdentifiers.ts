import { memo } from '../base/memo.ts';
import { type Span, trimmed } from '../base/text.ts';
import { CCCP, CONFERENCE_INFO } from '../flow/cccp.ts';
import { conferenceKey } from '../flow/entity.ts';
import { attributeText } from '../xml/tree.ts';
import {
  attributeValue,
  child,
  textOf,
  walk,
  XMLNS,
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
} from '../xml/xml.ts';
import { type Identifier, isPartyUri, plainIdentifier, uriIdentifier } from './identifiers.ts';

/** What an XML document names, in the order of the text. Read once, however often it is asked for. */
export const xmlIdentifiers: (document: XmlDocument) => readonly Identifier[] = memo((document) => {
  const found: Identifier[] = [];
  for (const element of walk(document)) {
    for (const one of element.attributes) {
      const read = one.namespace === XMLNS ? null : inAttribute(document, element, one);
      if (read) found.push(read);
    }
    const read = inText(document, element);
    if (read) found.push(read);
  }
  return found.sort((a, b) => a.from - b.from);
});

/** A value of the document, and the element it belongs to. */
interface Value {
  readonly document: XmlDocument;
  readonly element: XmlElement;
  readonly at: Span;
  readonly value: string;
}

type Reader = (value: Value) => Identifier;

/** Attributes that name something, by their local name; what is a URI names a party or a conference wherever it stands. */
const ATTRIBUTES: Readonly<Record<string, Reader>> = {
  requestId: (one) => request(one, one.element.local === 'request'),
  confEntity: entity,
  userEntity: entity,
  entity: (one) => (one.element.local === 'endpoint' ? endpoint(one) : entity(one)),
  endpointEntity: endpoint,
  mediaId: (one) => medium(one, writtenIn(one, one.element, 'endpointEntity')),
  'conference-id': conferenceId,
};

const TEXTS: Readonly<Record<string, Reader>> = {
  requestId: (one) => request(one, false),
  userEntity: entity,
  'conference-id': conferenceId,
  'call-id': ({ at, value }) => plainIdentifier('call', at, value),
  'from-tag': tag,
  'to-tag': tag,
};

function inAttribute(document: XmlDocument, element: XmlElement, one: XmlAttribute): Identifier | null {
  const reader = isOurs(element) ? readerOf(element, one) : undefined;
  if (!reader && !mayBeUri(document.text, one.value.from)) return null;
  const value = attributeText(document, one).trim();
  return read(reader, { document, element, value, at: trimmed(document.text, one.value.from, one.value.to) });
}

function readerOf(element: XmlElement, { local }: XmlAttribute): Reader | undefined {
  if (local === 'id') return isMedium(element) ? mediumId : undefined;
  if (local === 'entity' && element.namespace !== CONFERENCE_INFO) return undefined;
  return own(ATTRIBUTES, local);
}

function inText(document: XmlDocument, element: XmlElement): Identifier | null {
  if (element.children.length > 0) return null;
  const [run, ...others] = element.texts;
  if (!run || others.length > 0) return null;
  const at = trimmed(document.text, run.from, run.to);
  const reader = isOurs(element) ? own(TEXTS, element.local) : undefined;
  if (!reader && !mayBeUri(document.text, at.from)) return null;
  return read(reader, { document, element, value: textOf(document, element).trim(), at });
}

function read(reader: Reader | undefined, one: Value): Identifier | null {
  if (one.value === '') return null;
  if (isPartyUri(one.value)) return uriIdentifier(one.at, one.value, isDescribed(one.element, one.at));
  return reader ? reader(one) : null;
}

function own(table: Readonly<Record<string, Reader>>, name: string): Reader | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** `s`, `t`, `i` or `p` in either case: the first letters of the schemes. */
function mayBeUri(text: string, at: number): boolean {
  return 'stip'.includes((text[at] ?? ' ').toLowerCase());
}

/** Microsoft's extensions have a namespace for each product and year. */
function isOurs({ namespace }: XmlElement): boolean {
  return (
    namespace === CCCP || namespace === CONFERENCE_INFO || namespace.startsWith('http://schemas.microsoft.com/rtc/')
  );
}

/** Whether the entity of a conference, a user or an endpoint stands there, in a conference state document. */
function isDescribed(element: XmlElement, at: Span): boolean {
  const isEntity = element.attributes.some((one) => one.name === 'entity' && one.from < at.from && at.to < one.to);
  if (!isEntity || element.namespace !== CONFERENCE_INFO) return false;
  return element.local === 'conference-info' || isChildOf(element, 'users') || isChildOf(element, 'user');
}

function isChildOf({ parent }: XmlElement, local: string): boolean {
  return parent?.local === local && parent.namespace === CONFERENCE_INFO;
}

/** What is not a URI although it should be one still names something. */
function entity({ element, at, value }: Value): Identifier {
  return uriIdentifier(at, value, isDescribed(element, at));
}

/** Microsoft's endpoints are `{GUID}`, in either case. */
function endpoint({ element, at, value }: Value): Identifier {
  return { ...plainIdentifier('endpoint', at, value, '', isDescribed(element, at)), key: value.toLowerCase() };
}

function conferenceId({ at, value }: Value): Identifier {
  return { ...plainIdentifier('conference', at, value), key: value.toLowerCase() };
}

/** A request is told by its id and both ends (draft-levin-xcon-cccp-04 §3). */
function request({ document, at, value }: Value, declares: boolean): Identifier {
  const ends = ['from', 'to'].map((name) => attributeValue(document, document.root!, name)?.trim() ?? '');
  const scope = ends.includes('') ? '' : ends.map(conferenceKey).sort().join(' ');
  return plainIdentifier('request', at, value, scope, declares);
}

function tag({ document, element, at, value }: Value): Identifier {
  const beside = element.parent && child(element.parent, 'call-id', element.namespace);
  return plainIdentifier('tag', at, value, beside ? textOf(document, beside).trim() : '');
}

function isMedium(element: XmlElement): boolean {
  return element.local === 'media' && element.namespace === CONFERENCE_INFO;
}

/** A medium of an endpoint: of the one it stands in, or of the one that the keys of its command name. */
function mediumId(one: Value): Identifier {
  const { parent } = one.element;
  if (!parent) return medium(one, '');
  if (parent.local === 'endpoint') return medium(one, writtenIn(one, parent, 'entity'), isChildOf(parent, 'user'));
  const keys = parent.children.find(({ local }) => local === 'mediaKeys' || local === 'endpointKeys');
  return medium(one, keys ? writtenIn(one, keys, 'endpointEntity') : '');
}

function medium({ at, value }: Value, within: string, declares = false): Identifier {
  return plainIdentifier('media', at, value, within.toLowerCase(), declares);
}

function writtenIn({ document }: Value, element: XmlElement, name: string): string {
  return attributeValue(document, element, name)?.trim() ?? '';
}
