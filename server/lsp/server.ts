import { type Connection, type InitializeParams, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { configured } from '../engine/configuration.ts';
import { createFileTraces, type FileTraces } from '../view/fileTraces.ts';
import type { OpenFile } from '../view/openedFile.ts';
import {
  type ClientOptions,
  FILE_CLOSED,
  LINK_DECISIONS,
  type LinkDecision,
  type LinkDecisions,
  serve,
  TRACE_CHANGED,
  TRACE_REQUEST,
  type TraceRequestParams,
} from '../view/protocol.ts';
import { type Analysis, createAnalyses } from './analysis.ts';
import { type Checks, createChecks } from './checks.ts';
import { type Configurations, createConfigurations } from './configurations.ts';
import { openFromEditor } from './editorFiles.ts';
import type { FeatureHost } from './feature.ts';
import { capabilities, features } from './features.ts';
import { createFence, type Fence } from './fence.ts';
import { createOpenTraces } from './openTraces.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import type { Settings } from './settings.ts';
import { createSettings, type SettingsStore } from './settingsStore.ts';

/** What one editor's session is made of. */
interface Session {
  readonly connection: Connection;
  readonly fence: Fence;
  readonly settings: Pick<SettingsStore, 'of'>;
  readonly publisher: Publisher;
  /** The document as it is now; null where it is closed or none of ours. */
  analysis(uri: string): Analysis | null;
}

/** What differs between platforms. */
export interface Platform {
  /** Is given what the editor sent as initialization options. */
  onOptions?(options: unknown): void;
  /** Reads a file, for editors that do not do so for the server. */
  readFile?(uri: string): Promise<string>;
  /** Opens a file on a disk. */
  readonly openFile?: OpenFile;
  /** Reads files on a disk by ranges: traces that are no documents. `changed` is told of each of which there is more to see. */
  files?(changed: (uri: string) => void): FileTraces;
}

/** Serves one editor over a connection, on any platform. */
export function startServer(connection: Connection, platform: Platform = {}): void {
  const documents = new TextDocuments(TextDocument);
  connection.onInitialize((params) => {
    platform.onOptions?.(params.initializationOptions);
    startSession(connection, documents, params, platform);
    return { serverInfo: { name: 'SIP Lens' }, capabilities: capabilities(params) };
  });
  documents.listen(connection);
  connection.listen();
}

function startSession(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  params: InitializeParams,
  platform: Platform,
): void {
  const analysisOf = createAnalyses();
  const checkAll = () => documents.keys().forEach((uri) => void checks.schedule(uri));
  const heard: (() => void)[] = [];
  const tell = () => heard.forEach((listener) => void listener());
  const changed = () => {
    checkAll();
    tell();
  };
  const configurations = createConfigurations({
    connection,
    params,
    readFile: platform.readFile,
    open: (uri) => documents.get(uri),
    stale: checkAll,
  });
  const settings = createSettings(connection, params, {
    ready: () => {
      configurations.watch();
      tell();
    },
    changed,
  });
  const session: Session = {
    connection,
    fence: createFence(connection.console),
    settings: { of: (uri) => settingsOf(settings, configurations, uri) },
    publisher: createPublisher(connection),
    analysis: (uri) => {
      const document = documents.get(uri);
      return document ? analysisOf(document) : null;
    },
  };
  const checks = createSessionChecks(session);
  const decided = linkDecisions(connection, params);
  const traces = createOpenTraces(session.analysis, checks, decided);
  documents.onDidOpen(() => configurations.opened());
  documents.onDidChangeContent(({ document: { uri } }) => {
    configurations.changed(uri);
    checks.schedule(uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    for (const keeper of [checks, traces, settings]) keeper.forget(uri);
    session.publisher.clear(uri);
    configurations.changed(uri);
  });
  const ofFiles: ((uris: readonly string[]) => void)[] = [(uris) => uris.forEach(configurations.changed)];
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const uris = changes.map(({ uri }) => uri);
    for (const listener of ofFiles) listener(uris);
  });
  const host: FeatureHost = {
    connection,
    fence: session.fence,
    checks,
    params,
    readFile: platform.readFile,
    openFile: (uri) =>
      platform.openFile && uri.startsWith('file:') ? platform.openFile(uri) : openFromEditor(connection, uri),
    onSettings: (listener) => void heard.push(listener),
    onChange: (listener) => void documents.onDidChangeContent(({ document }) => listener(document.uri)),
    settings: (uri) => session.settings.of(uri),
    configurations,
    linkDecisions: decided,
    onFiles: (listener) => void ofFiles.push(listener),
    analysis: session.analysis,
    analyses: () => documents.keys().flatMap((uri) => session.analysis(uri) ?? []),
  };
  for (const feature of features) feature.register(host);
  serveTraces({ ...session, decided }, traces, platform, host.onSettings);
}

/** Answers the questions of the ladder's page: about documents, and about files that are none. */
function serveTraces(
  { connection, settings, decided }: Session & { decided(uri: string): readonly LinkDecision[] },
  traces: ReturnType<typeof createOpenTraces>,
  platform: Platform,
  onSettings: FeatureHost['onSettings'],
): void {
  const changed = (uri: string) => void connection.sendNotification(TRACE_CHANGED, { uri });
  const own = platform.files?.(changed);
  const given = createFileTraces((uri) => openFromEditor(connection, uri), changed);
  const filesOf = (uri: string) => (own && uri.startsWith('file:') ? own : given);
  const open = new Set<string>();
  connection.onRequest(TRACE_REQUEST, async ({ uri, call, of }: TraceRequestParams) => {
    if (of !== 'file') return serve(traces.api(uri), call);
    open.add(uri);
    const { profile, levels } = await settings.of(uri);
    return filesOf(uri).call(uri, call, { options: { profile, levels }, decided: decided(uri) });
  });
  connection.onNotification(FILE_CLOSED, ({ uri }: { uri: string }) => {
    open.delete(uri);
    filesOf(uri).close(uri);
  });
  // The next question about a file brings the settings as they are then.
  onSettings(() => open.forEach(changed));
}

/** What was told of the legs of each trace by hand: the editor keeps it, and tells it when it starts the server and whenever it changes. */
function linkDecisions(connection: Connection, { initializationOptions }: InitializeParams) {
  let all: LinkDecisions = ((initializationOptions ?? {}) as ClientOptions).links ?? {};
  connection.onNotification(LINK_DECISIONS, (latest: LinkDecisions) => {
    all = latest;
  });
  return (uri: string): readonly LinkDecision[] => (Object.hasOwn(all, uri) ? all[uri]! : []);
}

async function settingsOf(store: SettingsStore, configurations: Configurations, uri: string): Promise<Settings> {
  const [settings, file] = await Promise.all([store.of(uri), configurations.nearest(uri)]);
  return file ? configured(settings, file.configuration) : settings;
}

function createSessionChecks({ connection, fence, settings, publisher, analysis }: Session): Checks {
  return createChecks({
    analysis,
    settings: (uri) => settings.of(uri),
    done({ analysis: doc, problems, lint }, { maxProblems }) {
      publisher.publish(doc, problems, maxProblems);
      if (lint) void connection.sendNotification(TRACE_CHANGED, { uri: doc.uri });
    },
    failed: (what, error) => fence.report(`check ${what}`, error),
  });
}
