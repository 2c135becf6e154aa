import type { Span } from '../../base/text.ts';
import { encoded } from '../../xml/encode.ts';
import { usualPrefix } from '../../xml/names.ts';
import { attributeText } from '../../xml/tree.ts';
import { XMLNS, type XmlDocument, type XmlElement } from '../../xml/xml.ts';

/** Which namespace each prefix stands for at a place; '' is the default namespace. */
export type Prefixes = ReadonlyMap<string, string>;

/** Names in the way they are written at one place of a document; notes which namespaces must be declared for that. */
export interface Names {
  element(named: { namespace: string; local: string }): string;
  attribute(named: { namespace: string; local: string }): string;
  /** The declarations that were needed so far, by prefix. */
  readonly missing: ReadonlyMap<string, string>;
}

/** The prefixes that can be used inside an element. */
export function prefixesIn(document: XmlDocument, element: XmlElement | null): Prefixes {
  const prefixes = new Map<string, string>();
  for (let at = element; at; at = at.parent) {
    for (const one of at.attributes) {
      const prefix = one.name === 'xmlns' ? '' : one.local;
      if (one.namespace === XMLNS && !prefixes.has(prefix)) prefixes.set(prefix, attributeText(document, one));
    }
  }
  return prefixes;
}

/** Writes names for a place where these prefixes can be used. */
export function namesWith(prefixes: Prefixes): Names {
  const missing = new Map<string, string>();
  const prefixFor = (namespace: string) => {
    const known = prefixOf(prefixes, namespace) ?? prefixOf(missing, namespace);
    if (known !== undefined) return known;
    const prefix = freePrefix(namespace, new Set([...prefixes.keys(), ...missing.keys()]));
    missing.set(prefix, namespace);
    return prefix;
  };
  return {
    missing,
    element: ({ namespace, local }) =>
      (prefixes.get('') ?? '') === namespace ? local : namespace ? `${prefixFor(namespace)}:${local}` : local,
    attribute: ({ namespace, local }) => (namespace ? `${prefixFor(namespace)}:${local}` : local),
  };
}

/** The place for new declarations, and what is to be written there; null where nothing is missing. */
export function declarations({ root }: XmlDocument, missing: Names['missing']): (Span & { text: string }) | null {
  if (!root || missing.size === 0) return null;
  const at = root.nameAt.to;
  return { from: at, to: at, text: [...missing].map(declaration).join('') };
}

/** ` xmlns:msci="…"` */
export function declaration([prefix, namespace]: readonly [string, string]): string {
  return ` xmlns${prefix && `:${prefix}`}="${encoded(namespace)}"`;
}

/** The usual prefix if it stands for the namespace, else any that does. */
function prefixOf(prefixes: Prefixes, namespace: string): string | undefined {
  const usual = usualPrefix(namespace);
  if (usual !== undefined && prefixes.get(usual) === namespace) return usual;
  return [...prefixes].find(([prefix, one]) => prefix !== '' && one === namespace)?.[0];
}

function freePrefix(namespace: string, taken: ReadonlySet<string>): string {
  const wanted = usualPrefix(namespace) ?? 'ns';
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted}${number}`)) return `${wanted}${number}`;
}
