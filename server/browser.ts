import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { provideSchemas } from './engine/xml/schemas.ts';
import { startServer } from './lsp/server.ts';

declare const self: DedicatedWorkerGlobalScope & { sipLensLibxml2?: string };

/** The language server as a worker beside the extension host of a browser. */
const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));

// A worker reads no files beside its own script: the schemas are part of it.
provideSchemas(async (file) => ((await import(`./schemas/${file}`)) as { default: string }).default);

startServer(connection, {
  onOptions(options) {
    // A worker cannot find a file beside its own script: the client says where libxml2 lies.
    const { libxml2 } = (options ?? {}) as { libxml2?: unknown };
    if (typeof libxml2 === 'string') self.sipLensLibxml2 = libxml2;
  },
});
