import type { InlayHint } from 'vscode-languageserver';
import { answerHints } from '../engine/authoring/answers.ts';
import { whileCurrent } from './current.ts';
import type { Feature } from './feature.ts';

/** Behind start lines: the message that belongs to this one, and the time between both; where the settings ask for it. */
export const inlayHintsFeature: Feature = {
  capabilities: { inlayHintProvider: true },
  register(host) {
    const { connection, fence, analysis, params } = host;
    connection.languages.inlayHint.on(
      fence.around(
        'tell what belongs together',
        async ({ textDocument: { uri }, range }, token): Promise<InlayHint[] | null> => {
          const { inlayHints } = await host.settings(uri);
          const doc = analysis(uri);
          if (doc?.kind !== 'trace') return null;
          const part = { from: doc.offset(range.start), to: doc.offset(range.end) };
          const hints = await whileCurrent(host, doc, token, answerHints(doc, part, inlayHints));
          return (
            hints?.map(({ at, label, tooltip }) => {
              const position = doc.range({ from: at, to: at }).start;
              return { position, label, tooltip, paddingLeft: true };
            }) ?? null
          );
        },
        null,
      ),
    );
    if (params.capabilities.workspace?.inlayHint?.refreshSupport)
      host.onSettings(() => void connection.languages.inlayHint.refresh().catch(() => {}));
  },
};
