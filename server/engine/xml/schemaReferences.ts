import { XML } from './namespaces.ts';
import type { Reference, UserMain } from './schemaFile.ts';
import { SCHEMAS } from './schemas.ts';
import { attribute, attributeValue, type XmlDocument, type XmlElement } from './tree.ts';

export const XSD = 'http://www.w3.org/2001/XMLSchema';

/** The attributes of the `xml:` namespace, which many schemas import from the web. */
export const XML_SCHEMA = {
  name: 'xml.xsd',
  text: `<xs:schema xmlns:xs="${XSD}" targetNamespace="${XML}">
  <xs:attribute name="lang" type="xs:string"/>
  <xs:attribute name="space" type="xs:NCName"/>
  <xs:attribute name="base" type="xs:anyURI"/>
  <xs:attribute name="id" type="xs:ID"/>
  <xs:attributeGroup name="specialAttrs">
    <xs:attribute ref="xml:base"/><xs:attribute ref="xml:lang"/><xs:attribute ref="xml:space"/><xs:attribute ref="xml:id"/>
  </xs:attributeGroup>
</xs:schema>`,
};

const KINDS: readonly string[] = ['import', 'include', 'redefine'] satisfies Reference['kind'][];

/**
 * What a schema refers to. A file beside it counts first, then the schema that the user has for the namespace, then ours.
 * @param names by what name libxml2 knows a file, by URI
 */
export function readReferences(
  document: XmlDocument,
  uri: string,
  names: ReadonlyMap<string, string>,
  mains: readonly UserMain[],
): Reference[] {
  const referring = document.root?.children.filter((one) => one.namespace === XSD && isKind(one.local)) ?? [];
  return referring.map((element) => {
    const kind = element.local as Reference['kind'];
    const at = attribute(element, 'schemaLocation')?.value;
    const value = attributeValue(document, element, 'schemaLocation')?.trim();
    const location = at && value ? { at, value } : null;
    const beside = location && names.get(resolveUri(location.value, uri) ?? '');
    const name = beside ?? (kind === 'import' ? known(document, element, names, mains) : null);
    return { kind, element, location, name };
  });
}

function isKind(local: string): boolean {
  return KINDS.includes(local);
}

/** The file for the namespace of an import, without regard to what location it gives. */
function known(
  document: XmlDocument,
  element: XmlElement,
  names: ReadonlyMap<string, string>,
  mains: readonly UserMain[],
): string | null {
  const namespace = attributeValue(document, element, 'namespace');
  if (namespace === XML) return XML_SCHEMA.name;
  const main = mains.find((one) => one.namespace === namespace);
  const bundled = SCHEMAS.find((one) => one.namespace === namespace);
  return (main && names.get(main.uri)) ?? bundled?.file ?? null;
}

/** The schema with the names of other files in the place of their locations; line by line as it is written. */
export function resolved(document: XmlDocument, references: readonly Reference[]): string {
  const { text } = document;
  const parts: string[] = [];
  let last = 0;
  for (const { element, name } of references) {
    const location = attribute(element, 'schemaLocation');
    const from = location?.from ?? element.nameAt.to;
    const to = location?.to ?? from;
    const lines = text.slice(from, to).replace(/[^\n]+/g, '');
    parts.push(text.slice(last, from), name === null ? '' : ` schemaLocation="${name}"`, lines);
    last = to;
  }
  return withoutDeclaration(parts.join('') + text.slice(last));
}

/** What an XML declaration says of the encoding is about bytes that are read already. */
function withoutDeclaration(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/^<\?xml[^>]*\?>/, (declaration) => declaration.replace(/[^\n]+/g, ''));
}

/** A location as a URI, beside the file it stands in; null where it leads to the web: nothing is fetched from there. */
export function resolveUri(location: string, base: string): string | null {
  const href = location.replaceAll('\\', '/').replace(/[^\x21-\x7e]/gu, escaped);
  const own = /^([a-z][a-z0-9+.-]+:)(\/\/[^/]*)?/i.exec(base);
  if (!own) return null;
  if (/^[a-z][a-z0-9+.-]+:/i.test(href)) return href.startsWith(own[1]!) && !/^https?:/i.test(href) ? href : null;
  const path = href.startsWith('/') ? href : base.slice(own[0].length).replace(/[^/]*$/, '') + href;
  const kept: string[] = [];
  for (const part of path.replace(/[?#].*$/, '').split('/')) {
    if (part === '..') kept.length = Math.max(1, kept.length - 1);
    else if (part !== '.') kept.push(part);
  }
  return own[0] + kept.join('/');
}

/** Half of a pair has no escape of its own: it stands as the character that replaces it. */
function escaped(character: string): string {
  return encodeURIComponent(/^[\ud800-\udfff]$/.test(character) ? '\ufffd' : character);
}
