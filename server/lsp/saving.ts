import { lengthCorrections } from '../engine/authoring/contentLength.ts';
import { whileCurrent } from './current.ts';
import type { Feature } from './feature.ts';
import { textEdits } from './workspaceEdit.ts';

/** What the setting `sipLens.fixContentLengthOnSave` says, done before a trace is written. */
export const savingFeature: Feature = {
  capabilities: { textDocumentSync: { willSaveWaitUntil: true } },
  register(host) {
    const { connection, fence, analysis } = host;
    connection.onWillSaveTextDocumentWaitUntil(
      fence.around(
        'correct lengths on saving',
        async ({ textDocument: { uri } }, token) => {
          const { fixContentLengthOnSave } = await host.settings(uri);
          const doc = analysis(uri);
          if (!fixContentLengthOnSave || doc?.kind !== 'trace') return null;
          const edits = await whileCurrent(host, doc, token, lengthCorrections(doc));
          return edits && textEdits(doc, edits);
        },
        null,
      ),
    );
  },
};
