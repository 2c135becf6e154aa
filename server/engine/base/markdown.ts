import { specUrl } from './spec.ts';

/** Text that Markdown shows as it is: on one line, every character that could be markup, a link or HTML escaped. */
export function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#+!|~&:@$^=-]/g, '\\$&');
  return line.replace(/www\./gi, 'www\\.');
}

/** Text as inline code, whatever backticks it holds; '' for nothing. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (!line) return '';
  const longest = (line.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return fence + pad + line + pad + fence;
}

/** A text in which names stand between backticks, as schemas and tables have them. */
export function prose(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return plain(text);
  return parts.map((part, at) => (at % 2 === 0 ? plain(part) : code(part))).join('');
}

/** A source as a link to its page, or its name alone where it has none. Several are joined by `; `. */
export function sources(specs: string): string {
  return specs
    .split(';')
    .map((spec) => spec.trim())
    .filter((spec) => spec && spec !== '-')
    .map(source)
    .join('; ');
}

function source(spec: string): string {
  const url = specUrl(spec);
  const name = plain(spec.replace(/^(RFC \d+|MS-[A-Z]+) (?=\d)/, '$1 §'));
  return url ? `[${name}](${url})` : name;
}

/** The first line of an explanation: a name, what sort of thing it is, and the sources that define it. */
export function title(name: string, kind: string, specs: string): string {
  return [`**${plain(name)}**`, kind, sources(specs)].filter(Boolean).join(' · ');
}

/** Paragraphs; empty ones are left out. */
export function block(parts: readonly string[]): string {
  return parts.filter(Boolean).join('\n\n');
}

/** A text of a table as a sentence: it begins with a capital, unless with a name, and ends with a full stop. */
export function sentence(text: string): string {
  if (!text) return '';
  const start = /^[a-z]+(?:[ ,;]|$)/.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
  return plain(/[.?!…]$/.test(start) ? start : `${start}.`);
}
