import { nearest } from '../base/text.ts';
import { didYouMean, orList } from './names.ts';
import { quoted } from './scanner.ts';

/** What the built-in types of XSD are, in words. */
const KINDS: Readonly<Record<string, string>> = {
  'xs:unsignedInt': 'a whole number from 0 to 4294967295',
  'xs:nonNegativeInteger': 'a whole number, 0 or more',
  'xs:positiveInteger': 'a whole number, 1 or more',
  'xs:integer': 'a whole number',
  'xs:boolean': '`true`, `false`, `1` or `0`',
  'xs:dateTime': 'a date and time such as `2009-07-13T17:57:09Z`',
  'xs:date': 'a date such as `2009-07-13`',
  'xs:time': 'a time such as `17:57:09Z`',
  'xs:int': 'a whole number from -2147483648 to 2147483647',
  'xs:long': 'a whole number',
  'xs:unsignedLong': 'a whole number, 0 or more',
  'xs:unsignedShort': 'a whole number from 0 to 65535',
  'xs:unsignedByte': 'a whole number from 0 to 255',
  'xs:decimal': 'a number',
  'xs:double': 'a number',
  'xs:float': 'a number',
  'xs:duration': 'a duration such as `PT30S`',
  'xs:anyURI': 'a URI',
  'xs:language': 'a language tag such as `en` or `de-DE`',
};

/** Says what is wrong with a value, after libxml2's message about it; undefined if that is about something else. */
export function wrongValue(message: string, value: string): string | undefined {
  const listed = /^\[facet 'enumeration'\].* is not an element of the set \{(.*)\}\.$/s.exec(message);
  if (listed)
    return notListed(
      value,
      [...listed[1]!.matchAll(/'([^']*)'/g)].map((one) => one[1]!),
    );
  const facet = facetFault(message, value);
  if (facet) return facet;
  const typed = /^'(.*)' is not a valid value of the (?:local )?(atomic|list|union) type(?: '([^']*)')?\.$/s.exec(
    message,
  );
  if (!typed) return undefined;
  const [, bad, , type = ''] = typed;
  const kind = KINDS[type] ?? `a value of the type ${quoted(type.replace(/^\{.*\}/, ''))}`;
  return `Expected ${kind}, found ${shown(bad!)}.`;
}

/** What a facet asks for; `$` is its value. */
const FACETS: Readonly<Record<string, string>> = {
  pattern: 'a value of the form $',
  minLength: 'at least $ characters',
  maxLength: 'at most $ characters',
  length: 'exactly $ characters',
  minInclusive: '$ or more',
  maxInclusive: '$ or less',
  minExclusive: 'more than $',
  maxExclusive: 'less than $',
  totalDigits: 'at most $ digits',
  fractionDigits: 'at most $ digits after the point',
};

function facetFault(message: string, value: string): string | undefined {
  const [, facet, text] = /^\[facet '(\w+)'\] (.*)$/s.exec(message) ?? [];
  const wanted = facet === undefined ? undefined : FACETS[facet];
  const bound = text
    ?.match(/'([^']*)'/g)
    ?.at(-1)
    ?.slice(1, -1);
  if (!wanted || bound === undefined) return undefined;
  return `Expected ${wanted.replace('$', () => quoted(bound))}, found ${shown(value)}.`;
}

const MOMENT = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;

/** Whether libxml2 is wrong about a value: it does not see that white space around a date and time means nothing. */
export function isSlip(message: string, value: string): boolean {
  if (!/is not a valid value of the (?:local )?atomic type 'xs:dateTime'/.test(message)) return false;
  const bare = value.trim();
  return bare !== value && MOMENT.test(bare) && !Number.isNaN(Date.parse(bare.replace(/^-/, '')));
}

function notListed(value: string, allowed: readonly string[]): string {
  const bare = value.trim();
  if (allowed.includes(bare)) return `${quoted(bare)} must stand without white space around it.`;
  return `Expected ${orList(allowed)}, found ${shown(bare)}${didYouMean(nearest(bare, allowed)) || '.'}`;
}

function shown(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return line ? quoted(line) : 'nothing';
}
