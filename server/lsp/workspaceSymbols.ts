import { type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import { directoryOf, type Entry } from '../engine/authoring/directory.ts';
import type { Analysis } from './analysis.ts';
import { ourDocument, whileCurrent } from './current.ts';
import type { Feature } from './feature.ts';

/** So many are listed for one question: whoever looks for something types on. */
const MOST = 1000;

const KINDS: Readonly<Record<Entry['kind'], SymbolKind>> = {
  user: SymbolKind.Variable,
  conference: SymbolKind.Namespace,
  call: SymbolKind.Event,
};

/** Users, conferences and calls of all open documents. */
export const workspaceSymbolsFeature: Feature = {
  capabilities: { workspaceSymbolProvider: true },
  register(host) {
    const known = new WeakMap<Analysis, readonly Entry[]>();
    host.connection.onWorkspaceSymbol(
      host.fence.around(
        'look for symbols',
        async ({ query }, token) => {
          const found: SymbolInformation[] = [];
          for (const { uri } of host.analyses()) {
            const doc = ourDocument(host, uri);
            const entries = doc && (known.get(doc) ?? (await whileCurrent(host, doc, token, directoryOf(doc))));
            if (!entries) continue;
            known.set(doc, entries);
            for (const entry of entries)
              if (found.length < MOST && isMeant(query, entry.name)) found.push(symbol(doc, entry));
          }
          return found;
        },
        null,
      ),
    );
  },
};

/** Whether the letters of a question come in a name in this order, in either case; the editor puts the best first. */
function isMeant(query: string, name: string): boolean {
  const letters = name.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase().replace(/\s+/g, '')) {
    at = letters.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function symbol(doc: Analysis, { kind, name, detail, locate }: Entry): SymbolInformation {
  const location = { uri: doc.uri, range: doc.range(locate()) };
  return { name, kind: KINDS[kind], location, ...(detail && { containerName: detail }) };
}
