import type { Location } from 'vscode-languageserver';
import { type Occurrence, occurrenceAt, occurrencesOf } from '../engine/authoring/occurrences.ts';
import type { Source } from '../engine/authoring/source.ts';
import { ourDocument, whileCurrent } from './current.ts';
import type { Feature } from './feature.ts';

/** More places than this nobody looks through. */
const MOST = 10_000;

/** Find all references: every place that names the same user, conference, endpoint, request, call, tag or branch. */
export const referencesFeature: Feature = {
  capabilities: { referencesProvider: true },
  register(host) {
    const { connection, fence } = host;
    connection.onReferences(
      fence.around(
        'find references',
        async ({ textDocument: { uri }, position, context }, token): Promise<Location[] | null> => {
          const doc = ourDocument(host, uri);
          const found = doc && (await whileCurrent(host, doc, token, referencesAt(doc, doc.offset(position))));
          if (!found) return null;
          const shown = context.includeDeclaration ? found : found.filter(({ identifier }) => !identifier.declares);
          return shown.slice(0, MOST).map(({ at }) => ({ uri, range: doc.range(at) }));
        },
        null,
      ),
    );
  },
};

/** Where the same is named as at an offset; null where nothing is named there. */
function* referencesAt(source: Source, offset: number): Generator<undefined, Occurrence[] | null> {
  const asked = occurrenceAt(source, offset);
  return asked ? yield* occurrencesOf(source, asked.identifier, MOST) : null;
}
