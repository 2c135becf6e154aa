import { type Diagnostic, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { contentTypeFacts } from '../engine/sip/registry.ts';
import type { SchemaProblem } from '../engine/xml/schemaFile.ts';
import { resolveUri } from '../engine/xml/schemaReferences.ts';
import { provideUserSchemas, type SchemaReport, type UserSchema } from '../engine/xml/userSchemas.ts';
import { SEVERITIES, SOURCE } from './diagnostics.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { askForFile, foldersOf } from './files.ts';

/** The schemas of the setting `sipLens.schemas`: read when they are set, and again when a file changes. */
export const userSchemasFeature: Feature = {
  capabilities: {},
  register(host) {
    const schemas = createUserSchemas(host);
    let watched = false;
    host.onSettings(
      host.fence.around(
        'read sipLens.schemas',
        async () => {
          if ((await schemas.settingsChanged()) && !watched) watch(host);
          watched ||= schemas.areSet();
        },
        undefined,
      ),
    );
    host.onFiles(
      host.fence.around(
        'read a schema again',
        async (uris: readonly string[]) => {
          if (uris.some((uri) => uri.endsWith('.xsd'))) await schemas.filesChanged();
        },
        undefined,
      ),
    );
  },
};

function watch({ connection, params }: FeatureHost): void {
  if (!params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
  const watchers = [{ globPattern: '**/*.xsd' }];
  const registered = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  registered.catch(() => connection.console.warn('SIP Lens: the editor does not tell when schemas change.'));
}

function createUserSchemas(host: FeatureHost) {
  const published = new Set<string>();
  const read = createReader(host);
  let schemas: readonly UserSchema[] = [];
  let newest = 0;
  const reload = async () => {
    const run = ++newest;
    const report = await provideUserSchemas(schemas, read);
    if (run !== newest) return;
    publish(host, report, published);
    for (const { uri } of host.analyses()) {
      // What was found with other schemas must not be used again.
      host.checks.forget(uri);
      host.checks.schedule(uri);
    }
  };
  return {
    areSet: () => schemas.length > 0,
    filesChanged: async () => {
      if (schemas.length > 0) await reload();
    },
    /** Tells whether schemas are set that were not before. */
    async settingsChanged() {
      const found = await schemasOf(host);
      if (JSON.stringify(found) === JSON.stringify(schemas)) return false;
      schemas = found;
      await reload();
      return schemas.length > 0;
    },
  };
}

/** The schemas that the settings of the workspace's folders name; the first folder that names one for a namespace counts. */
async function schemasOf(host: FeatureHost): Promise<UserSchema[]> {
  const found = new Map<string, UserSchema>();
  for (const folder of foldersOf(host.params)) {
    const { schemas } = await host.settings(folder);
    for (const [key, path] of Object.entries(schemas)) {
      const uri = resolveUri(path, `${folder}/settings`);
      if (uri !== null && !found.has(key)) found.set(key, { namespace: namespaceOf(key), uri });
    }
  }
  return [...found.values()];
}

/** The namespace that a key of the setting stands for; null for a content type that has none we know. */
function namespaceOf(key: string): string | null {
  const facts = contentTypeFacts(key);
  if (facts?.namespace) return facts.namespace;
  return /^[\w.+-]+\/[\w.+-]+$/.test(key.trim()) ? null : key;
}

/** Reads files of the workspace: through the editor, or with what the platform has where the editor cannot. */
function createReader(host: FeatureHost): (uri: string) => Promise<string> {
  const folders = foldersOf(host.params);
  return async (uri) => {
    if (!folders.some((folder) => uri.startsWith(`${folder}/`))) throw new Error('The file is not in the workspace.');
    const text = await askForFile(host.connection, uri);
    if (text !== null) return text;
    if (!host.readFile) throw new Error('The editor does not give the file.');
    return host.readFile(uri);
  };
}

/** Shows what is wrong with schemas in their files, and takes back what was shown before. */
function publish({ connection }: FeatureHost, { problems, texts }: SchemaReport, published: Set<string>): void {
  const faulty = new Set(problems.map(({ uri }) => uri));
  for (const uri of new Set([...published, ...faulty])) {
    const document = TextDocument.create(uri, 'xml', 0, texts.get(uri) ?? '');
    const own = problems.filter((one) => one.uri === uri);
    void connection.sendDiagnostics({ uri, diagnostics: own.map((one) => diagnostic(document, one)) });
    if (own.length > 0) published.add(uri);
    else published.delete(uri);
  }
}

function diagnostic(document: TextDocument, { from, to, message, severity }: SchemaProblem): Diagnostic {
  const range = { start: document.positionAt(from), end: document.positionAt(to) };
  return { range, severity: SEVERITIES[severity], source: SOURCE, code: 'user-schema', message };
}
