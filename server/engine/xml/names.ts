import { quoted } from './scanner.ts';
import { SCHEMAS } from './schemas.ts';
import { attributeText, XMLNS, type XmlDocument, type XmlElement } from './tree.ts';

/**
 * A name of the schema as it would be written at `near`: with the prefix that stands for its namespace there, or the usual one
 * where none does.
 */
export function nameAt(document: XmlDocument, near: XmlElement, name: { namespace: string; local: string }): string {
  for (let at: XmlElement | null = near; at; at = at.parent) {
    const prefix = at.namespace === name.namespace ? prefixOf(at.name) : declared(document, at, name.namespace);
    if (prefix !== undefined) return prefix ? `${prefix}:${name.local}` : name.local;
  }
  const usual = usualPrefix(name.namespace);
  return usual ? `${usual}:${name.local}` : name.local;
}

/** The prefix that is usual for a namespace. */
export function usualPrefix(namespace: string): string | undefined {
  return SCHEMAS.find((one) => one.namespace === namespace)?.prefix;
}

/** The namespace that a prefix usually stands for. */
export function usuallyFor(prefix: string): string | undefined {
  return SCHEMAS.find((one) => one.prefix === prefix)?.namespace;
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon > 0 ? name.slice(0, colon) : '';
}

function declared(document: XmlDocument, element: XmlElement, namespace: string): string | undefined {
  const found = element.attributes.find(
    (one) => one.namespace === XMLNS && one.name !== 'xmlns' && attributeText(document, one) === namespace,
  );
  return found?.local;
}

/** `a`, `b` or `c`; a long list is shortened. */
export function orList(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).map(quoted);
  if (names.length > most) return `${shown.join(', ')} …`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}` : shown.join('');
}

/** `; did you mean …?`, or nothing. */
export function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : `; did you mean ${quoted(name)}?`;
}
