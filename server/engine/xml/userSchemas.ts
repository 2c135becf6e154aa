import type { Severity } from '../base/text.ts';
import { parseXml } from './parse.ts';
import { quoted } from './scanner.ts';
import {
  NO_USER_SCHEMAS,
  type Reference,
  type SchemaFile,
  type SchemaProblem,
  type UserMain,
  type UserSchemaFiles,
} from './schemaFile.ts';
import { readReferences, resolved, resolveUri, XSD } from './schemaReferences.ts';
import { SCHEMAS } from './schemas.ts';
import { attributeValue, type XmlDocument } from './tree.ts';
import { replaceSchemas } from './verdict.ts';

/** A schema that the user brings. */
export interface UserSchema {
  /** The namespace it is for; null where the schema itself says so. */
  readonly namespace: string | null;
  readonly uri: string;
}

/** Gives the text of a file; rejects where it cannot be read. */
export type FileReader = (uri: string) => Promise<string>;

/** What became of the user's schemas. */
export interface SchemaReport {
  readonly problems: readonly SchemaProblem[];
  /** The text of each file that was read, by URI. */
  readonly texts: ReadonlyMap<string, string>;
}

/** So many files are read for all schemas together. */
const MOST_FILES = 500;

/**
 * Puts the user's schemas into force, with what they import and include beside them, in the place of those that were in force before.
 * One that does not compile is told of, and the bundled schema for its namespace stays in force. Verdicts that are waited for
 * wait for this, too.
 */
export async function provideUserSchemas(schemas: readonly UserSchema[], read: FileReader): Promise<SchemaReport> {
  const reading = schemas.length > 0 ? readSchemaFiles(schemas, read) : Promise.resolve(NO_USER_SCHEMAS);
  const compiled = await replaceSchemas(reading);
  const { problems, files } = await reading;
  const texts = new Map(files.map(({ uri, document }) => [uri, document.text]));
  return { problems: [...problems, ...compiled], texts };
}

/** The files of the user's schemas, with the names by which they find each other. */
export async function readSchemaFiles(schemas: readonly UserSchema[], read: FileReader): Promise<UserSchemaFiles> {
  const problems: SchemaProblem[] = [];
  const texts = await readAll(schemas, read, problems);
  const documents = new Map([...texts].map(([uri, text]) => [uri, parseXml(text)]));
  const broken = new Set([...documents].filter(([uri, one]) => isBroken(uri, one, problems)).map(([uri]) => uri));
  const mains: UserMain[] = [];
  for (const schema of schemas)
    mains.push(...mainOf(schema, documents.get(schema.uri), problems).filter((one) => isFirst(one, mains, problems)));
  const names = namesOf(mains, [...documents.keys()]);
  const files = [...documents].map(([uri, document]) => {
    const references = readReferences(document, uri, names, mains);
    const unread = references.filter(({ name, location }) => name === null && location);
    problems.push(...unread.map((one) => unreadable(uri, one)));
    const foreign = references.flatMap((one) => ofOtherNamespace(uri, one, document, documents));
    problems.push(...foreign);
    if (foreign.length > 0 || unread.some(({ kind }) => kind !== 'import')) broken.add(uri);
    return { uri, name: names.get(uri)!, document, references, text: resolved(document, references) };
  });
  return { files, problems, mains: mains.filter(({ uri }) => !reaches(uri, files, broken)) };
}

/** Reads files and what they refer to, whatever the cycles. */
async function readAll(
  schemas: readonly UserSchema[],
  read: FileReader,
  problems: SchemaProblem[],
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const asked = new Set<string>();
  let waiting = schemas.map(({ uri }) => uri);
  while (waiting.length > 0 && asked.size < MOST_FILES) {
    const next = [...new Set(waiting)].filter((uri) => !asked.has(uri)).slice(0, MOST_FILES - asked.size);
    for (const uri of next) asked.add(uri);
    const found = await Promise.all(next.map(async (uri) => [uri, await read(uri).catch(() => null)] as const));
    waiting = [];
    for (const [uri, text] of found) {
      if (text === null) continue;
      texts.set(uri, text);
      waiting.push(...locations(parseXml(text), uri));
    }
  }
  for (const { uri } of schemas) if (!texts.has(uri)) problems.push(missing(uri));
  return texts;
}

function locations(document: XmlDocument, uri: string): string[] {
  return readReferences(document, uri, new Map(), []).flatMap(({ location }) =>
    location ? (resolveUri(location.value, uri) ?? []) : [],
  );
}

function missing(uri: string): SchemaProblem {
  return {
    uri,
    from: 0,
    to: 0,
    severity: 'error',
    message: 'The schema cannot be read; see the setting sipLens.schemas.',
  };
}

/** Whether a file is no well-formed schema; says why. */
function isBroken(uri: string, document: XmlDocument, problems: SchemaProblem[]): boolean {
  const { root } = document;
  const syntax = document.problems.slice(0, 5);
  for (const { from, to, message } of syntax) problems.push({ uri, from, to, message, severity: 'error' });
  if (syntax.length > 0) return true;
  if (root?.namespace === XSD && root.local === 'schema') return false;
  const message = `A schema begins with \`schema\` in ${quoted(XSD)}${root ? `, not with ${quoted(root.name)}` : ''}.`;
  problems.push({ uri, ...(root?.nameAt ?? { from: 0, to: 0 }), message, severity: 'error' });
  return true;
}

/** The main file of a schema, if it is for the namespace it is meant for. */
function mainOf(
  { namespace, uri }: UserSchema,
  document: XmlDocument | undefined,
  problems: SchemaProblem[],
): UserMain[] {
  if (!document?.root) return [];
  const target = attributeValue(document, document.root, 'targetNamespace') ?? '';
  if (target && (namespace === null || namespace === target)) return [{ namespace: target, uri }];
  const place = document.root.attributes.find(({ name }) => name === 'targetNamespace')?.value ?? document.root.nameAt;
  const expected =
    namespace === null ? 'a `targetNamespace` is expected' : `the setting names it for ${quoted(namespace)}`;
  const message = `This schema is for ${target ? quoted(target) : 'no namespace'}; ${expected}.`;
  problems.push({ uri, ...place, message, severity: 'error' });
  return [];
}

/** A namespace has one schema: the first that the setting names. */
function isFirst({ namespace, uri }: UserMain, mains: readonly UserMain[], problems: SchemaProblem[]): boolean {
  const before = mains.find((one) => one.namespace === namespace);
  if (before && before.uri !== uri) {
    const message = `Another schema is set for ${quoted(namespace)}; this one is not used.`;
    problems.push({ uri, from: 0, to: 0, message, severity: 'warning' });
  }
  return !before;
}

/** What libxml2 knows each file by: a schema that replaces a bundled one has that one's name. */
function namesOf(mains: readonly UserMain[], uris: readonly string[]): Map<string, string> {
  const names = new Map(uris.map((uri, at) => [uri, `user-${at}.xsd`]));
  for (const { namespace, uri } of mains) {
    const replaces = SCHEMAS.find((one) => one.namespace === namespace);
    if (replaces && ![...names.values()].includes(replaces.file)) names.set(uri, replaces.file);
  }
  return names;
}

function unreadable(uri: string, { location, kind }: Reference): SchemaProblem {
  const [severity, why]: [Severity, string] =
    kind === 'import' ? ['warning', 'it is left out'] : ['error', `\`${kind}\` needs it`];
  return { uri, ...location!.at, severity, message: `${quoted(location!.value)} cannot be read; ${why}.` };
}

/** An import that leads to a schema for another namespace: libxml2 would pass over it in silence. */
function ofOtherNamespace(
  uri: string,
  { kind, element, location }: Reference,
  document: XmlDocument,
  documents: ReadonlyMap<string, XmlDocument>,
): SchemaProblem[] {
  const other = location && documents.get(resolveUri(location.value, uri) ?? '');
  if (kind !== 'import' || !other?.root || other.root.namespace !== XSD) return [];
  const wanted = attributeValue(document, element, 'namespace') ?? '';
  const target = attributeValue(other, other.root, 'targetNamespace') ?? '';
  if (wanted === target) return [];
  const names = [target, wanted].map((one) => (one ? quoted(one) : 'no namespace'));
  const message = `${quoted(location!.value)} is a schema for ${names[0]}, not for ${names[1]}.`;
  return [{ uri, ...location!.at, severity: 'error', message }];
}

/** Whether a file is among those, or leads to one. */
function reaches(uri: string, files: readonly SchemaFile[], broken: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  const waiting = files.filter((file) => file.uri === uri);
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (broken.has(file.uri)) return true;
    if (seen.has(file.uri)) continue;
    seen.add(file.uri);
    const names = new Set(file.references.map(({ name }) => name));
    waiting.push(...files.filter(({ name }) => names.has(name)));
  }
  return false;
}
