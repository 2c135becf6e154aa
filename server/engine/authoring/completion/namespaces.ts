import { encoded } from '../../xml/encode.ts';
import { elementModel, rootModels } from '../../xml/model.ts';
import { usualPrefix } from '../../xml/names.ts';
import { SCHEMAS } from '../../xml/schemas.ts';
import { userNamespaces } from '../../xml/verdict.ts';
import { walk, type XmlDocument, type XmlElement } from '../../xml/xml.ts';
import type { Completion, Source, XmlPlace } from '../source.ts';
import { order, type XmlAsk } from './offer.ts';
import { declaration, prefixesIn } from './prefixes.ts';
import { literal } from './snippet.ts';
import { announced } from './vocabulary.ts';
import type { AttributeCursor, ValueCursor } from './xmlCursor.ts';

/** Declarations of the namespaces that have a schema, and the namespaces in a declaration that is begun. */
export function namespaces(ask: XmlAsk): readonly Completion[] {
  const { cursor } = ask;
  if (cursor.kind === 'attribute') return declarationsFor(ask, cursor);
  return cursor.kind === 'value' && /^xmlns(?::|$)/.test(cursor.attribute.name) ? namespacesFor(ask, cursor) : [];
}

function known(): string[] {
  return [...new Set([...SCHEMAS.map(({ namespace }) => namespace), ...userNamespaces()])];
}

function declarationsFor(ask: XmlAsk, { element, attribute, typed }: AttributeCursor): Completion[] {
  if (attribute && attribute.value.from > attribute.nameAt.to) return [];
  const prefixes = prefixesIn(ask.place.document, element);
  const bound = new Set(prefixes.values());
  const own =
    element.parent === null && !prefixes.has('') && !element.name.includes(':')
      ? announced(ask.source, ask.place)
      : undefined;
  const others = known().flatMap((namespace): [string, string][] => {
    const prefix = usualPrefix(namespace);
    return prefix && !prefixes.has(prefix) && !bound.has(namespace) ? [[prefix, namespace]] : [];
  });
  const all: [string, string][] = own ? [['', own], ...others] : others;
  return all.map(([prefix, namespace], at) => ({
    label: `xmlns${prefix && `:${prefix}`}`,
    kind: 'namespace',
    detail: namespace,
    replace: ask.place.toSource(typed),
    insert: literal(declaration([prefix, namespace]).trimStart()),
    sort: order(prefix ? 4 : 0, at),
  }));
}

function namespacesFor({ source, place }: XmlAsk, cursor: ValueCursor): Completion[] {
  const { element, attribute, typed, open, close } = cursor;
  const replace = place.toSource(typed);
  const prefix = attribute.name === 'xmlns' ? '' : attribute.local;
  return meant(source, place, element, prefix).map((namespace, at) => ({
    label: namespace,
    kind: 'namespace',
    replace,
    insert: open + literal(encoded(namespace)) + close,
    sort: order(0, at),
  }));
}

/** What a prefix may stand for: what its element needs, what is usual, or anything where it is not in use yet. */
function meant(source: Source, place: XmlPlace, element: XmlElement, prefix: string): string[] {
  if (element.name === (prefix ? `${prefix}:${element.local}` : element.local))
    return namespacesWith(source, place, element);
  const usual = known().filter((namespace) => usualPrefix(namespace) === prefix);
  if (usual.length > 0) return usual;
  return isUsed(place.document, element, `${prefix}:`) ? [] : known();
}

/** The namespaces in which an element of this name may stand there. */
function namespacesWith(source: Source, place: XmlPlace, { local, parent }: XmlElement): string[] {
  const models = parent ? (elementModel(parent)?.children ?? []) : rootModels();
  const found = models.filter((one) => one.local === local).map(({ namespace }) => namespace);
  const own = parent ? undefined : announced(source, place);
  return found.length > 0 || own === undefined ? found : [own];
}

function isUsed(document: XmlDocument, root: XmlElement, start: string): boolean {
  for (const { name, attributes } of walk({ ...document, root }))
    if (name.startsWith(start) || attributes.some((one) => one.name.startsWith(start))) return true;
  return false;
}
