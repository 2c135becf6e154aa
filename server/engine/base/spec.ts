/** Documents that are named without a number, and their pages. */
const PAGES: readonly [RegExp, string][] = [
  [/^XML 1\.0\b/, 'https://www.w3.org/TR/xml/'],
  [/^Namespaces in XML\b/, 'https://www.w3.org/TR/xml-names/'],
  [/^(?:XSD|XML Schema)(?: 1\.0)?(?: Part)? ?2\b/, 'https://www.w3.org/TR/xmlschema-2/'],
  [/^(?:XSD|XML Schema)\b/, 'https://www.w3.org/TR/xmlschema-1/'],
  [/^IANA$/, 'https://www.iana.org/assignments/sip-parameters/'],
  [/^(?:ITU-T )?Q\.850\b/, 'https://www.itu.int/rec/T-REC-Q.850'],
];

/** Microsoft keeps all but this one of the documents named here among the Office protocols. */
const WINDOWS_PROTOCOLS = new Set(['ms-sip']);

/**
 * The page of a source such as `RFC 3261 §20.22`, `MS-CONFBAS §2.2.3`, `XML 1.0 §2.1` or `IANA media-types`, or null where it
 * has none. Of several, joined by `; `, it is the first one's page.
 */
export function specUrl(spec: string): string | null {
  const first = spec.split(';')[0]!.trim();
  return rfcUrl(first) ?? microsoftUrl(first) ?? otherUrl(first);
}

function rfcUrl(spec: string): string | null {
  const found = /^RFC ?(\d{1,5})\b(?: (?:§|section )?((?:\d+|[A-Z])(?:\.\d+)*)(?![\w/]))?/.exec(spec);
  if (!found) return null;
  const [, number, section] = found;
  const page = `https://www.rfc-editor.org/rfc/rfc${Number(number)}`;
  if (!section) return page;
  return /^[A-Z]/.test(section) ? `${page}#appendix-${section}` : `${page}#section-${section}`;
}

function microsoftUrl(spec: string): string | null {
  const name = /^\[?(MS-[A-Z0-9]+)\b/.exec(spec)?.[1]?.toLowerCase();
  if (!name) return null;
  const kind = WINDOWS_PROTOCOLS.has(name) ? 'windows_protocols' : 'office_protocols';
  return `https://learn.microsoft.com/openspecs/${kind}/${name}`;
}

function otherUrl(spec: string): string | null {
  const registry = /^IANA ([a-z0-9-]+)$/.exec(spec)?.[1];
  if (registry) return `https://www.iana.org/assignments/${registry}/`;
  const draft = /^draft-[a-z0-9-]+/.exec(spec)?.[0];
  if (draft?.includes('-', 6)) return `https://datatracker.ietf.org/doc/html/${draft}`;
  const technical = /^3GPP TS ?(\d{2})\.(\d{3})\b/.exec(spec);
  if (technical) return `https://www.3gpp.org/dynareport/${technical[1]}${technical[2]}.htm`;
  return PAGES.find(([name]) => name.test(spec))?.[1] ?? null;
}
