import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import {
  createProtocolConnection,
  type Diagnostic,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  type ServerCapabilities,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { TraceCall } from '../view/protocol.ts';

const ROOT = new URL('../../', import.meta.url);
const PATIENCE_MS = 60_000;
const SOURCES = ['--import', 'tsx', 'server/node.ts'];

/** What a test's editor can do; settings are what it answers when it is asked for them. */
export interface ClientOptions {
  readonly settings?: unknown;
  readonly initializationOptions?: unknown;
  /** More of what it sends in `initialize`. */
  readonly params?: { readonly workspaceFolders?: unknown; readonly capabilities?: object };
  /** Arguments of Node that start the server. */
  readonly server?: readonly string[];
}

/** An editor over standard input and output of a server process. */
export class TestClient {
  readonly connection: ProtocolConnection;
  /** What the server wrote to the editor's log. */
  readonly log: string[] = [];
  readonly changed: string[] = [];
  /** What the server announced at the start, and what later. */
  capabilities: ServerCapabilities = {};
  readonly registrations: Registration[] = [];
  /** Of the server's process. */
  readonly pid: number | undefined;
  private readonly process: ChildProcessByStdio<Writable, Readable, null>;
  private readonly published = new Map<string, PublishDiagnosticsParams>();
  private readonly waiting = new Set<() => void>();
  private version = 0;

  constructor(options: ClientOptions = {}) {
    const command = [...(options.server ?? SOURCES), '--stdio'];
    this.process = spawn(process.execPath, command, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
    this.pid = this.process.pid;
    const { stdin, stdout } = this.process;
    const reader = new StreamMessageReader(stdout);
    reader.partialMessageTimeout = 0; // a server that ends in the middle of a message must not keep the tests waiting for its rest
    this.connection = createProtocolConnection(reader, new StreamMessageWriter(stdin));
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params);
      for (const wake of this.waiting) wake();
    });
    this.connection.onNotification(
      'window/logMessage',
      ({ message }: { message: string }) => void this.log.push(message),
    );
    this.connection.onNotification('sip/changed', ({ uri }: { uri: string }) => void this.changed.push(uri));
    this.connection.onRequest('workspace/configuration', () => [options.settings ?? null]);
    this.connection.onRequest('client/registerCapability', ({ registrations }: { registrations: Registration[] }) => {
      this.registrations.push(...registrations);
      return null;
    });
    this.connection.listen();
  }

  /** A client after the handshake. */
  static async start(options: ClientOptions = {}): Promise<TestClient> {
    const client = new TestClient(options);
    const result = await client.connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      initializationOptions: options.initializationOptions,
      capabilities: {
        workspace: { configuration: 'settings' in options },
        textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
        ...options.params?.capabilities,
      },
      ...(options.params?.workspaceFolders !== undefined && { workspaceFolders: options.params.workspaceFolders }),
    });
    client.capabilities = result.capabilities;
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  async open(uri: string, text: string, languageId = 'sip'): Promise<void> {
    this.version = 1;
    this.published.delete(uri);
    const textDocument = { uri, languageId, version: 1, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  async edit(uri: string, text: string, range?: Range): Promise<void> {
    const textDocument = { uri, version: ++this.version };
    const contentChanges = [range ? { range, text } : { text }];
    await this.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** The diagnostics of the version that was sent last. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    for (;;) {
      const params = this.published.get(uri);
      if (params?.version === this.version) return params.diagnostics;
      await this.publication();
    }
  }

  /** The diagnostics, once they are as expected. */
  async until(uri: string, expected: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    for (;;) {
      const found = this.published.get(uri)?.diagnostics;
      if (found && expected(found)) return found;
      await this.publication();
    }
  }

  isPublished(uri: string): boolean {
    return this.published.has(uri);
  }

  /** Waits for a publication that is not tied to a version, as on closing. */
  async nextPublication(uri: string): Promise<PublishDiagnosticsParams> {
    this.published.delete(uri);
    while (!this.published.has(uri)) await this.publication();
    return this.published.get(uri)!;
  }

  private publication(): Promise<void> {
    return new Promise((resolve, reject) => {
      const silent = () => reject(new Error(`The server published nothing for ${PATIENCE_MS / 1000} seconds.`));
      const timer = setTimeout(silent, PATIENCE_MS);
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      this.waiting.add(wake);
    });
  }

  hover(uri: string, line: number, character: number): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line, character } });
  }

  symbols(uri: string): Promise<DocumentSymbol[] | null> {
    return this.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri } });
  }

  folding(uri: string): Promise<FoldingRange[] | null> {
    return this.connection.sendRequest('textDocument/foldingRange', { textDocument: { uri } });
  }

  trace(uri: string, call: TraceCall): Promise<unknown> {
    return this.connection.sendRequest('sip/trace', { uri, call });
  }

  /** Ends the session as the protocol asks, and gives the exit code. */
  async stop(): Promise<number> {
    const exited = once(this.process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = await exited;
    this.connection.dispose();
    return code;
  }
}
