import { memo } from '../base/memo.ts';
import { type Components, type Declaration, describe, expanded, given, named, parts } from './components.ts';
import type { ListedValue, Named, ValueModel } from './schemaModel.ts';
import { XSD } from './schemaReferences.ts';

/** Whatever is written. */
export const ANY_TEXT: ValueModel = { type: 'string', values: [], closed: false, list: false };

const TRUTHS = ['true', 'false'].map((value) => ({ value, documentation: '', spec: '' }));

/** Built-in types that are lists of others. */
const LISTS: Readonly<Record<string, string>> = { NMTOKENS: 'NMTOKEN', IDREFS: 'IDREF', ENTITIES: 'ENTITY' };

/** Reads simple types. */
export interface ValueReader {
  /** The values of a simple type by its name; undefined where there is no such type. */
  named(name: Named, from: Declaration): ValueModel | undefined;
  /** The values of an attribute or a type that has its simple type inside, or under the name in `attribute`. */
  of(declaration: Declaration, attribute: string): ValueModel | undefined;
}

/** A reader of the simple types of these schemas. */
export function createValueReader(components: Components): ValueReader {
  const depths = new Set<Declaration>();
  const read = memo((type: Declaration): ValueModel => {
    // A type that is made of itself is no type; the verdict says so.
    if (depths.has(type)) return ANY_TEXT;
    depths.add(type);
    const value = simpleType(reader, type);
    depths.delete(type);
    return value;
  });
  const reader: ValueReader = {
    named(name, from) {
      if (name.namespace === XSD) return builtIn(name.local);
      const found = components.find('simpleType', name, from);
      return found && read(found);
    },
    of(declaration, attribute) {
      const name = named(declaration, attribute);
      if (name) return reader.named(name, declaration);
      const [inside] = parts(declaration, 'simpleType');
      return inside && read({ element: inside, source: declaration.source });
    },
  };
  return reader;
}

function builtIn(local: string): ValueModel {
  const item = LISTS[local];
  if (item) return { ...ANY_TEXT, type: item, list: true };
  return { ...ANY_TEXT, type: local, values: local === 'boolean' ? TRUTHS : [] };
}

function simpleType(reader: ValueReader, type: Declaration): ValueModel {
  const [inner] = parts(type, 'restriction', 'list', 'union');
  if (!inner) return ANY_TEXT;
  const declaration = { element: inner, source: type.source };
  if (inner.local === 'union') return union(reader, declaration);
  if (inner.local === 'list') return { ...(reader.of(declaration, 'itemType') ?? ANY_TEXT), list: true };
  return restricted(reader.of(declaration, 'base') ?? ANY_TEXT, declaration);
}

/** The values that a restriction leaves. */
export function restricted(base: ValueModel, restriction: Declaration): ValueModel {
  const facets = parts(restriction, 'enumeration');
  if (facets.length === 0) return base;
  const values = facets.map((element): ListedValue => {
    const declaration = { element, source: restriction.source };
    const value = given(declaration, 'value') ?? '';
    const own = describe(declaration);
    return { value, ...(own.documentation ? own : (base.values.find((one) => one.value === value) ?? own)) };
  });
  return { ...base, values, closed: true };
}

function union(reader: ValueReader, declaration: Declaration): ValueModel {
  const names = (given(declaration, 'memberTypes') ?? '').split(/\s+/).filter(Boolean);
  const members = names.map((name) => {
    const member = expanded(declaration, name);
    return (member && reader.named(member, declaration)) ?? ANY_TEXT;
  });
  for (const element of parts(declaration, 'simpleType'))
    members.push(simpleType(reader, { element, source: declaration.source }));
  const types = [...new Set(members.map(({ type }) => type))];
  return {
    type: types.length === 1 ? types[0]! : 'string',
    values: members.flatMap(({ values }) => values),
    closed: members.every(({ closed }) => closed),
    list: members.some(({ list }) => list),
  };
}
