import { memo, once } from '../base/memo.ts';
import { type Components, type Declaration, describe, given, named, readComponents, usualIn } from './components.ts';
import { choice, element as elementContent } from './content.ts';
import { createAttributeReader, namespaceOf } from './readAttributes.ts';
import { createTypeReader, type TypeModel } from './readType.ts';
import {
  type ChildModel,
  type Content,
  type Described,
  type ElementModel,
  isNamed,
  key,
  type Named,
  type SchemaModel,
} from './schemaModel.ts';
import type { XmlDocument } from './tree.ts';
import { createValueReader } from './valueModel.ts';

/**
 * Reads schemas for what may stand where, and what it means. Each element is read when it is first asked for. What is not known
 * or not to be found counts as open. @param schemas by the names they refer to each other by
 */
export function readSchemaModel(schemas: ReadonlyMap<string, XmlDocument>): SchemaModel {
  const components = readComponents(schemas);
  const values = createValueReader(components);
  const attributes = createAttributeReader(components, values);
  const types = createTypeReader({ components, values, attributes, elementContent: (one) => contentOf(one) });
  const declared = memo((one: Declaration) => new Declared(nameOf(one), one, () => types.ofElement(one)));
  const members = once(() => substitutes(components));
  const contentOf = (one: Declaration): Content => {
    const reference = named(one, 'ref');
    if (!reference) return elementContent(declared(one));
    const target = components.find('element', reference, one);
    if (!target) return elementContent(new Declared(reference, one, () => types.ofElement(one)));
    const own = describe(one);
    const head = own.documentation ? declared(target).describedAs(own) : declared(target);
    const others = substitutesOf(members(), reference).map(declared);
    return choice([head, ...others].filter(({ abstract }) => !abstract).map(elementContent));
  };
  const globals = once(() => new Map(components.all('element').map((one) => [key(nameOf(one)), declared(one)])));
  const globalAttributes = once(() => components.all('attribute').map(attributes.one));
  return {
    global: (name) => globals().get(key(name)),
    get elements() {
      return [...globals().values()];
    },
    get attributes() {
      return globalAttributes();
    },
    namespace(uri) {
      const source = components.sources.find(({ target }) => target === uri);
      return source && describe({ element: source.document.root!, source });
    },
  };
}

function nameOf(declaration: Declaration): Named {
  return { namespace: namespaceOf(declaration, 'elementFormDefault'), local: given(declaration, 'name') ?? '' };
}

/** The elements that may stand in the place of another, by the name of that. */
function substitutes(components: Components): ReadonlyMap<string, readonly Declaration[]> {
  const found = new Map<string, Declaration[]>();
  for (const one of components.all('element')) {
    const head = named(one, 'substitutionGroup');
    if (head) found.set(key(head), [...(found.get(key(head)) ?? []), one]);
  }
  return found;
}

function substitutesOf(members: ReturnType<typeof substitutes>, head: Named): Declaration[] {
  const found = new Set(members.get(key(head)) ?? []);
  for (const one of found) for (const each of members.get(key(nameOf(one))) ?? []) found.add(each);
  return [...found];
}

/** An element as a schema declares it; its type is read when it is asked for. */
class Declared implements ElementModel {
  readonly namespace: string;
  readonly local: string;
  readonly abstract: boolean;
  readonly usualIn: readonly string[] | null;
  private readonly declaration: Declaration;
  private readonly type: () => TypeModel;
  private readonly described: () => Described;
  private readonly listed = once(() => childrenOf(this.content));

  constructor(name: Named, declaration: Declaration, type: () => TypeModel, described?: Described) {
    this.namespace = name.namespace;
    this.local = name.local;
    this.declaration = declaration;
    this.abstract = given(declaration, 'abstract') === 'true';
    this.usualIn = usualIn(declaration);
    this.type = once(type);
    this.described = once(() => {
      const own = described ?? describe(declaration);
      return own.documentation ? own : this.type();
    });
  }

  /** The same element with another description. */
  describedAs(described: Described): Declared {
    return new Declared(this, this.declaration, this.type, described);
  }

  get documentation() {
    return this.described().documentation;
  }

  get spec() {
    return this.described().spec;
  }

  get attributes() {
    return this.type().attributes;
  }

  get openAttributes() {
    return this.type().openAttributes;
  }

  get text() {
    return this.type().text;
  }

  get content() {
    return this.type().content;
  }

  get children() {
    return this.listed().children;
  }

  get ordered() {
    return this.listed().ordered;
  }

  get openChildren() {
    return this.listed().open;
  }
}

interface Children {
  children: ChildModel[];
  ordered: boolean;
  open: boolean;
}

interface Occurrence {
  readonly required: boolean;
  readonly repeats: boolean;
}

/** The children that a content declares. */
function childrenOf(content: Content): Children {
  const found: Children = { children: [], ordered: true, open: false };
  collect(content, found, { required: true, repeats: false });
  return found;
}

function collect(content: Content, into: Children, around: Occurrence): void {
  if (content.kind === 'element') add(content.element, into, around);
  else if (content.kind === 'any') into.open = true;
  else if (content.kind === 'repeat') {
    const required = around.required && content.min > 0;
    collect(content.of, into, { required, repeats: around.repeats || content.max > 1 });
  } else if (content.kind === 'sequence' || content.kind === 'choice' || content.kind === 'all') {
    // What a choice offers once is never in the order of another kind: the rest of the sequence still is.
    if (content.kind === 'all' || (content.kind === 'choice' && around.repeats)) into.ordered = false;
    const required = around.required && content.kind !== 'choice';
    for (const one of content.parts) collect(one, into, { ...around, required });
  }
}

function add(model: ElementModel, { children }: Children, occurrence: Occurrence): void {
  const { namespace, local } = model;
  const at = children.findIndex((one) => isNamed(one, model));
  const before = children[at];
  if (!before) children.push({ namespace, local, model, ...occurrence });
  else {
    const required = before.required || occurrence.required;
    children[at] = { ...before, required, repeats: before.repeats || occurrence.repeats };
  }
}
