import { quoted } from './scanner.ts';
import type { SchemaFile } from './schemaFile.ts';

/** What libxml2 says of schemas, and how we say it. `$1` … are the parts in brackets, the names among them quoted. */
const WORDINGS: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [
    /The QName value '(?:\{(.*)\})?(.*)' does not resolve to a\(n\) (.*)\.$/,
    (namespace, local, what) => `There is no ${what} ${quoted(local!)}${namespace ? ` in ${quoted(namespace)}` : ''}.`,
  ],
  [
    /components in the namespace '(.*)' are not allowed, since not indicated by an import statement/,
    (namespace) => `\`import\` is missing for the namespace ${quoted(namespace!)}.`,
  ],
  [
    /components in no namespace are not allowed, since not indicated by an import statement/,
    () => 'A name without a prefix is in no namespace here; the prefix of the target namespace may be missing.',
  ],
  [
    /Element '(.*)': The attribute '(.*)' is required but missing/,
    (element, name) => `${quoted(name!)} is missing on ${quoted(element!)}.`,
  ],
  [
    /Element '(.*)': The attribute '(.*)' is not allowed/,
    (element, name) => `${quoted(name!)} is not allowed on this ${quoted(element!)}.`,
  ],
  [/A global (.*) '(.*)' does already exist/, (what, name) => `There is a global ${what} ${quoted(name!)} already.`],
  [
    /The content model is not determinist/,
    () => 'The content model is ambiguous: an element could belong to more than one declaration in it.',
  ],
  [
    /The value '(.*)' is not valid\. Expected is '?(.*?)'?\.$/,
    (value, type) => `Expected ${quoted(type!)}, found ${quoted(value!)}.`,
  ],
  [
    /Element '(.*)': The content is not valid\. Expected is (.*)\.$/,
    (element, content) =>
      `${quoted(element!)} holds what it must not hold, or not in this order; expected: ${quoted(content!)}.`,
  ],
  [
    /The target namespace '(.*)' of the included\/redefined schema '(.*)' differs from '(.*)'/,
    (theirs, file) => `${quoted(file!)} is a schema for ${quoted(theirs!)}; it can be imported, not included.`,
  ],
  [
    /The target namespace of the imported schema '(.*)' differs/,
    (file) => `${quoted(file!)} is a schema for another namespace than this \`import\` says.`,
  ],
];

/** Says what is wrong with a schema, after libxml2's message about it. */
export function schemaFault(message: string, files: readonly SchemaFile[]): string {
  const named = files.reduce(
    (text, { name, uri }) => text.replaceAll(`'${name}'`, `'${baseName(uri)}'`),
    message.trim(),
  );
  const bare = named.replaceAll('{http://www.w3.org/2001/XMLSchema}', '');
  for (const [pattern, say] of WORDINGS) {
    const match = pattern.exec(bare);
    if (match) return say(...match.slice(1).map((part) => part ?? ''));
  }
  // Expanded names are of no use to a reader: `{urn:x}user` is user.
  return bare.replace(/'(?:\{[^}]*\})?([^']*)'/g, (_, name: string) => quoted(name));
}

function baseName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
