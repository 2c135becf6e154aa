import type { ValueModel } from './schemaModel.ts';

/** Values that are of a built-in type beyond doubt; there are others. A string may be anything. */
const FORMS: Readonly<Record<string, RegExp | null>> = {
  string: null,
  anySimpleType: null,
  boolean: /^(?:true|false|0|1)$/,
  unsignedInt: /^\d{1,9}$/,
  nonNegativeInteger: /^\d{1,9}$/,
  integer: /^-?\d{1,9}$/,
  language: /^[A-Za-z]{2,8}(?:-[A-Za-z\d]{1,8})*$/,
  dateTime: /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z?$/,
  // A scheme, and no slash at its start: sip, sips, tel, im, urn; or a host of names and numbers.
  anyURI:
    /^[A-Za-z][A-Za-z\d+.-]*:(?:[\w.~:@!$&'()*+,;=-][\w.~:@!$&'()*+,;=/-]*|\/\/[A-Za-z\d][A-Za-z\d.-]*(?::\d{1,5})?(?:\/[\w.~:@!$&'()*+,;=/-]*)?)(?:\?[\w.~:@!$&'()*+,;=/?-]*)?$/,
};

/** Whether a value is one that the model allows, beyond doubt. */
export function isCertainValue(value: string, { type, values, closed, list }: ValueModel): boolean {
  if (list) return value.split(/\s+/).every((item) => isCertainValue(item, { type, values, closed, list: false }));
  if (closed) return values.some((one) => one.value === value);
  if (!Object.hasOwn(FORMS, type)) return false;
  const form = FORMS[type]!;
  return form === null || form.test(value);
}
