/** Plain text inside a snippet. */
export function literal(text: string): string {
  return text.replace(/[$}\\]/g, '\\$&');
}

/** A place to fill in, with what stands there first. */
export function stop(number: number, text = ''): string {
  return text ? `\${${number}:${literal(text)}}` : `\${${number}}`;
}

/** A place to fill in with one of these. Other signs than a comma, a bar and a backslash are not escaped there. */
export function choice(number: number, values: readonly string[]): string {
  return `\${${number}|${values.map((value) => value.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
}

/** What a snippet leaves when nothing is filled in: the first text of each place. */
export function plainOf(snippet: string): string {
  const token = /\\([$}\\,|])|\$\{\d+\|((?:\\.|[^|\\])*)\|\}|\$\{\d+:((?:\\.|[^}\\])*)\}|\$\{\d+\}|\$\d+/g;
  return snippet.replace(
    token,
    (_, escaped: string | undefined, values: string | undefined, text: string | undefined) => {
      if (escaped !== undefined) return escaped;
      return unescaped(values === undefined ? (text ?? '') : (/^(?:\\.|[^,\\])*/.exec(values)?.[0] ?? ''));
    },
  );
}

function unescaped(text: string): string {
  return text.replace(/\\([$}\\,|])/g, '$1');
}
