import { memo } from '../base/memo.ts';
import { type Components, type Declaration, describe, given, named, parts } from './components.ts';
import { all, any, choice, EMPTY, repeat, sequence } from './content.ts';
import { type AttributeReader, EVERYTHING, overridden, readWildcard, wider } from './readAttributes.ts';
import type { AttributeModel, Content, Described, Named, ValueModel, Wildcard } from './schemaModel.ts';
import { XSD } from './schemaReferences.ts';
import { ANY_TEXT, restricted, type ValueReader } from './valueModel.ts';

/** What a type says of the elements that have it. */
export interface TypeModel extends Described {
  readonly content: Content;
  readonly attributes: readonly AttributeModel[];
  readonly openAttributes: Wildcard | null;
  readonly text: ValueModel | null;
}

export interface TypeReader {
  /** The type of an element declaration. */
  ofElement(declaration: Declaration): TypeModel;
}

interface Readers {
  readonly components: Components;
  readonly values: ValueReader;
  readonly attributes: AttributeReader;
  /** What an element declaration or a reference to one adds to a content model. */
  readonly elementContent: (declaration: Declaration) => Content;
}

const UNDESCRIBED = { documentation: '', spec: '' };
const OPEN: TypeModel = {
  ...UNDESCRIBED,
  content: repeat(any(EVERYTHING), 0, Number.POSITIVE_INFINITY),
  attributes: [],
  openAttributes: EVERYTHING,
  text: ANY_TEXT,
};
const NO_CONTENT: TypeModel = { ...UNDESCRIBED, content: EMPTY, attributes: [], openAttributes: null, text: null };

/** So deep may groups and sequences be nested; what is deeper counts as open. */
const DEEPEST = 100;

/** A reader of the types in these schemas. */
export function createTypeReader(readers: Readers): TypeReader {
  const { components, values } = readers;
  const busy = new Set<Declaration>();
  const read = memo((type: Declaration): TypeModel => {
    // A type that is made of itself is no type; the verdict says so.
    if (busy.has(type)) return OPEN;
    busy.add(type);
    const found = complexType(type);
    busy.delete(type);
    return found;
  });
  const particle = createParticleReader(readers);

  function ofName(name: Named | undefined, from: Declaration): TypeModel {
    if (!name || (name.namespace === XSD && name.local === 'anyType')) return OPEN;
    const complex = components.find('complexType', name, from);
    if (complex) return read(complex);
    const simple = values.named(name, from);
    const found = components.find('simpleType', name, from);
    return simple ? { ...NO_CONTENT, text: simple, ...(found && describe(found)) } : OPEN;
  }

  function ofElement(declaration: Declaration, steps = 0): TypeModel {
    const name = named(declaration, 'type');
    if (name) return ofName(name, declaration);
    const [complex] = parts(declaration, 'complexType');
    if (complex) return read({ element: complex, source: declaration.source });
    const simple = values.of(declaration, 'type');
    if (simple) return { ...NO_CONTENT, text: simple };
    const head = named(declaration, 'substitutionGroup');
    const found = head && components.find('element', head, declaration);
    return found && steps < DEEPEST ? ofElement(found, steps + 1) : OPEN;
  }

  function complexType(type: Declaration): TypeModel {
    const described = describe(type);
    const [outer] = parts(type, 'complexContent', 'simpleContent');
    const [inner] = outer ? parts({ element: outer, source: type.source }, 'extension', 'restriction') : [];
    if (!outer || !inner) return { ...derived(NO_CONTENT, type, 'extension', isMixed(type)), ...described };
    const derivation = { element: inner, source: type.source };
    const base = ofName(named(derivation, 'base'), derivation);
    const mixed = isMixed(type) || isMixed({ element: outer, source: type.source });
    const own = derived(base, derivation, inner.local, mixed);
    if (outer.local === 'complexContent') return { ...own, ...described };
    return { ...own, content: EMPTY, text: restricted(base.text ?? ANY_TEXT, derivation), ...described };
  }

  function derived(base: TypeModel, declaration: Declaration, how: string, mixed: boolean): TypeModel {
    const own = readers.attributes.of(declaration);
    const [inner] = parts(declaration, 'sequence', 'choice', 'all', 'group');
    const content = inner ? particle({ element: inner, source: declaration.source }) : EMPTY;
    return {
      ...UNDESCRIBED,
      content: how === 'extension' ? sequence([base.content, content]) : content,
      attributes: overridden(base.attributes, own),
      openAttributes: how === 'extension' ? wider(base.openAttributes, own.open) : own.open,
      text: mixed || (how === 'extension' && base.text) ? ANY_TEXT : null,
    };
  }

  return { ofElement: (declaration) => ofElement(declaration) };
}

function isMixed(declaration: Declaration): boolean {
  return ['true', '1'].includes(given(declaration, 'mixed') ?? '');
}

function createParticleReader({ components, elementContent }: Readers): (declaration: Declaration) => Content {
  let depth = 0;
  const busy = new Set<Declaration>();

  function particle(declaration: Declaration): Content {
    if (depth >= DEEPEST) return OPEN.content;
    depth++;
    const content = repeat(once(declaration), occurs(declaration, 'minOccurs'), occurs(declaration, 'maxOccurs'));
    depth--;
    return content;
  }

  function once(declaration: Declaration): Content {
    const { element, source } = declaration;
    if (element.local === 'element') return elementContent(declaration);
    if (element.local === 'any') return any(readWildcard(declaration));
    if (element.local === 'group') return group(declaration);
    const inner = parts(declaration, 'element', 'any', 'group', 'sequence', 'choice', 'all').map((each) =>
      particle({ element: each, source }),
    );
    return element.local === 'sequence' ? sequence(inner) : element.local === 'all' ? all(inner) : choice(inner);
  }

  const groupContent = memo((found: Declaration): Content => {
    if (busy.has(found)) return OPEN.content;
    busy.add(found);
    const [inner] = parts(found, 'sequence', 'choice', 'all');
    const content = inner ? particle({ element: inner, source: found.source }) : EMPTY;
    busy.delete(found);
    return content;
  });

  function group(reference: Declaration): Content {
    const name = named(reference, 'ref');
    const found = name && components.find('group', name, reference);
    return found ? groupContent(found) : OPEN.content;
  }

  return particle;
}

function occurs(declaration: Declaration, which: 'minOccurs' | 'maxOccurs'): number {
  const written = given(declaration, which) ?? '1';
  if (written === 'unbounded') return Number.POSITIVE_INFINITY;
  const count = Number(written);
  return Number.isInteger(count) && count >= 0 ? count : 1;
}
