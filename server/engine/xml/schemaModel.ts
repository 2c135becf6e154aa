import { isUnbound } from './serialize.ts';
import type { XmlElement } from './tree.ts';

/** The name of an element or attribute; '' is no namespace. */
export interface Named {
  readonly namespace: string;
  readonly local: string;
}

/** What people should know of a thing that a schema declares. */
export interface Described {
  /** Plain text; '' where the schema says nothing. */
  readonly documentation: string;
  /** Where it is written, as `RFC 4575 §5.6`; '' where the schema does not say. */
  readonly spec: string;
}

/** A value that a schema lists. */
export interface ListedValue extends Described {
  readonly value: string;
}

/** What the value of an attribute or the text of an element may be. */
export interface ValueModel {
  /** The built-in type it comes down to: `anyURI`, `unsignedInt`, `boolean`, `string` … */
  readonly type: string;
  /** Those that are known by name, in the order of the schema. */
  readonly values: readonly ListedValue[];
  /** Other values than these are against the schema. */
  readonly closed: boolean;
  /** Several of them may stand there, with blanks between. */
  readonly list: boolean;
}

/** An attribute that may stand on an element. */
export interface AttributeModel extends Named, Described {
  readonly required: boolean;
  readonly value: ValueModel;
  /** What is meant where it is absent. */
  readonly default: string | null;
  /** An extension's: the elements it is written on, as `local` or `{namespace}local`; null where nothing says so. */
  readonly usualIn: readonly string[] | null;
}

/** A child that an element declares. */
export interface ChildModel extends Named {
  /** The content cannot be without it. */
  readonly required: boolean;
  readonly repeats: boolean;
  readonly model: ElementModel;
}

/** What the schemas say of one element. */
export interface ElementModel extends Named, Described {
  readonly attributes: readonly AttributeModel[];
  /** Attributes of other namespaces may stand here, too. */
  readonly openAttributes: Wildcard | null;
  /** What its text is; null where there is none. */
  readonly text: ValueModel | null;
  /** The declared children, in the order of the schema. */
  readonly children: readonly ChildModel[];
  /** The children stand in that order. */
  readonly ordered: boolean;
  /** Elements that are not declared may stand here, too. */
  readonly openChildren: boolean;
  /** How children follow each other. */
  readonly content: Content;
  /** An extension's: the elements it stands in, as `local` or `{namespace}local`; null where nothing says so. */
  readonly usualIn: readonly string[] | null;
  /** Only others that take its place may be written. */
  readonly abstract: boolean;
}

/** Which namespaces may stand where a schema leaves a place open. */
export interface Wildcard {
  readonly key: string;
  allows(namespace: string): boolean;
}

/** How children follow each other: an expression over their names. Equal ones are mostly the same object. */
export type Content = ContentNode & {
  readonly id: number;
  /** No child at all will do. */
  readonly nullable: boolean;
};

export type ContentNode =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'element'; readonly element: ElementModel }
  | { readonly kind: 'any'; readonly wildcard: Wildcard }
  | { readonly kind: 'sequence' | 'choice' | 'all'; readonly parts: readonly Content[] }
  | { readonly kind: 'repeat'; readonly of: Content; readonly min: number; readonly max: number };

/** What a set of schemas says. */
export interface SchemaModel {
  /** The element that may stand wherever its namespace may. */
  global(name: Named): ElementModel | undefined;
  readonly elements: readonly ElementModel[];
  /** Those that are written with a prefix. */
  readonly attributes: readonly AttributeModel[];
  /** What a namespace is for; undefined where no schema says so. */
  namespace(uri: string): Described | undefined;
}

export const NO_SCHEMAS: SchemaModel = {
  global: () => undefined,
  elements: [],
  attributes: [],
  namespace: () => undefined,
};

/** `{namespace}local` */
export function key({ namespace, local }: Named): string {
  return `{${namespace}}${local}`;
}

/** Whether two names are the same. */
export function isNamed(a: Named, b: Named): boolean {
  return a.local === b.local && a.namespace === b.namespace;
}

/** What the schemas say about an element where it stands; undefined where they say nothing, as inside an unknown extension. */
export function modelAt(schemas: SchemaModel, element: XmlElement): ElementModel | undefined {
  const path: XmlElement[] = [];
  for (let at: XmlElement | null = element; at; at = at.parent) path.push(at);
  let model: ElementModel | undefined;
  for (const at of path.reverse()) model = modelWithin(schemas, model, at);
  return model;
}

/** The same, where it is known already what they say about the element's parent; undefined for a root. */
export function modelWithin(
  schemas: SchemaModel,
  parent: ElementModel | undefined,
  element: XmlElement,
): ElementModel | undefined {
  if (isUnbound(element)) return undefined;
  return parent?.children.find((one) => isNamed(one, element))?.model ?? schemas.global(element);
}
