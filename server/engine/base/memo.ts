/** What may keep answers about itself: quicker to find than in a table of all such things. Each is for one `memo`. */
export interface Remembering {
  readonly remembered: unknown[];
}

/** The function, asked once for each object: its answers are kept as long as the objects live. */
export function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const number = count++;
  const known = new WeakMap<K, V>();
  return (key) => {
    const own = (key as Partial<Remembering>).remembered;
    if (own) {
      const before = own[number];
      if (before !== undefined) return before as V;
      const made = compute(key);
      own[number] = made;
      return made;
    }
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as V;
    const made = compute(key);
    known.set(key, made);
    return made;
  };
}

let count = 0;

/** The function, asked once. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
