import type { Confidence, Repair } from '../../base/repair.ts';
import { nearest, type Span, slice } from '../../base/text.ts';
import { called, repair } from '../../sip/repairs.ts';
import { encoded } from '../../xml/encode.ts';
import { attributesFor, elementModel, type ValueModel } from '../../xml/model.ts';
import { isNamed } from '../../xml/schemaModel.ts';
import { textOf } from '../../xml/xml.ts';
import type { XmlFault, XmlFixer } from './xmlFault.ts';

/** Puts a value right: one of those listed, or the same in the form of its type. */
export const valueFixer: XmlFixer = {
  faults: ['value'],
  rules: ['cccp-code-value'],
  mend(fault) {
    const found = valueAt(fault);
    return found ? better(found.model, found.value).flatMap((one) => replaced(found, one)) : [];
  },
};

interface Value {
  readonly model: ValueModel;
  readonly value: string;
  /** All that it takes the place of. */
  readonly at: Span;
  /** Tags that have to be written with it, where it takes the place of the end of an empty one. */
  readonly before?: string;
  readonly behind?: string;
}

function valueAt({ document, element, attribute }: XmlFault): Value | null {
  const model = element && elementModel(element);
  if (!element || !model) return null;
  if (attribute) {
    const found = attributesFor(model).find((one) => isNamed(one, attribute));
    return found ? { model: found.value, value: slice(document.text, attribute.value), at: attribute.value } : null;
  }
  if (!model.text || element.children.length > 0) return null;
  const value = textOf(document, element);
  const { to } = element.openTag;
  if (element.closeTag) return { model: model.text, value, at: { from: to, to: element.closeTag.from } };
  return { model: model.text, value, at: { from: to - 2, to }, before: '>', behind: `</${element.name}>` };
}

interface Better {
  readonly text: string;
  readonly confidence: Confidence;
}

function replaced({ at, value, before = '', behind = '' }: Value, { text, confidence }: Better): Repair[] {
  const edit = { from: at.from, to: at.to, text: before + encoded(text) + behind };
  return repair(titleFor(value.trim(), text), [edit], confidence);
}

function titleFor(before: string, after: string): string {
  if (before === after) return 'Remove the white space around the value';
  return before === '' ? `Write ${called(after)}` : `Replace ${called(before)} by ${called(after)}`;
}

/** More values than this are not offered one by one. */
const MOST = 12;

function better(model: ValueModel, value: string): Better[] {
  const bare = value.trim();
  if (!model.closed && model.type !== 'boolean') return formed(model, bare).map(likely);
  const values = model.values.map((one) => one.value);
  if (values.includes(bare)) return [{ text: bare, confidence: 'sure' }];
  const near = nearest(bare, values) ?? SAME[bare.toLowerCase()];
  const meant = near !== undefined && values.includes(near) ? [near] : [];
  const others = values.filter((one) => one !== near).slice(0, MOST);
  return [...meant.map(likely), ...others.map((text) => ({ text, confidence: 'possible' as const }))];
}

/** The same value in the form of its type; in a list, each of its words. */
function formed({ type, list }: ValueModel, value: string): string[] {
  const forms = Object.hasOwn(FORMS, type) ? FORMS[type]! : [];
  const parts = list ? value.split(/\s+/) : [value];
  return forms.flatMap((form) => {
    const better = parts.map((part) => form(part) ?? part).join(' ');
    return better === value ? [] : [better];
  });
}

function likely(text: string): Better {
  return { text, confidence: 'likely' };
}

/** Other words for values. */
const SAME: Readonly<Record<string, string>> = {
  ...{ yes: 'true', on: 'true', no: 'false', off: 'false' },
  ...{ ok: 'success', succeeded: 'success', error: 'failure', failed: 'failure' },
};

type Form = (value: string) => string | undefined;

const NUMBERS = ['unsignedInt', 'nonNegativeInteger', 'positiveInteger', 'integer', 'int', 'long', 'unsignedLong'];

/** By type, what makes the usual other forms of a value into the right one. */
const FORMS: Readonly<Record<string, readonly Form[]>> = {
  ...Object.fromEntries(NUMBERS.map((type) => [type, [wholeNumber]])),
  dateTime: [moment],
  anyURI: [uri],
  language: [(value) => (/^[a-z]{2,3}_[a-z]{2,4}$/i.test(value) ? value.replace('_', '-') : undefined)],
};

/** `1,000`, `7.0` and `30s` as people and programs write them. */
function wholeNumber(value: string): string | undefined {
  if (/^\d{1,3}(?:[,'\u00a0 ]\d{3})+$/.test(value)) return value.replace(/\D/g, '');
  return /^(\d+)(?:\.0*| ?[a-z%]{1,8})$/i.exec(value)?.[1];
}

/** A date and time with a blank, without seconds, or without a time at all; in which zone, nobody knows. */
function moment(value: string): string | undefined {
  const found = /^(\d{4}-\d\d-\d\d)(?:[T _]+(\d\d:\d\d)(?::(\d\d(?:\.\d+)?))?\s*(Z|[+-]\d\d:?\d\d)?)?$/i.exec(value);
  if (!found) return undefined;
  const [, date, time = '00:00', seconds = '00', zone = 'Z'] = found;
  const apart = zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const text = `${date}T${time}:${seconds}${apart}`;
  return Number.isNaN(Date.parse(text)) || text === value ? undefined : text;
}

/** What a URI may not hold, percent-encoded. */
function uri(value: string): string | undefined {
  const text = value
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/[\s"<>\\^`{|}]/g, (character) => encodeURIComponent(character));
  return text === value || text === '' ? undefined : text;
}
