import { encoded } from '../../xml/encode.ts';
import { type AttributeModel, type ElementModel, missingChildren, type ValueModel } from '../../xml/model.ts';
import { attributeCandidates, type Candidate, type Naming, textCandidates } from './candidates.ts';
import type { XmlAsk } from './offer.ts';
import { declaration, type Names } from './prefixes.ts';
import { choice, stop } from './snippet.ts';
import { type Wanted, wantedInAttribute, wantedInText } from './wanted.ts';

/** What an element is written with. */
export interface Pen {
  readonly ask: XmlAsk;
  readonly names: Names;
  /** Gives the numbers of the places to fill in, from 1. */
  next(): number;
  /** What stands where a value is wanted of which none is known; '' leaves the place empty. */
  unknown(wanted: Wanted | undefined): string;
}

/** A pen for one snippet. */
export function penFor(ask: XmlAsk, names: Names, unknown: Pen['unknown'] = () => ''): Pen {
  let last = 0;
  return { ask, names, next: () => ++last, unknown };
}

/** Required elements nested deeper are left to the next completion. */
const DEEPEST = 6;
/** So many values are offered at once. */
const MOST_VALUES = 30;

/**
 * An element with all that is required in it, as a snippet that begins behind its `<`. The root declares its namespace itself.
 */
export function skeleton(pen: Pen, model: ElementModel, place: Naming['place']): string {
  const root = place.around.length === 0 ? declaration(['', model.namespace]) : '';
  const name = pen.names.element(model);
  const naming: Naming = { namespace: model.namespace, local: model.local, place, requestId: undefined };
  const attributes = model.attributes
    .filter((one) => one.required || wantedInAttribute(naming, one.local))
    .map((one) => ` ${attributeSnippet(pen, one, naming)}`);
  const start = `${name}${root}${attributes.join('')}`;
  const inner = content(pen, model, naming);
  return inner === null ? `${start}/>` : `${start}>${inner}</${name}>`;
}

/** What stands between the tags; null where nothing may. */
function content(pen: Pen, model: ElementModel, naming: Naming): string | null {
  const children = naming.place.around.length < DEEPEST ? missingChildren(model, []) : [];
  if (children.length > 0) {
    const place = { around: [model.local, ...naming.place.around], siblings: [] };
    const inside = children.map((one) => `<${skeleton(pen, one.model, place)}`);
    return `\n${indented(inside.join('\n'))}\n`;
  }
  if (model.children.length > 0) return `\n  $${pen.next()}\n`;
  if (!model.text) return null;
  const wanted = wantedInText(naming, naming.place.around[1]);
  return valueSnippet(pen, model.text, textCandidates(pen.ask, naming), wanted);
}

/** `name="value"` with the values there may be. */
export function attributeSnippet(pen: Pen, model: AttributeModel, element: Naming): string {
  const candidates = attributeCandidates(pen.ask, element, model.local);
  const wanted = wantedInAttribute(element, model.local);
  return `${pen.names.attribute(model)}="${valueSnippet(pen, model.value, candidates, wanted)}"`;
}

/** What stands for a value that nobody knows, so that it is one of its type. */
const DEFAULTS: Readonly<Record<string, string>> = {
  unsignedInt: '1',
  nonNegativeInteger: '0',
  positiveInteger: '1',
  integer: '0',
  int: '0',
  dateTime: '2000-01-01T00:00:00Z',
  language: 'en',
};

function valueSnippet(
  { next, unknown }: Pen,
  { type, values }: ValueModel,
  candidates: readonly Candidate[],
  wanted: Wanted | undefined,
): string {
  const known = candidates.length > 0 ? candidates : values;
  const texts = known.slice(0, MOST_VALUES).map(({ value }) => encoded(value));
  if (texts.length > 1) return choice(next(), texts);
  return stop(next(), texts[0] ?? DEFAULTS[type] ?? encoded(unknown(wanted)));
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
