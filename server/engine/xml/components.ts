import { XML } from './namespaces.ts';
import { type Described, key, type Named } from './schemaModel.ts';
import { XSD } from './schemaReferences.ts';
import { attributeText, attributeValue, textOf, XMLNS, type XmlDocument, type XmlElement } from './tree.ts';

/** A schema file as it is read for a namespace; one without a namespace of its own takes that of the file that includes it. */
export interface SchemaSource {
  readonly document: XmlDocument;
  readonly target: string;
}

/** A declaration or definition in a schema. */
export interface Declaration {
  readonly element: XmlElement;
  readonly source: SchemaSource;
}

export type ComponentKind = 'element' | 'attribute' | 'complexType' | 'simpleType' | 'group' | 'attributeGroup';

/** The named things of a set of schemas. */
export interface Components {
  /** @param from where it is asked for: what redefines a thing means, by its name, the thing as it was before */
  find(kind: ComponentKind, name: Named, from: Declaration): Declaration | undefined;
  all(kind: ComponentKind): readonly Declaration[];
  readonly sources: readonly SchemaSource[];
}

/** Collects what schemas define. @param schemas by the names they refer to each other by */
export function readComponents(schemas: ReadonlyMap<string, XmlDocument>): Components {
  const found = new Map<string, Declaration[]>();
  const sources = sourcesOf(schemas);
  for (const source of sources) {
    for (const one of source.document.root?.children ?? []) {
      if (isXsd(one, 'redefine', 'override')) for (const inner of one.children) add(found, source, inner, 'first');
      else add(found, source, one, 'last');
    }
  }
  return {
    find(kind, name, from) {
      const same = found.get(`${kind} ${key(name)}`) ?? [];
      const within = same.findIndex(({ element }) => isWithin(from.element, element));
      return same[within + 1] ?? same[within];
    },
    all: (kind) => [...found].flatMap(([name, [one]]) => (one && name.startsWith(`${kind} `) ? [one] : [])),
    sources,
  };
}

function add(found: Map<string, Declaration[]>, source: SchemaSource, element: XmlElement, where: 'first' | 'last') {
  const local = attributeValue(source.document, element, 'name');
  if (element.namespace !== XSD || local === undefined) return;
  const name = `${element.local} ${key({ namespace: source.target, local })}`;
  const same = found.get(name) ?? [];
  if (where === 'first') same.unshift({ element, source });
  else same.push({ element, source });
  found.set(name, same);
}

function isWithin(element: XmlElement, around: XmlElement): boolean {
  for (let at: XmlElement | null = element; at; at = at.parent) if (at === around) return true;
  return false;
}

/** The files, each for the namespaces it is read for. */
function sourcesOf(schemas: ReadonlyMap<string, XmlDocument>): SchemaSource[] {
  const found: SchemaSource[] = [];
  const seen = new Set<string>();
  const read = (name: string, around: string) => {
    const document = schemas.get(name);
    if (!document?.root) return;
    const target = attributeValue(document, document.root, 'targetNamespace') ?? around;
    if (seen.has(`${target} ${name}`)) return;
    seen.add(`${target} ${name}`);
    found.push({ document, target });
    for (const one of document.root.children.filter((inner) => isXsd(inner, 'include', 'redefine', 'override')))
      read(attributeValue(document, one, 'schemaLocation') ?? '', target);
  };
  const own = (document: XmlDocument) => document.root && attributeValue(document, document.root, 'targetNamespace');
  for (const [name, document] of schemas) if (own(document) !== undefined) read(name, '');
  const included = new Set(found.map(({ document }) => document));
  for (const [name, document] of schemas) if (!included.has(document)) read(name, '');
  return found;
}

/** Whether an element of a schema is one of these of XSD's. */
export function isXsd(element: XmlElement, ...locals: readonly string[]): boolean {
  return element.namespace === XSD && locals.includes(element.local);
}

/** The children of XSD's with these names. */
export function parts({ element }: Declaration, ...locals: readonly string[]): XmlElement[] {
  return element.children.filter((one) => isXsd(one, ...locals));
}

/** The value of an attribute without blanks around it; undefined where it is absent. */
export function given({ element, source }: Declaration, local: string): string | undefined {
  return attributeValue(source.document, element, local)?.trim();
}

/** The name that an attribute such as `type` or `ref` gives; undefined where it is absent or its prefix is not declared. */
export function named(declaration: Declaration, local: string): Named | undefined {
  const name = given(declaration, local);
  return name === undefined ? undefined : expanded(declaration, name);
}

/** A name such as `ci:user` in a schema. */
export function expanded({ element, source }: Declaration, name: string): Named | undefined {
  const colon = name.indexOf(':');
  const prefix = colon > 0 ? name.slice(0, colon) : '';
  const namespace = namespaceOf(element, source, prefix);
  return namespace === undefined ? undefined : { namespace, local: name.slice(colon + 1) };
}

function namespaceOf(element: XmlElement, { document, target }: SchemaSource, prefix: string): string | undefined {
  if (prefix === 'xml') return XML;
  for (let at: XmlElement | null = element; at; at = at.parent) {
    const found = at.attributes.find(
      (one) => one.namespace === XMLNS && one.name === (prefix ? `xmlns:${prefix}` : 'xmlns'),
    );
    if (found) return attributeText(document, found);
  }
  if (prefix) return undefined;
  const own = document.root && attributeValue(document, document.root, 'targetNamespace');
  return own === undefined ? target : '';
}

/** What the annotation of a declaration tells people, with where that is written. */
export function describe(declaration: Declaration): Described {
  const { document } = declaration.source;
  const told = annotations(declaration, 'documentation').filter((one) => {
    const language = attributeValue(document, one, 'lang', XML);
    return language === undefined || language.toLowerCase().startsWith('en');
  });
  const texts = told.map((one) => textOf(document, one).replace(/\s+/g, ' ').trim());
  const sources = told.map((one) => attributeValue(document, one, 'source')?.trim() ?? '');
  return {
    documentation: texts.filter(Boolean).join('\n\n'),
    spec: [...new Set(sources.filter(Boolean))].join('; '),
  };
}

/** The elements that an extension stands in: `<xs:appinfo source="usual-in">user msci:clientInfo</xs:appinfo>`. */
export function usualIn(declaration: Declaration): readonly string[] | null {
  const { document } = declaration.source;
  const found = annotations(declaration, 'appinfo').find(
    (one) => attributeValue(document, one, 'source') === 'usual-in',
  );
  if (!found) return null;
  const names = textOf(document, found).split(/\s+/).filter(Boolean);
  return names.map((name) => (name.includes(':') ? key(expanded(declaration, name) ?? NOBODY) : name));
}

const NOBODY: Named = { namespace: '', local: '' };

function annotations(declaration: Declaration, local: string): XmlElement[] {
  return parts(declaration, 'annotation').flatMap(({ children }) => children.filter((one) => isXsd(one, local)));
}
