import { isBlank, type Span, slice, trimmed } from '../../base/text.ts';
import { encoded } from '../../xml/encode.ts';
import { attributesFor, elementModel, type ValueModel } from '../../xml/model.ts';
import type { XmlElement } from '../../xml/xml.ts';
import type { Completion } from '../source.ts';
import { documented } from './documentation.ts';
import { order, type XmlAsk } from './offer.ts';
import { literal } from './snippet.ts';

/** The values that the schemas list for an attribute or the text of an element. */
export function values(ask: XmlAsk): readonly Completion[] {
  const { cursor } = ask;
  if (cursor.kind === 'value') {
    const { attribute, element, typed, open, close } = cursor;
    const model = elementModel(element);
    const found =
      model &&
      attributesFor(model).find((one) => one.local === attribute.local && one.namespace === attribute.namespace);
    return found ? items(ask, found.value, typed, open, close) : [];
  }
  if (cursor.kind !== 'content' || !cursor.parent || cursor.parent.children.length > 0) return [];
  const text = elementModel(cursor.parent)?.text;
  return text ? items(ask, text, textAround(ask, cursor.parent, cursor.typed), '', '') : [];
}

function items({ place }: XmlAsk, model: ValueModel, whole: Span, open: string, close: string): Completion[] {
  const { text } = place.document;
  const typed = model.list && !open ? wordIn(text, whole, place.offset) : whole;
  const replace = place.toSource(typed);
  const present = model.list ? slice(text, whole).split(/\s+/) : [];
  return model.values
    .filter(({ value }) => !present.includes(value) || value === slice(text, typed))
    .map((one, at) => {
      const documentation = documented(one);
      return {
        label: one.value,
        kind: 'value',
        ...(documentation && { documentation }),
        replace,
        insert: open + literal(encoded(one.value)) + (typed.to === whole.to ? close : ''),
        sort: order(0, at),
      };
    });
}

/** The whole text of an element where it stands on one line, without the blanks around it; else the word at the cursor. */
function textAround({ place: { document } }: XmlAsk, element: XmlElement, typed: Span): Span {
  const [run, ...others] = element.texts;
  if (!run || others.length > 0) return typed;
  const core = trimmed(document.text, run.from, run.to);
  const holds = core.from <= typed.from && typed.to <= core.to;
  return holds && !/[\r\n]/.test(slice(document.text, core)) ? core : typed;
}

function wordIn(text: string, { from, to }: Span, offset: number): Span {
  let start = offset;
  while (start > from && !isBlank(text.charCodeAt(start - 1))) start--;
  let end = offset;
  while (end < to && !isBlank(text.charCodeAt(end))) end++;
  return { from: start, to: end };
}
