import { decodedValue } from './decode.ts';
import type { AttributeNode } from './node.ts';
import { complain, complainOnce, quoted, type Scanner } from './scanner.ts';
import type { Tag } from './tag.ts';
import { XMLNS, type XmlAttribute } from './tree.ts';

/** The namespace that the prefix `xml` always stands for. */
export const XML = 'http://www.w3.org/XML/1998/namespace';

/** Which prefix stands for what here; the last entry holds. '' is the default namespace. */
export type Scope = Map<string, string[]>;

export function newScope(): Scope {
  return new Map([
    ['', ['']],
    ['xml', [XML]],
    ['xmlns', [XMLNS]],
  ]);
}

/** What most tags declare. */
const NO_PREFIXES: readonly string[] = [];

/** Takes in the namespace declarations of a tag. @returns the prefixes, for `leave` */
export function enter(scope: Scope, scanner: Scanner, tag: Tag): readonly string[] {
  if (!tag.attributes.some((one) => one.name.charCodeAt(0) === 120)) return NO_PREFIXES;
  const prefixes: string[] = [];
  for (const one of tag.attributes) {
    const prefix = declaredPrefix(one.name);
    if (prefix === undefined || prefix === 'xml' || prefix === 'xmlns') continue;
    const uri = decodedValue(scanner.text, one.value.from, one.value.to);
    if (prefix && !uri)
      complain(scanner, one, `The prefix ${quoted(prefix)} must stand for a namespace, not for nothing.`);
    const values = scope.get(prefix);
    if (values) values.push(uri);
    else scope.set(prefix, [uri]);
    prefixes.push(prefix);
  }
  return prefixes;
}

/** Forgets the declarations of an element that ends. */
export function leave(scope: Scope, prefixes: readonly string[]): void {
  for (const prefix of prefixes) {
    const values = scope.get(prefix)!;
    values.pop();
    if (values.length === 0) scope.delete(prefix);
  }
}

function declaredPrefix(name: string): string | undefined {
  if (name.charCodeAt(0) !== 120) return undefined;
  if (name === 'xmlns') return '';
  return name.startsWith('xmlns:') ? name.slice(6) : undefined;
}

/** The namespace of an element's name. */
export function resolveElement(scope: Scope, scanner: Scanner, tag: Tag): string {
  const colon = tag.name.indexOf(':');
  if (colon > 0) return resolvePrefixed(scope, scanner, tag, colon);
  const values = scope.get('')!;
  return values[values.length - 1]!;
}

/** Looks up the namespaces of a tag's attributes; the default namespace does not apply to them. */
export function resolveAttributes(scope: Scope, scanner: Scanner, tag: Tag): readonly XmlAttribute[] {
  let qualified = 0;
  for (const one of tag.attributes) {
    const colon = one.name.indexOf(':');
    if (colon > 0) one.namespace = resolvePrefixed(scope, scanner, one, colon);
    else if (one.name === 'xmlns') one.namespace = XMLNS;
    if (one.namespace && one.namespace !== XMLNS) qualified++;
  }
  if (qualified > 1) sameTwice(scanner, tag.attributes);
  return tag.attributes;
}

function resolvePrefixed(scope: Scope, scanner: Scanner, named: Tag | AttributeNode, colon: number): string {
  const prefix = named.name.slice(0, colon);
  const namespace = scope.get(prefix)?.at(-1);
  if (namespace === undefined) {
    const at = { from: named.nameAt.from, to: named.nameAt.from + colon };
    complainOnce(
      scanner,
      { key: `prefix ${prefix}`, fault: 'prefix' },
      at,
      `The prefix ${quoted(prefix)} is not declared.`,
    );
  }
  return namespace ?? '';
}

/** Two prefixes may stand for one namespace: then `a:x` and `b:x` are one attribute given twice. */
function sameTwice(scanner: Scanner, attributes: readonly XmlAttribute[]): void {
  const seen = new Map<string, string>();
  for (const { name, namespace, local, nameAt } of attributes) {
    if (!namespace) continue;
    const key = `${namespace} ${local}`;
    const earlier = seen.get(key);
    if (earlier !== undefined && earlier !== name) {
      complain(
        scanner,
        nameAt,
        `The attribute ${quoted(name)} is given twice: ${quoted(earlier)} is the same.`,
        'twice',
      );
    }
    seen.set(key, name);
  }
}
