import { isCertainValue } from './certainValues.ts';
import { after, NOTHING } from './content.ts';
import { decoded, decodedValue } from './decode.ts';
import {
  type AttributeModel,
  type Content,
  type ElementModel,
  isNamed,
  modelAt,
  modelWithin,
  type Named,
  type SchemaModel,
} from './schemaModel.ts';
import { DEEPEST, XSI } from './serialize.ts';
import { XMLNS, type XmlAttribute, type XmlDocument, type XmlElement } from './tree.ts';

// Most documents follow their schema, and libxml2 takes long to say so. Where all that a document has is plainly allowed, nothing is left to
// ask; wherever this is in doubt, libxml2 has the word. It never says what is wrong.

/** What follows its schema for certain. False says nothing. */
export interface Certainty {
  /** Whether anything is ever certain under these schemas. */
  readonly any: boolean;
  document(document: XmlDocument): boolean;
  /** The same of one element of a document that is well-formed: of its attributes and of all that is in it, not of its place. */
  element(document: XmlDocument, element: XmlElement): boolean;
}

const NEVER: Certainty = { any: false, document: () => false, element: () => false };

/** What schemas may not have: the model does not know of it. Each wildcard must be lax, and what a union adds to a list of values must be any text. */
const UNKNOWN = [
  /<(?:\w+:)?(?:pattern|length|m(?:in|ax)(?:Length|Inclusive|Exclusive)|totalDigits|fractionDigits|whiteSpace|assert|unique|key|keyref|redefine|override)\b/,
  /\b(?:fixed|nillable|abstract|substitutionGroup|blockDefault|finalDefault)\s*=/,
  /<(?:\w+:)?any(?:Attribute)?\b(?![^>]*\bprocessContents\s*=\s*"lax")/,
  /<(?:\w+:)?union\b(?![^>]*\bmemberTypes\s*=\s*"[^"]*\bxs:string")/,
];

/** So many ways through a content are remembered. */
const MOST = 5000;

/** Tells what is certain under these schemas: nothing, where they have something that the model does not know of. */
export function createCertainty(schemas: SchemaModel, texts: Iterable<string>): Certainty {
  for (const text of texts) if (UNKNOWN.some((one) => one.test(text))) return NEVER;
  const reader = new Reader(schemas);
  const isWhole = ({ problems }: XmlDocument) => problems.length === 0;
  return {
    any: true,
    document: (document) => document.root !== null && isWhole(document) && reader.isRight(document.text, document.root),
    element: (document, element) => isWhole(document) && reader.isRight(document.text, element),
  };
}

/** What an element may have, made ready for quick answers. */
interface Plan {
  readonly model: ElementModel;
  readonly attributes: ReadonlyMap<string, readonly AttributeModel[]>;
  readonly required: number;
  readonly start: State;
}

/** A place in the content of an element, and what comes behind each child that may stand there. */
interface State {
  readonly content: Content;
  readonly steps: Map<string, Step[]>;
}

interface Step extends Named {
  /** Null where the child may not stand there. */
  readonly next: State | null;
  /** Null where no schema says what is in it. */
  readonly plan: Plan | null;
}

class Reader {
  private readonly schemas: SchemaModel;
  private plans = new Map<ElementModel, Plan>();
  private states = new Map<Plan, Map<Content, State>>();
  private count = 0;
  private last: { readonly parent: XmlElement; readonly model: ElementModel | undefined } | null = null;
  private readonly globals: ReadonlyMap<string, readonly AttributeModel[]>;

  constructor(schemas: SchemaModel) {
    this.schemas = schemas;
    this.globals = byName(schemas.attributes);
  }

  isRight(text: string, element: XmlElement): boolean {
    const model = this.modelOf(element);
    return model !== undefined && this.fits(text, element, this.planOf(model), depthOf(element));
  }

  /** What the schemas say of an element: asked for one child of a parent after the other. */
  private modelOf(element: XmlElement): ElementModel | undefined {
    const { parent } = element;
    if (!parent) return this.schemas.global(element);
    if (this.last?.parent !== parent) this.last = { parent, model: modelAt(this.schemas, parent) };
    return modelWithin(this.schemas, this.last.model, element);
  }

  private fits(text: string, element: XmlElement, plan: Plan, depth: number): boolean {
    if (depth >= DEEPEST || !this.attributesFit(text, element, plan) || !textFits(text, element, plan)) return false;
    let state = plan.start;
    for (const child of element.children) {
      const { next, plan: inner } = this.stepOf(plan, state, child);
      if (!next) return false;
      if (inner ? !this.fits(text, child, inner, depth + 1) : !this.fitsAnywhere(text, child, depth + 1)) return false;
      state = next;
    }
    return state.content.nullable;
  }

  /** An element that no schema declares: what is in it counts where one does. */
  private fitsAnywhere(text: string, element: XmlElement, depth: number): boolean {
    if (depth >= DEEPEST) return false;
    for (const one of element.attributes) if (!this.isGloballyRight(text, one)) return false;
    return element.children.every((child) => {
      const model = this.schemas.global(child);
      return model ? this.fits(text, child, this.planOf(model), depth + 1) : this.fitsAnywhere(text, child, depth + 1);
    });
  }

  private attributesFit(text: string, element: XmlElement, plan: Plan): boolean {
    let required = 0;
    for (const one of element.attributes) {
      const known = plan.attributes.get(one.local)?.find((model) => isNamed(model, one));
      if (known) {
        if (known.required) required++;
        if (!isCertainValue(decodedValue(text, one.value.from, one.value.to), known.value)) return false;
      } else if (one.namespace !== XMLNS && !plan.model.openAttributes?.allows(one.namespace)) return false;
      else if (!this.isGloballyRight(text, one)) return false;
    }
    return required === plan.required;
  }

  private isGloballyRight(text: string, one: XmlAttribute): boolean {
    if (one.namespace === '' || one.namespace === XMLNS) return !one.name.includes(':') || one.namespace === XMLNS;
    if (one.namespace === XSI) return false;
    const known = this.globals.get(one.local)?.find((model) => isNamed(model, one));
    return !known || isCertainValue(decodedValue(text, one.value.from, one.value.to), known.value);
  }

  private planOf(model: ElementModel): Plan {
    const before = this.plans.get(model);
    if (before) return before;
    const attributes = byName(model.attributes);
    const required = model.attributes.filter((one) => one.required).length;
    const plan = { model, attributes, required, start: { content: model.content, steps: new Map<string, Step[]>() } };
    this.plans.set(model, plan);
    return plan;
  }

  private stepOf(plan: Plan, state: State, child: XmlElement): Step {
    const { local, namespace } = child;
    const steps = state.steps.get(local);
    const before = steps?.find((one) => one.namespace === namespace);
    if (before) return before;
    const step = this.makeStep(plan, state, { local, namespace });
    // Names of extensions have no end.
    if (++this.count > MOST) this.forget();
    else if (steps) steps.push(step);
    else state.steps.set(local, [step]);
    return step;
  }

  private makeStep(plan: Plan, { content }: State, name: Named): Step {
    const left = after(content, name);
    if (left === NOTHING) return { ...name, next: null, plan: null };
    const model = plan.model.children.find((one) => isNamed(one, name))?.model ?? this.schemas.global(name);
    return { ...name, next: this.stateOf(plan, left), plan: model ? this.planOf(model) : null };
  }

  private stateOf(plan: Plan, content: Content): State {
    const states = this.states.get(plan) ?? new Map<Content, State>();
    this.states.set(plan, states);
    const before = states.get(content);
    if (before) return before;
    const state = { content, steps: new Map<string, Step[]>() };
    states.set(content, state);
    return state;
  }

  private forget(): void {
    this.plans = new Map();
    this.states = new Map();
    this.count = 0;
  }
}

function depthOf(element: XmlElement): number {
  let depth = 0;
  for (let at: XmlElement | null = element; at; at = at.parent) depth++;
  return depth;
}

function byName(attributes: readonly AttributeModel[]): Map<string, AttributeModel[]> {
  const found = new Map<string, AttributeModel[]>();
  for (const one of attributes) found.set(one.local, [...(found.get(one.local) ?? []), one]);
  return found;
}

/** Whether the text directly inside of an element is one that may be there. */
function textFits(text: string, element: XmlElement, { model }: Plan): boolean {
  const { texts } = element;
  if (model.text === null) return texts.every(({ from, to }) => isWhite(text, from, to));
  const [only] = texts;
  if (!only) return isCertainValue('', model.text);
  return texts.length === 1 && only.kind === 'text' && isCertainValue(decoded(text, only.from, only.to), model.text);
}

function isWhite(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && text.charCodeAt(at) <= 32) at++;
  return at === to;
}
