import { type Hover, MarkupKind } from 'vscode-languageserver';
import { explanationAt } from '../engine/authoring/explanation.ts';
import { documentWithSchemas } from './current.ts';
import type { Feature } from './feature.ts';

/** Explanations of what the pointer is on. */
export const hoverFeature: Feature = {
  capabilities: { hoverProvider: true },
  register(host) {
    host.connection.onHover(
      host.fence.around(
        'explain a place',
        async ({ textDocument: { uri }, position }): Promise<Hover | null> => {
          const doc = await documentWithSchemas(host, uri, position);
          const found = doc && explanationAt(doc, doc.offset(position));
          return (
            found && { contents: { kind: MarkupKind.Markdown, value: found.markdown }, range: doc.range(found.at) }
          );
        },
        null,
      ),
    );
  },
};
