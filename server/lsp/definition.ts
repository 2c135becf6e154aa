import type { Definition, DefinitionLink } from 'vscode-languageserver';
import { definitionAt } from '../engine/authoring/definition.ts';
import { ourDocument, whileCurrent } from './current.ts';
import type { Feature } from './feature.ts';

/** Go to definition: from a response to its request and back, from a name to where it comes from. */
export const definitionFeature: Feature = {
  capabilities: { definitionProvider: true },
  register(host) {
    const { connection, fence, params } = host;
    const knowsLinks = params.capabilities.textDocument?.definition?.linkSupport ?? false;
    connection.onDefinition(
      fence.around(
        'find a definition',
        async ({ textDocument: { uri }, position }, token): Promise<Definition | DefinitionLink[] | null> => {
          const doc = ourDocument(host, uri);
          const found = doc && (await whileCurrent(host, doc, token, definitionAt(doc, doc.offset(position))));
          if (!found) return null;
          const name = doc.range(found.name);
          if (!knowsLinks) return { uri, range: name };
          const origin = doc.range(found.origin);
          const range = doc.range(found.whole);
          return [{ originSelectionRange: origin, targetUri: uri, targetRange: range, targetSelectionRange: name }];
        },
        null,
      ),
    );
  },
};
