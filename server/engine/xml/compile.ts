import { trimmed } from '../base/text.ts';
import { utf8Of } from '../base/utf8.ts';
import { schemaFault } from './schemaFault.ts';
import type { SchemaFile, SchemaProblem, UserMain, UserSchemaFiles } from './schemaFile.ts';
import { XML_SCHEMA, XSD } from './schemaReferences.ts';
import { SCHEMAS } from './schemas.ts';

export type Libxml2 = typeof import('./libxml2.ts');
export type Validator = InstanceType<Libxml2['XsdValidator']>;

/** Schemas that libxml2 has taken in. */
export interface Compiled {
  /** By namespace of the documents they are for. */
  readonly validators: ReadonlyMap<string, Validator>;
  /** The texts in force, by the name of the file: the user's, and the bundled ones that they do not replace. */
  readonly texts: ReadonlyMap<string, string>;
  /** The namespaces that schemas of the user's are in force for. */
  readonly replaced: ReadonlySet<string>;
  /** What kept schemas of the user's from being in force. */
  readonly problems: readonly SchemaProblem[];
  /** Gives the memory back. */
  dispose(): void;
}

/**
 * Compiles the bundled schemas, with the user's in the place of those for the same namespace. Those of the user's that do not
 * compile are left out, and told of. Throws where a bundled one does not.
 */
export function compileSchemas(
  libxml2: Libxml2,
  bundled: ReadonlyMap<string, string>,
  user: UserSchemaFiles,
): Compiled {
  const { mains, problems } = compilable(libxml2, bundled, user);
  const texts = overlay(bundled, user, mains);
  const validators = new Map<string, Validator>();
  const dispose = () => new Set(validators.values()).forEach((one) => void one.dispose());
  try {
    if (mains.length === 0) compileOurs(libxml2, bundled, validators);
    else compileEach(libxml2, { bundled, user, mains, texts, validators, problems });
  } catch (error) {
    dispose();
    throw error;
  }
  return { validators, texts, replaced: new Set(mains.map(({ namespace }) => namespace)), problems, dispose };
}

/** The bundled schemas as one: each imports others, and what two of them import is taken in once. */
function compileOurs(libxml2: Libxml2, bundled: ReadonlyMap<string, string>, validators: Map<string, Validator>): void {
  const { validator, errors } = compileOne(libxml2, bundled, 'all.xsd', importing(SCHEMAS));
  if (!validator) throw uncompiled(errors[0]?.file ?? 'bundled with it', errors);
  for (const { namespace, roots } of SCHEMAS) if (roots.length > 0) validators.set(namespace, validator);
}

function uncompiled(file: string, [first]: readonly Detail[]): Error {
  return new Error(`The schema ${file} does not compile: ${first?.message.trim() ?? 'it is empty'}`);
}

interface Compiling {
  readonly bundled: ReadonlyMap<string, string>;
  readonly user: UserSchemaFiles;
  readonly mains: readonly UserMain[];
  readonly texts: ReadonlyMap<string, string>;
  readonly validators: Map<string, Validator>;
  readonly problems: SchemaProblem[];
}

/** Each schema with the user's, or without them where it does not go together with them. */
function compileEach(libxml2: Libxml2, { bundled, user, mains, texts, validators, problems }: Compiling): void {
  for (const { namespace, file } of documentSchemas(mains, user)) {
    const compiled = compileWith(libxml2, texts, namespace, file, namesOf(mains, user));
    if (compiled.validator) validators.set(namespace, compiled.validator);
    else {
      validators.set(namespace, compileBundled(libxml2, bundled, namespace, file, compiled));
      problems.push(...unsuited(user, mains, file, compiled));
    }
  }
}

/** The user's schemas that compile. One that does not is left out, and the others are tried without it. */
function compilable(libxml2: Libxml2, bundled: ReadonlyMap<string, string>, user: UserSchemaFiles) {
  const problems: SchemaProblem[] = [];
  let mains = user.mains;
  for (;;) {
    const texts = overlay(bundled, user, mains);
    const faulty = new Map<UserMain, SchemaProblem[]>();
    for (const main of mains) {
      const { name } = fileOf(user, main);
      const { validator, errors } = compileOne(libxml2, texts, name, texts.get(name)!);
      validator?.dispose();
      if (!validator) faulty.set(main, problemsOf(user, main, errors));
    }
    if (faulty.size === 0) return { mains, problems };
    const others = (main: UserMain) => mains.filter((one) => one !== main).map(({ uri }) => uri);
    const toBlame = [...faulty].filter(([main, found]) => found.some(({ uri }) => !others(main).includes(uri)));
    for (const [main, found] of toBlame.length > 0 ? toBlame : faulty) {
      problems.push(...found.filter((one) => !problems.some((known) => isSame(known, one))));
      mains = mains.filter((one) => one !== main);
    }
  }
}

function isSame(a: SchemaProblem, b: SchemaProblem): boolean {
  return a.uri === b.uri && a.from === b.from && a.message === b.message;
}

function fileOf({ files }: UserSchemaFiles, { uri }: UserMain): SchemaFile {
  return files.find((one) => one.uri === uri)!;
}

function namesOf(mains: readonly UserMain[], user: UserSchemaFiles) {
  return mains.map((main) => ({ namespace: main.namespace, file: fileOf(user, main).name }));
}

/** The texts by name: the user's own files, but the bundled ones in the place of schemas that are not in force. */
function overlay(
  bundled: ReadonlyMap<string, string>,
  { files, mains: all }: UserSchemaFiles,
  mains: readonly UserMain[],
): Map<string, string> {
  const out = new Set(all.filter((one) => !mains.includes(one)).map(({ uri }) => uri));
  const texts = new Map(bundled);
  if (mains.length === 0) return texts;
  texts.set(XML_SCHEMA.name, XML_SCHEMA.text);
  for (const { uri, name, text } of files) if (!out.has(uri) || !bundled.has(name)) texts.set(name, text);
  return texts;
}

/** The schemas that documents are judged by. */
function documentSchemas(mains: readonly UserMain[], user: UserSchemaFiles) {
  const ours = SCHEMAS.filter(({ roots }) => roots.length > 0);
  const more = namesOf(mains, user).filter(({ namespace }) => !ours.some((one) => one.namespace === namespace));
  return [...ours.map(({ namespace, file }) => ({ namespace, file })), ...more];
}

interface Compilation {
  readonly validator: Validator | null;
  readonly errors: readonly Detail[];
}

interface Detail {
  readonly message: string;
  readonly file?: string | undefined;
  readonly line: number;
}

/** A schema together with others, so that what they describe is judged where any element may stand. */
function compileWith(
  libxml2: Libxml2,
  texts: ReadonlyMap<string, string>,
  namespace: string,
  file: string,
  others: readonly { namespace: string; file: string }[],
): Compilation {
  const all = [{ namespace, file }, ...others.filter((one) => one.namespace !== namespace)];
  return compileOne(libxml2, texts, 'all.xsd', importing(all));
}

/** A schema that is nothing but these. */
function importing(schemas: readonly { namespace: string; file: string }[]): string {
  const imports = schemas.map(
    ({ namespace, file }) => `<xs:import namespace="${attributeOf(namespace)}" schemaLocation="${file}"/>`,
  );
  return `<xs:schema xmlns:xs="${XSD}">${imports.join('')}</xs:schema>`;
}

function attributeOf(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A bundled schema as it is, where it does not go together with the user's. */
function compileBundled(
  libxml2: Libxml2,
  bundled: ReadonlyMap<string, string>,
  namespace: string,
  file: string,
  { errors }: Compilation,
): Validator {
  const own = SCHEMAS.some((one) => one.namespace === namespace);
  const { validator, errors: still } = own
    ? compileOne(libxml2, bundled, file, bundled.get(file)!)
    : { validator: null, errors };
  if (!validator) throw uncompiled(file, still);
  return validator;
}

function compileOne(libxml2: Libxml2, texts: ReadonlyMap<string, string>, name: string, text: string): Compilation {
  const { XmlDocument: Document, XsdValidator, xmlRegisterInputProvider, xmlCleanupInputProvider } = libxml2;
  const { callbacks, missing } = inputs(texts);
  xmlRegisterInputProvider(callbacks);
  let schema: InstanceType<Libxml2['XmlDocument']> | undefined;
  try {
    schema = Document.fromString(text, { url: name });
    const validator = XsdValidator.fromDoc(schema);
    if (missing.size === 0) return { validator, errors: [] };
    // libxml2 goes on without a schema it cannot import, and then finds every document invalid.
    validator.dispose();
    return { validator: null, errors: [...missing].map((file) => ({ message: `${file} is missing.`, line: 0 })) };
  } catch (error) {
    return { validator: null, errors: detailsOf(error) };
  } finally {
    schema?.dispose();
    xmlCleanupInputProvider();
  }
}

function detailsOf(error: unknown): Detail[] {
  const { details, message } = error as { details?: (Detail & { level: number })[]; message?: string };
  const found = details?.filter(({ level }) => level > 1) ?? [];
  return found.length > 0 ? found : [{ message: message ?? String(error), line: 0 }];
}

/** Answers libxml2's requests for files out of memory, and remembers what it asked for in vain. */
function inputs(texts: ReadonlyMap<string, string>) {
  const missing = new Set<string>();
  const open = new Map<number, { bytes: Uint8Array; at: number }>();
  const callbacks = {
    match: (file: string) => {
      if (!texts.has(file)) missing.add(file);
      return true;
    },
    open: (file: string) => {
      const handle = open.size + 1;
      open.set(handle, { bytes: utf8Of(texts.get(file) ?? ''), at: 0 });
      return handle;
    },
    read: (handle: number, into: Uint8Array) => {
      const from = open.get(handle)!;
      const piece = from.bytes.subarray(from.at, from.at + into.length);
      into.set(piece);
      from.at += piece.length;
      return piece.length;
    },
    close: () => true,
  };
  return { callbacks, missing };
}

/** So many errors of one schema are enough. */
const MOST_PROBLEMS = 50;

function problemsOf(user: UserSchemaFiles, main: UserMain, errors: readonly Detail[]): SchemaProblem[] {
  return errors.slice(0, MOST_PROBLEMS).map(({ file, line, message }) => {
    const named = user.files.find(({ name }) => name === file);
    const { uri, document } = named ?? fileOf(user, main);
    const text = schemaFault(message, user.files);
    return { uri, ...lineSpan(document.text, named ? line : 1), severity: 'error', message: text };
  });
}

/** A bundled schema does not go together with the user's: that is worth knowing, but no fault. */
function unsuited(
  user: UserSchemaFiles,
  mains: readonly UserMain[],
  file: string,
  { errors: [first] }: Compilation,
): SchemaProblem[] {
  const why = first ? ` ${schemaFault(first.message, user.files)}` : '';
  const message = `The bundled ${file} does not go together with this schema and is used without it.${why}`;
  return mains.map(({ uri }) => {
    const { document } = user.files.find((one) => one.uri === uri)!;
    return { uri, ...document.root!.nameAt, severity: 'info', message };
  });
}

/** A line without the blanks around it. */
function lineSpan(text: string, line: number): { from: number; to: number } {
  let from = 0;
  for (let number = 1; number < line; number++) from = text.indexOf('\n', from) + 1 || from;
  const end = text.indexOf('\n', from);
  return trimmed(text, from, end < 0 ? text.length : end);
}
