const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
const REFERENCE = /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|apos|quot));/g;

/** Character data with references resolved and line ends as `\n`; what is no reference stays as it is written. */
export function decoded(text: string, from: number, to: number): string {
  const source = text.slice(from, to);
  return resolved(source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source);
}

/** An attribute value: like `decoded`, but each white space character as written becomes a blank (XML 1.0 §3.3.3). */
export function decodedValue(text: string, from: number, to: number): string {
  const source = text.slice(from, to);
  return resolved(/[\t\r\n]/.test(source) ? source.replace(/\r\n|[\t\r\n]/g, ' ') : source);
}

/** What a reference such as `&lt;` or `&#10;` stands for; undefined if it is none, or of a character XML excludes. */
export function referenced(reference: string): string | undefined {
  const match = new RegExp(`^${REFERENCE.source}$`).exec(reference);
  if (!match) return undefined;
  if (match[3]) return NAMED[match[3]];
  const code = match[1] ? Number.parseInt(match[1], 16) : Number(match[2]);
  return isCharacter(code) ? String.fromCodePoint(code) : undefined;
}

/** Whether XML 1.0 §2.2 allows the character. */
export function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code >= 0xe000 && code < 0xfffe) || (code >= 0x10000 && code <= 0x10ffff);
}

function resolved(source: string): string {
  if (!source.includes('&')) return source;
  return source.replace(REFERENCE, (reference) => referenced(reference) ?? reference);
}
