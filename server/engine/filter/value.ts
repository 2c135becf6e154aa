import { type Pattern, readPattern } from './pattern.ts';

/** A value of a filter: text, or a regular expression. */
export interface Value {
  /** The text without its quotation marks; that of an expression without its slashes. */
  readonly text: string;
  readonly isEmpty: boolean;
  /** Whether a text contains it, letters of both cases alike, between two offsets. */
  in(text: string, from?: number, to?: number): boolean;
}

/** Reads a value as it is written; a string says what is wrong. */
export function readValue(written: string): Value | string {
  if (written.startsWith('/') && written.length > 1) {
    if (!written.endsWith('/')) return 'the “/” that ends the regular expression is missing';
    const source = written.slice(1, -1);
    const pattern = readPattern(source);
    return typeof pattern === 'string'
      ? `the regular expression cannot be used: ${pattern}`
      : matching(source, pattern);
  }
  if (written.startsWith('"')) {
    if (written.length < 2 || !written.endsWith('"')) return 'the quotation mark that ends the text is missing';
    return containing(written.slice(1, -1).replace(/\\(.)/g, '$1'));
  }
  return containing(written);
}

function matching(text: string, pattern: Pattern): Value {
  return { text, isEmpty: text === '', in: (whole, from, to) => pattern.test(whole, from, to) };
}

function containing(text: string): Value {
  const wanted = text.toLowerCase();
  const contains = (whole: string, from = 0, to = whole.length) => whole.slice(from, to).toLowerCase().includes(wanted);
  return { text, isEmpty: text === '', in: contains };
}

/** Whether a number fits. */
export type Range = (value: number) => boolean;

/**
 * Reads a comparison: `200`, `>=400`, `<2s`, `180-199`. Null where it is none.
 * @param number reads a number with its unit; null where it is none
 */
export function readRange(text: string, number: (text: string) => number | null): Range | null {
  const [, sign, rest] = /^([<>]=?|=)?(.*)$/s.exec(text)!;
  const [low, high, more] = rest!.split('-').map(number);
  if (low === null || low === undefined || high === null || more !== undefined) return null;
  if (high !== undefined) return sign ? null : (value) => value >= low && value <= high;
  switch (sign) {
    case '>':
      return (value) => value > low;
    case '>=':
      return (value) => value >= low;
    case '<':
      return (value) => value < low;
    case '<=':
      return (value) => value <= low;
    default:
      return (value) => value === low;
  }
}

/** A number without unit. */
export function readNumber(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A time in milliseconds: `500ms`, `2s`, `1.5m`, `1h`; seconds where no unit stands. */
export function readDuration(text: string): number | null {
  const found = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|h)?$/.exec(text);
  return found && Number(found[1]) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[(found[2] ?? 's') as 's'];
}

/** A size in octets: `1500`, `10k`, `2M`. */
export function readSize(text: string): number | null {
  const found = /^(\d{1,9}(?:\.\d{1,6})?)([kM])?$/i.exec(text);
  return found && Number(found[1]) * { '': 1, k: 1000, m: 1_000_000 }[(found[2] ?? '').toLowerCase() as 'k'];
}
