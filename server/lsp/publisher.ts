import type { Connection } from 'vscode-languageserver';
import type { Problem } from '../engine/base/text.ts';
import type { Analysis } from './analysis.ts';
import { diagnostics } from './diagnostics.ts';

/** Sends diagnostics to the editor. */
export interface Publisher {
  publish(doc: Analysis, problems: readonly Problem[], limit: number): void;
  clear(uri: string): void;
}

/** A publisher that says nothing of documents it never had anything to say about, if they are no traces. */
export function createPublisher(connection: Connection): Publisher {
  const published = new Set<string>();
  return {
    publish(doc, problems, limit) {
      if (doc.kind === 'xml' && problems.length === 0 && !published.has(doc.uri)) return;
      published.add(doc.uri);
      const { uri, version } = doc;
      void connection.sendDiagnostics({ uri, version, diagnostics: diagnostics(doc, problems, limit) });
    },
    clear(uri) {
      if (published.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  };
}
