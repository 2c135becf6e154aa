import { memo } from '../base/memo.ts';
import { type Components, type Declaration, describe, given, named, parts, usualIn } from './components.ts';
import { type AttributeModel, isNamed, type Named, type Wildcard } from './schemaModel.ts';
import { ANY_TEXT, type ValueReader } from './valueModel.ts';

/** The attributes that a type or a group has. */
export interface Attributes {
  readonly declared: readonly AttributeModel[];
  readonly open: Wildcard | null;
  /** What a restriction takes away from its base. */
  readonly prohibited: readonly Named[];
}

export interface AttributeReader {
  /** An attribute that is declared or referred to. */
  one(declaration: Declaration): AttributeModel;
  /** All that stand in a type, a group or a derivation. */
  of(declaration: Declaration): Attributes;
}

const NO_ATTRIBUTES: Attributes = { declared: [], open: null, prohibited: [] };

/** Everything. */
export const EVERYTHING: Wildcard = { key: '##any', allows: () => true };

/** A reader of the attributes in these schemas. */
export function createAttributeReader(components: Components, values: ValueReader): AttributeReader {
  const groups = new Set<Declaration>();
  const one = (declaration: Declaration) => attributeModel(components, values, declaration);
  const of = memo((declaration: Declaration): Attributes => {
    const { source } = declaration;
    const [open] = parts(declaration, 'anyAttribute');
    const found = parts(declaration, 'attribute', 'attributeGroup').map((element): Attributes => {
      const each = { element, source };
      if (element.local === 'attributeGroup') return group(each);
      return given(each, 'use') === 'prohibited'
        ? { ...NO_ATTRIBUTES, prohibited: [one(each)] }
        : { ...NO_ATTRIBUTES, declared: [one(each)] };
    });
    const own = open ? readWildcard({ element: open, source }) : null;
    return {
      declared: found.flatMap(({ declared }) => declared),
      open: found.reduce<Wildcard | null>((all, each) => wider(all, each.open), own),
      prohibited: found.flatMap(({ prohibited }) => prohibited),
    };
  });
  const group = (reference: Declaration): Attributes => {
    const name = named(reference, 'ref');
    const found = name && components.find('attributeGroup', name, reference);
    if (!found || groups.has(found)) return NO_ATTRIBUTES;
    groups.add(found);
    const inner = of(found);
    groups.delete(found);
    return inner;
  };
  return { one, of };
}

function attributeModel(components: Components, values: ValueReader, declaration: Declaration): AttributeModel {
  const reference = named(declaration, 'ref');
  const target = (reference && components.find('attribute', reference, declaration)) ?? declaration;
  const own = describe(declaration);
  const fixed = given(declaration, 'fixed') ?? given(target, 'fixed');
  const value = values.of(target, 'type') ?? ANY_TEXT;
  return {
    ...(reference ?? { namespace: namespaceOf(target, 'attributeFormDefault'), local: given(target, 'name') ?? '' }),
    ...(own.documentation ? own : describe(target)),
    required: given(declaration, 'use') === 'required',
    value: fixed === undefined ? value : { ...value, values: [{ value: fixed, documentation: '', spec: '' }] },
    default: given(declaration, 'default') ?? given(target, 'default') ?? fixed ?? null,
    usualIn: usualIn(target),
  };
}

/** The namespace of what a declaration names: the schema's own where it is global or qualified. */
export function namespaceOf(
  declaration: Declaration,
  byDefault: 'elementFormDefault' | 'attributeFormDefault',
): string {
  const { element, source } = declaration;
  const root = source.document.root!;
  if (element.parent === root) return source.target;
  const form = given(declaration, 'form') ?? given({ element: root, source }, byDefault);
  return form === 'qualified' ? source.target : '';
}

/** The namespaces that an `any` or `anyAttribute` allows. */
export function readWildcard(declaration: Declaration): Wildcard {
  const { target } = declaration.source;
  const written = given(declaration, 'namespace') ?? '##any';
  if (written === '##any') return EVERYTHING;
  if (written === '##other') {
    return { key: `##other ${target}`, allows: (namespace) => namespace !== '' && namespace !== target };
  }
  const special: Readonly<Record<string, string>> = { '##targetNamespace': target, '##local': '' };
  const listed = new Set(written.split(/\s+/).map((one) => special[one] ?? one));
  return { key: [...listed].sort().join(' '), allows: (namespace) => listed.has(namespace) };
}

/** What one or the other allows. */
export function wider(one: Wildcard | null, other: Wildcard | null): Wildcard | null {
  if (!one || !other || one.key === other.key) return one ?? other;
  return { key: `${one.key}|${other.key}`, allows: (namespace) => one.allows(namespace) || other.allows(namespace) };
}

/** The attributes of a derived type: its own in the place of those of its base with the same names. */
export function overridden(base: readonly AttributeModel[], own: Attributes): readonly AttributeModel[] {
  const left = base.filter((one) => !own.prohibited.some((each) => isNamed(each, one)));
  const replaced = left.map((one) => own.declared.find((each) => isNamed(each, one)) ?? one);
  return [...replaced, ...own.declared.filter((one) => !left.some((each) => isNamed(each, one)))];
}
