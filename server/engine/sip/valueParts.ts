import { slice } from '../base/text.ts';
import { eachOutside } from './outside.ts';
import { headerFacts } from './registry.ts';
import { type Param, parseAuthentication, parseParams, splitList } from './values.ts';

/** One value of a header: what stands before its parameters, and these. */
export interface ValuePart {
  readonly main: string;
  /** What stands before each parameter: those of credentials are a comma list behind the scheme. */
  readonly joint: ';' | ',';
  /** `value` is as written, quotes included; null for a flag. Names are as written, too. */
  readonly params: readonly { readonly name: string; readonly value: string | null }[];
}

/** Grammars in which a semicolon begins no parameter. */
const PLAIN = ['text', 'product-list', 'opaque', 'sip-date', 'call-id', 'cseq', 'none', 'warning-list', 'timestamp'];
const SEMICOLON = 59;

/**
 * The values of a header's row (RFC 3261 §7.3.1): those of a comma list one by one, each with its parameters. Those of an authentication
 * header are parted by commas (§20.7). A header that is not known is no list, since a comma may be part of its value.
 * @param name the header's name, in whatever form
 * @param value without folding
 */
export function valueParts(name: string, value: string): ValuePart[] {
  const facts = headerFacts(name);
  const whole = { from: 0, to: value.length };
  if (facts?.grammar.startsWith('auth-')) {
    const { scheme, params } = parseAuthentication(value, whole);
    return [{ main: scheme, joint: ',', params: written(value, params) }];
  }
  if (!facts || PLAIN.includes(facts.grammar)) return facts ? [plainPart(value)] : [partOf(value)];
  if (facts.cardinality !== 'list') return [partOf(value)];
  return splitList(value, whole).map((span) => partOf(slice(value, span)));
}

/** A value without parameters. */
export function plainPart(value: string): ValuePart {
  return { main: value, joint: ';', params: [] };
}

function partOf(value: string): ValuePart {
  let end = value.length;
  eachOutside(value, { from: 0, to: value.length }, (at, code) => {
    if (code === SEMICOLON && at < end) end = at;
  });
  return {
    main: value.slice(0, end).trim(),
    joint: ';',
    params: written(value, parseParams(value, end, value.length)),
  };
}

function written(text: string, params: readonly Param[]): ValuePart['params'] {
  return params.map(({ from, name, value }) => ({
    name: text.slice(from, from + name.length),
    value: value && slice(text, value),
  }));
}
