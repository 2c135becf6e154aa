import {
  type Content,
  type ContentNode,
  type ElementModel,
  isNamed,
  key,
  type Named,
  type Wildcard,
} from './schemaModel.ts';

// Content models as expressions, and what is left of one after a child: its derivative (Brzozowski, 1964). The verdict is libxml2's;
// these tell what would be accepted.

/** Nothing is accepted. */
export const NOTHING: Content = { kind: 'nothing', id: 0, nullable: false };
/** No child is accepted, and none is needed. */
export const EMPTY: Content = { kind: 'empty', id: 1, nullable: true };

/** Expressions by what they are made of, so that equal ones are the same. Only a memory: it may be lost at any time. */
const known = new Map<string, Content>();
const MOST_KNOWN = 20_000;
let lastId = 1;

function interned(name: string, nullable: boolean, node: ContentNode): Content {
  const before = known.get(name);
  if (before) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const made: Content = { ...node, id: ++lastId, nullable };
  known.set(name, made);
  return made;
}

/** One element. Each call gives another expression: two declarations are never the same. */
export function element(model: ElementModel): Content {
  return { kind: 'element', element: model, id: ++lastId, nullable: false };
}

/** Any element of these namespaces. */
export function any(wildcard: Wildcard): Content {
  return interned(`any ${wildcard.key}`, false, { kind: 'any', wildcard });
}

/** One after the other. */
export function sequence(parts: readonly Content[]): Content {
  if (parts.includes(NOTHING)) return NOTHING;
  const flat = parts.flatMap((one) => (one.kind === 'sequence' ? one.parts : one === EMPTY ? [] : one));
  if (flat.length < 2) return flat[0] ?? EMPTY;
  const nullable = flat.every((one) => one.nullable);
  return interned(`sequence ${flat.map(({ id }) => id)}`, nullable, { kind: 'sequence', parts: flat });
}

/** One of them. */
export function choice(parts: readonly Content[]): Content {
  const flat = parts.flatMap((one) => (one.kind === 'choice' ? one.parts : one === NOTHING ? [] : one));
  const unlike = [...new Set(flat)];
  if (unlike.length < 2) return unlike[0] ?? NOTHING;
  const ids = unlike.map(({ id }) => id).sort((a, b) => a - b);
  const nullable = unlike.some((one) => one.nullable);
  return interned(`choice ${ids}`, nullable, { kind: 'choice', parts: unlike });
}

/** All of them, in any order. */
export function all(parts: readonly Content[]): Content {
  if (parts.includes(NOTHING)) return NOTHING;
  const flat = parts.flatMap((one) => (one.kind === 'all' ? one.parts : one === EMPTY ? [] : one));
  if (flat.length < 2) return flat[0] ?? EMPTY;
  const ids = flat.map(({ id }) => id).sort((a, b) => a - b);
  const nullable = flat.every((one) => one.nullable);
  return interned(`all ${ids}`, nullable, { kind: 'all', parts: flat });
}

/** The same so many times. */
export function repeat(of: Content, min: number, max: number): Content {
  if (of === NOTHING) return min > 0 ? NOTHING : EMPTY;
  if (of === EMPTY || max <= 0) return EMPTY;
  if (max === 1 && (min === 1 || of.nullable)) return of;
  const least = of.nullable ? 0 : min;
  return interned(`repeat ${of.id} ${least} ${max}`, least <= 0, { kind: 'repeat', of, min: least, max });
}

/** What may follow a child; `NOTHING` where the child may not come first. */
export const after = remembered(derive);

/** What may follow a child that comes first or later, behind anything that may come before it. */
export const afterLater = remembered(leap);

const MOST_ANSWERS = 10_000;

/** What is faster asked than remembered. */
function isSmall(content: Content): boolean {
  const part = content.kind === 'repeat' ? content.of : content;
  return part.kind === 'element' || part.kind === 'any';
}

/** The function with a memory of its own for each expression. */
function remembered(compute: (content: Content, name: Named) => Content) {
  const answers = new WeakMap<Content, Map<string, Content>>();
  return (content: Content, name: Named): Content => {
    if (isSmall(content)) return compute(content, name);
    const ofContent = answers.get(content) ?? new Map<string, Content>();
    answers.set(content, ofContent);
    const asked = key(name);
    const before = ofContent.get(asked);
    if (before) return before;
    const found = compute(content, name);
    // Names of extensions have no end.
    if (ofContent.size >= MOST_ANSWERS) ofContent.clear();
    ofContent.set(asked, found);
    return found;
  };
}

function derive(content: Content, name: Named): Content {
  switch (content.kind) {
    case 'nothing':
    case 'empty':
      return NOTHING;
    case 'element':
      return isNamed(content.element, name) ? EMPTY : NOTHING;
    case 'any':
      return content.wildcard.allows(name.namespace) ? EMPTY : NOTHING;
    case 'choice':
      return choice(content.parts.map((one) => after(one, name)));
    case 'sequence': {
      const end = content.parts.findIndex((one) => !one.nullable);
      return behind(content.parts, end < 0 ? content.parts.length : end + 1, (one) => after(one, name));
    }
    case 'all':
      return beside(
        content.parts,
        (one) => after(one, name),
        (rest) => rest,
      );
    case 'repeat': {
      const left = after(content.of, name);
      if (left === NOTHING) return NOTHING;
      return sequence([left, repeat(content.of, Math.max(0, content.min - 1), content.max - 1)]);
    }
  }
}

function leap(content: Content, name: Named): Content {
  switch (content.kind) {
    case 'nothing':
    case 'empty':
    case 'element':
    case 'any':
      return derive(content, name);
    case 'choice':
      return choice(content.parts.map((one) => afterLater(one, name)));
    case 'sequence':
      return behind(content.parts, content.parts.length, (one) => afterLater(one, name));
    case 'all':
      return beside(
        content.parts,
        (one) => afterLater(one, name),
        (rest) => rest.map((one) => repeat(one, 0, 1)),
      );
    case 'repeat': {
      const left = afterLater(content.of, name);
      return left === NOTHING ? NOTHING : sequence([left, repeat(content.of, 0, content.max - 1)]);
    }
  }
}

/** What is left of a sequence when one of its first parts has taken a child. */
function behind(parts: readonly Content[], end: number, taken: (part: Content) => Content): Content {
  const branches: Content[] = [];
  for (let at = 0; at < end; at++) {
    const left = taken(parts[at]!);
    if (left !== NOTHING) branches.push(sequence([left, ...parts.slice(at + 1)]));
  }
  return choice(branches);
}

/** What is left of parts in any order when one of them has taken a child. */
function beside(
  parts: readonly Content[],
  taken: (part: Content) => Content,
  others: (parts: readonly Content[]) => readonly Content[],
): Content {
  const branches = parts.flatMap((one, at) => {
    const left = taken(one);
    return left === NOTHING ? [] : all([left, ...others([...parts.slice(0, at), ...parts.slice(at + 1)])]);
  });
  return choice(branches);
}

/** A place that an expression begins with: a declared element, or one left open. */
export type First = Extract<ContentNode, { kind: 'element' | 'any' }>;

/** What may come first, in the order of the schema. */
export function firsts(content: Content, found: Set<First> = new Set()): Set<First> {
  if (content.kind === 'element' || content.kind === 'any') found.add(content);
  else if (content.kind === 'repeat') firsts(content.of, found);
  else if (content.kind === 'choice' || content.kind === 'all') for (const one of content.parts) firsts(one, found);
  else if (content.kind === 'sequence') {
    for (const one of content.parts) {
      firsts(one, found);
      if (!one.nullable) break;
    }
  }
  return found;
}

/** The fewest elements that make the content complete; null where only an element that is not declared would. */
export function fewest(content: Content): readonly ElementModel[] | null {
  if (content.nullable) return [];
  switch (content.kind) {
    case 'element':
      return [content.element];
    case 'sequence':
    case 'all':
      return joined(content.parts.map(fewest));
    case 'choice':
      return shortest(content.parts.map(fewest));
    case 'repeat':
      return content.min > MOST_MISSING ? null : joined(Array.from({ length: content.min }, () => fewest(content.of)));
    default:
      return null;
  }
}

/** More than so many of the same are not called missing. */
const MOST_MISSING = 20;

/** The fewest elements that must come before a child; null where it may not come at all. */
export function fewestBefore(content: Content, name: Named): readonly ElementModel[] | null {
  switch (content.kind) {
    case 'sequence': {
      const ways = content.parts.map((one, at) =>
        afterLater(one, name) === NOTHING
          ? null
          : joined([...content.parts.slice(0, at).map(fewest), fewestBefore(one, name)]),
      );
      return shortest(ways);
    }
    case 'choice':
    case 'all':
      return shortest(content.parts.map((one) => fewestBefore(one, name)));
    case 'repeat':
      return fewestBefore(content.of, name);
    default:
      return after(content, name) === NOTHING ? null : [];
  }
}

type Way = readonly ElementModel[] | null;

function joined(ways: readonly Way[]): Way {
  return ways.includes(null) ? null : ways.flatMap((one) => one ?? []);
}

function shortest(ways: readonly Way[]): Way {
  return ways.reduce((best, one) => (one && (!best || one.length < best.length) ? one : best), null);
}
