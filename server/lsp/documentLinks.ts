import { linksIn } from '../engine/authoring/links.ts';
import { ourDocument, whileCurrent } from './current.ts';
import type { Feature } from './feature.ts';

/** More links than this are not followed in one document. */
const MOST = 5000;

/** The addresses of the web that a document holds; a click opens them in the browser, nothing else is ever done with them. */
export const documentLinksFeature: Feature = {
  capabilities: { documentLinkProvider: {} },
  register(host) {
    host.connection.onDocumentLinks(
      host.fence.around(
        'find links',
        async ({ textDocument: { uri } }, token) => {
          const doc = ourDocument(host, uri);
          if (!doc) return null;
          const links = await whileCurrent(host, doc, token, linksIn(doc, MOST));
          return links?.map(({ at, target }) => ({ range: doc.range(at), target })) ?? null;
        },
        null,
      ),
    );
  },
};
