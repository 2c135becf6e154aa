import type { LinkedEditingRanges } from 'vscode-languageserver';
import { tagNames } from '../engine/authoring/tags.ts';
import { ourDocument } from './current.ts';
import type { Feature } from './feature.ts';

/** What the name of an element is made of. */
const NAME = '[^\\s<>/="\'&]+';

/** The start tag and the end tag of an element change their name together. */
export const linkedEditingFeature: Feature = {
  capabilities: { linkedEditingRangeProvider: true },
  register(host) {
    const { connection, fence } = host;
    connection.languages.onLinkedEditingRange(
      fence.around(
        'link the tags of an element',
        ({ textDocument: { uri }, position }): LinkedEditingRanges | null => {
          const doc = ourDocument(host, uri);
          const names = doc && tagNames(doc, doc.offset(position));
          return names && { ranges: names.map((name) => doc.range(name)), wordPattern: NAME };
        },
        null,
      ),
    );
  },
};
