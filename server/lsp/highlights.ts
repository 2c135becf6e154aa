import { type DocumentHighlight, DocumentHighlightKind } from 'vscode-languageserver';
import { highlightsAt } from '../engine/authoring/highlights.ts';
import { ourDocument, whileCurrent } from './current.ts';
import type { Feature } from './feature.ts';

/** More places than this are not shown at once. */
const MOST = 5000;

/** What belongs together with what the cursor is on: the same name, the messages of a transaction, a pair of tags. */
export const highlightsFeature: Feature = {
  capabilities: { documentHighlightProvider: true },
  register(host) {
    const { connection, fence } = host;
    connection.onDocumentHighlight(
      fence.around(
        'highlight what belongs together',
        async ({ textDocument: { uri }, position }, token): Promise<DocumentHighlight[] | null> => {
          const doc = ourDocument(host, uri);
          const found = doc && (await whileCurrent(host, doc, token, highlightsAt(doc, doc.offset(position), MOST)));
          if (!found || found.length === 0) return null;
          return found.slice(0, MOST).map(({ at, isMain }) => ({
            range: doc.range(at),
            kind: isMain ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
          }));
        },
        null,
      ),
    );
  },
};
