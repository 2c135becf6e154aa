import {
  type Connection,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type InitializeParams,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CONFIGURATION_FILE, type Configuration, readConfiguration } from '../engine/configuration.ts';
import { SEVERITIES, SOURCE } from './diagnostics.ts';
import { askForFile, foldersOf } from './files.ts';

/** A configuration file and what it says. */
export interface ConfigurationFile {
  readonly uri: string;
  readonly text: string;
  /** That of the editor where the file is open; null for one on disk. */
  readonly version: number | null;
  readonly configuration: Configuration;
}

/** The configuration files of an editor's workspace. */
export interface Configurations {
  /** The one that lies nearest to a document: in its folder, or above it; null where there is none. */
  nearest(uri: string): Promise<ConfigurationFile | null>;
  /** To be told of every file that is opened, changed, closed, or changed on disk. */
  changed(uri: string): void;
  /** Asks the editor to tell when such a file changes on disk, and while it is written. */
  watch(): void;
  /** A document is opened: where nobody tells of files that change, they are read again. */
  opened(): void;
}

/** What the configurations need of the server. */
export interface ConfigurationsHost {
  readonly connection: Connection;
  readonly params: InitializeParams;
  readonly readFile: ((uri: string) => Promise<string>) | undefined;
  /** A document that is open in the editor. */
  open(uri: string): TextDocument | undefined;
  /** What was known is not true any more. */
  stale(): void;
}

/** Whether a file is a configuration. */
export function isConfiguration(uri: string): boolean {
  return uri.endsWith(`/${CONFIGURATION_FILE}`);
}

/** Finds the configuration of each document, and shows what is wrong in it, there. */
export function createConfigurations(host: ConfigurationsHost): Configurations {
  const { connection, params } = host;
  const byFolder = new Map<string, Promise<ConfigurationFile | null>>();
  const published = new Set<string>();
  const isWatched = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  const load = async (uri: string) => {
    const document = host.open(uri);
    const text = document?.getText() ?? (await readText(host, uri));
    if (text === null) {
      publish(connection, published, uri, null);
      return null;
    }
    const file = { uri, text, version: document?.version ?? null, configuration: readConfiguration(text) };
    publish(connection, published, uri, file);
    return file;
  };
  const find = (folder: string): Promise<ConfigurationFile | null> => {
    const known = byFolder.get(folder);
    if (known) return known;
    const found = load(`${folder}/${CONFIGURATION_FILE}`).then((file) => {
      const above = file ? null : folderAbove(host, folder);
      return above === null ? file : find(above);
    });
    byFolder.set(folder, found);
    return found;
  };
  return {
    nearest: async (uri) => {
      const folder = folderOf(host, uri);
      return folder === null ? null : find(folder);
    },
    changed(uri) {
      if (!isConfiguration(uri)) return;
      byFolder.clear();
      // What is wrong in it is shown also where no document asks for it.
      void load(uri);
      host.stale();
    },
    watch() {
      const failed = () => connection.console.warn('SIP Lens: the editor does not tell when configurations change.');
      void Promise.all([isWatched && watchOnDisk(connection), followTyping(connection, params)]).catch(failed);
    },
    opened() {
      if (!isWatched) byFolder.clear();
    },
  };
}

const GLOB = `**/${CONFIGURATION_FILE}`;

function watchOnDisk({ client }: Connection): Promise<unknown> {
  return client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: GLOB }] });
}

/** Asks for the text of configurations while they are written, and for nothing else: other features for JSON are the editor's. */
async function followTyping({ client }: Connection, { capabilities }: InitializeParams): Promise<void> {
  if (capabilities.textDocument?.synchronization?.dynamicRegistration !== true) return;
  const documentSelector = [{ pattern: GLOB }];
  const syncKind = TextDocumentSyncKind.Incremental;
  await client.register(DidOpenTextDocumentNotification.type, { documentSelector });
  await client.register(DidChangeTextDocumentNotification.type, { documentSelector, syncKind });
  await client.register(DidCloseTextDocumentNotification.type, { documentSelector });
}

/** From disk where there is one, which is quicker; what the editor has elsewhere, it gives for its folders only. */
async function readText({ connection, params, readFile }: ConfigurationsHost, uri: string): Promise<string | null> {
  if (readFile && uri.startsWith('file:')) return readFile(uri).catch(() => null);
  return foldersOf(params).some((folder) => uri.startsWith(`${folder}/`)) ? askForFile(connection, uri) : null;
}

/** The folder of a document; that of the workspace for one that is no file yet. */
function folderOf({ params }: ConfigurationsHost, uri: string): string | null {
  if (/^untitled:/.test(uri)) return foldersOf(params)[0] ?? null;
  return above(uri);
}

/** Outside of the workspace's folders the way up is followed on disk only. */
function folderAbove({ params, readFile }: ConfigurationsHost, folder: string): string | null {
  const isOnDisk = readFile !== undefined && folder.startsWith('file:');
  return isOnDisk || foldersOf(params).some((root) => folder.startsWith(`${root}/`)) ? above(folder) : null;
}

/** `file:///a/b` becomes `file:///a`, that `file://`, and that null. */
function above(uri: string): string | null {
  const slash = uri.lastIndexOf('/');
  const authority = /^[a-z][\w+.-]*:\/\/[^/]*/i.exec(uri)?.[0] ?? '';
  return slash < authority.length || authority === '' ? null : uri.slice(0, slash);
}

function publish(
  connection: Connection,
  published: Set<string>,
  uri: string,
  file: Pick<ConfigurationFile, 'text' | 'configuration'> | null,
): void {
  const problems = file?.configuration.problems ?? [];
  if (problems.length === 0 && !published.delete(uri)) return;
  if (problems.length > 0) published.add(uri);
  const document = TextDocument.create(uri, 'json', 0, file?.text ?? '');
  const diagnostics = problems.map(({ from, to, severity, message }) => ({
    range: { start: document.positionAt(from), end: document.positionAt(to) },
    severity: SEVERITIES[severity],
    source: SOURCE,
    code: 'configuration',
    message,
  }));
  void connection.sendDiagnostics({ uri, diagnostics });
}
