import { after, afterLater, fewest, fewestBefore, firsts, NOTHING } from './content.ts';
import { XML } from './namespaces.ts';
import {
  type AttributeModel,
  type Content,
  type Described,
  type ElementModel,
  isNamed,
  key,
  modelAt,
  modelWithin,
  type Named,
} from './schemaModel.ts';
import { isExtension, SCHEMAS } from './schemas.ts';
import type { XmlElement } from './tree.ts';
import { schemaModel, userNamespaces } from './verdict.ts';

export type { AttributeModel, ChildModel, ElementModel, ListedValue, Named, ValueModel } from './schemaModel.ts';

// What may stand where, from the same schemas as the verdict. They are there when `loadVerdict` is done; before, nothing is known.

/** What the schemas say of an element where it stands; null where they say nothing, as inside an unknown extension. */
export function elementModel(element: XmlElement): ElementModel | null {
  return modelAt(schemaModel(), element) ?? null;
}

/** The same, where it is known already what they say of the element's parent: null for a root, or where they say nothing. */
export function childModel(parent: ElementModel | null, element: XmlElement): ElementModel | null {
  return modelWithin(schemaModel(), parent ?? undefined, element) ?? null;
}

/** What a namespace is for, and where that is written; null where no schema says so. */
export function describeNamespace(namespace: string): Described | null {
  return schemaModel().namespace(namespace) ?? null;
}

/** What may be the root of a document of its own. */
export function rootModels(): ElementModel[] {
  const schemas = schemaModel();
  const ours = SCHEMAS.flatMap(({ namespace, roots }) => roots.map((local) => ({ namespace, local })));
  const known = ours.flatMap((name) => schemas.global(name) ?? []);
  const covered = new Set(known.map(({ namespace }) => namespace));
  const theirs = schemas.elements.filter(
    ({ namespace, abstract }) => userNamespaces().has(namespace) && !covered.has(namespace) && !abstract,
  );
  return [...known, ...theirs];
}

/**
 * The children that may come between those, in the order of the schema: each is accepted there, as soon as what else is required is
 * there. Children that are wrong where they are do not count.
 */
export function mayStandHere(model: ElementModel, before: readonly Named[], behind: readonly Named[]): ElementModel[] {
  const state = before.reduce(afterWhatever, model.content);
  const rest = consumable(state, behind);
  const found = new Map<string, ElementModel>();
  for (const first of firsts(state)) {
    const offered = first.kind === 'element' ? [first.element] : extensionsFor(model, first.wildcard.allows);
    for (const one of offered) {
      const name = `${one.namespace} ${one.local}`;
      if (!found.has(name) && continues(after(state, one), rest)) found.set(name, one);
    }
  }
  return [...found.values()];
}

/** Where among the children another one may stand: the index of the child it would come before, the last that will do. */
export function placeFor(model: ElementModel, children: readonly Named[], name: Named): number | null {
  const states = [model.content];
  for (const one of children) states.push(afterWhatever(states.at(-1)!, one));
  for (let at = children.length; at >= 0; at--) {
    const left = after(states[at]!, name);
    const rest = left === NOTHING ? [] : consumable(states[at]!, children.slice(at));
    if (continues(left, rest)) return at;
  }
  return null;
}

/** A child that is required and not there. */
export interface MissingChild {
  /** The index of the child it must come before; their number where it comes last. */
  readonly at: number;
  readonly model: ElementModel;
}

/** The fewest children that must be added so that these are accepted. Children that are wrong in any case do not count. */
export function missingChildren(model: ElementModel, children: readonly Named[]): MissingChild[] {
  const missing: MissingChild[] = [];
  let state = model.content;
  for (const [at, child] of children.entries()) {
    const added = after(state, child) === NOTHING ? fewestBefore(state, child) : [];
    if (!added) continue;
    missing.push(...added.map((one) => ({ at, model: one })));
    state = [...added, child].reduce<Content>(after, state);
  }
  return [...missing, ...(fewest(state) ?? []).map((one) => ({ at: children.length, model: one }))];
}

/** The required attributes that are not there. */
export function missingAttributes(model: ElementModel, present: readonly Named[]): AttributeModel[] {
  return model.attributes.filter((one) => one.required && !present.some((each) => isNamed(each, one)));
}

/** The attributes that may be written: those declared, then those of extensions that usually stand there. */
export function attributesFor(model: ElementModel): AttributeModel[] {
  const open = model.openAttributes;
  const extensions = schemaModel().attributes.filter(
    (one) =>
      one.namespace !== XML && open?.allows(one.namespace) && (isExtension(one) || one.usualIn) && isUsual(one, model),
  );
  return [...model.attributes, ...extensions.filter((one) => !model.attributes.some((each) => isNamed(each, one)))];
}

/** The elements of extensions that may take an open place. */
function extensionsFor(model: ElementModel, allows: (namespace: string) => boolean): ElementModel[] {
  return schemaModel().elements.filter(
    (one) => isExtension(one) && !one.abstract && allows(one.namespace) && isUsual(one, model),
  );
}

function isUsual({ usualIn }: { usualIn: readonly string[] | null }, model: ElementModel): boolean {
  return usualIn === null || usualIn.includes(model.local) || usualIn.includes(key(model));
}

/** What may follow a child, also one that lacks another before it; one that is wrong in any case changes nothing. */
function afterWhatever(state: Content, child: Named): Content {
  const direct = after(state, child);
  if (direct !== NOTHING) return direct;
  const later = afterLater(state, child);
  return later === NOTHING ? state : later;
}

/** Those of the children that may follow, with others before them. */
function consumable(state: Content, children: readonly Named[]): Named[] {
  let left = state;
  return children.filter((one) => {
    const next = afterLater(left, one);
    if (next !== NOTHING) left = next;
    return next !== NOTHING;
  });
}

function continues(state: Content, rest: readonly Named[]): boolean {
  let left = state;
  for (const one of rest) left = afterLater(left, one);
  return left !== NOTHING;
}
