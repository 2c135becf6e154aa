import { isBlank } from '../../base/text.ts';
import { type AttributeModel, attributesFor, elementModel, type Named } from '../../xml/model.ts';
import type { Completion } from '../source.ts';
import { namingOf } from './candidates.ts';
import { documented } from './documentation.ts';
import { declared } from './elements.ts';
import { order, type XmlAsk } from './offer.ts';
import { namesWith, prefixesIn } from './prefixes.ts';
import { attributeSnippet, penFor } from './skeleton.ts';
import { literal } from './snippet.ts';
import type { AttributeCursor } from './xmlCursor.ts';

/** The attributes that an element does not have yet, those that it must have first. */
export function attributes(ask: XmlAsk): readonly Completion[] {
  const { cursor } = ask;
  if (cursor.kind !== 'attribute') return [];
  const model = elementModel(cursor.element);
  const all = model ? attributesFor(model) : [];
  if (isSettled(cursor, all)) return [];
  const present = cursor.element.attributes.filter((one) => one !== cursor.attribute);
  return all
    .filter((one) => !present.some((each) => isNamed(each, one)))
    .map((one, at) => item(ask, cursor, one, order(one.required ? 1 : one.namespace ? 3 : 2, at)));
}

/** Whether the attribute at the cursor is complete and may stand there. */
function isSettled({ attribute }: AttributeCursor, all: readonly AttributeModel[]): boolean {
  return attribute !== null && attribute.value.from > attribute.nameAt.to && all.some((one) => isNamed(one, attribute));
}

function isNamed(a: Named, b: Named): boolean {
  return a.local === b.local && a.namespace === b.namespace;
}

function item(ask: XmlAsk, cursor: AttributeCursor, model: AttributeModel, sort: string): Completion {
  const { place } = ask;
  const { attribute, element, typed } = cursor;
  const names = namesWith(prefixesIn(place.document, element));
  const name = names.attribute(model);
  const hasValue = attribute !== null && attribute.value.from > attribute.nameAt.to;
  const pen = penFor(ask, names);
  const written = hasValue ? literal(name) : attributeSnippet(pen, model, namingOf(place.document, element));
  const also = declared(ask, names);
  const documentation = documented(model);
  return {
    label: name,
    kind: 'attribute',
    detail: model.required ? 'required' : model.value.type,
    ...(documentation && { documentation }),
    replace: place.toSource(typed),
    insert: written + gap(place.document.text, typed.to, hasValue),
    ...(also.length > 0 && { also }),
    sort,
  };
}

/** A blank where the next attribute follows directly. */
function gap(text: string, at: number, hasValue: boolean): string {
  const next = text[at] ?? '>';
  return hasValue || next === '>' || next === '/' || next === '<' || isBlank(next.charCodeAt(0)) ? '' : ' ';
}
