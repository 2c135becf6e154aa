import {
  type CancellationToken,
  type Range,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensDelta,
} from 'vscode-languageserver';
import { TOKEN_MODIFIERS, TOKEN_TYPES, type Token, tokensIn } from '../engine/authoring/tokens.ts';
import { loadSchemasFor } from '../engine/engine.ts';
import { loadVerdict } from '../engine/xml/verdict.ts';
import type { Analysis } from './analysis.ts';
import { ourDocument, whileCurrent } from './current.ts';
import type { Feature, FeatureHost } from './feature.ts';

/** Of a longer document only the part on screen is coloured. */
const LONGEST = 500_000;
/** So many documents are remembered for their next change. */
const REMEMBERED = 10;

/** Colours that a grammar cannot give. */
export const semanticTokensFeature: Feature = {
  capabilities: {
    semanticTokensProvider: {
      legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
      full: { delta: true },
      range: true,
    },
  },
  register(host) {
    const { semanticTokens } = host.connection.languages;
    const builders = createBuilders();
    const whole = async (uri: string, token: CancellationToken) => {
      const doc = ourDocument(host, uri);
      if (!doc || doc.text.length > LONGEST) return null;
      const found = await tokensOf(host, doc, token);
      return found && { doc, found };
    };
    semanticTokens.on(
      host.fence.around(
        'colour a document',
        async ({ textDocument: { uri } }, token): Promise<SemanticTokens | null> => {
          const result = await whole(uri, token);
          return result && fill(builders.anew(uri), result.doc, result.found).build();
        },
        null,
      ),
    );
    semanticTokens.onDelta(
      host.fence.around(
        'colour a change',
        async (
          { textDocument: { uri }, previousResultId },
          token,
        ): Promise<SemanticTokens | SemanticTokensDelta | null> => {
          const result = await whole(uri, token);
          if (!result) return null;
          const builder = builders.of(uri);
          builder.previousResult(previousResultId);
          return fill(builder, result.doc, result.found).buildEdits();
        },
        null,
      ),
    );
    semanticTokens.onRange(
      host.fence.around(
        'colour a part of a document',
        async ({ textDocument: { uri }, range }, token): Promise<SemanticTokens | null> => {
          const doc = ourDocument(host, uri);
          const found = doc && (await tokensOf(host, doc, token, range));
          return found && fill(new SemanticTokensBuilder(), doc, found).build();
        },
        null,
      ),
    );
  },
};

/** The tokens of a range, or of all; with the schemas, which tell known elements from others. Null where they come too late. */
async function tokensOf(
  host: FeatureHost,
  doc: Analysis,
  token: CancellationToken,
  range?: Range,
): Promise<Token[] | null> {
  // Without schemas nothing counts as unknown.
  await (doc.xml ? loadVerdict() : loadSchemasFor(doc.reading)).catch(() => {});
  const part = range ? { from: doc.offset(range.start), to: doc.offset(range.end) } : { from: 0, to: doc.text.length };
  return whileCurrent(host, doc, token, tokensIn(doc, part));
}

function fill(builder: SemanticTokensBuilder, doc: Analysis, tokens: readonly Token[]): SemanticTokensBuilder {
  for (const one of tokens) {
    const { line, character } = doc.range(one).start;
    const modifiers = one.modifier ? 1 << TOKEN_MODIFIERS.indexOf(one.modifier) : 0;
    builder.push(line, character, one.to - one.from, TOKEN_TYPES.indexOf(one.type), modifiers);
  }
  return builder;
}

/** What was told last of each document, to tell only what has changed. */
function createBuilders() {
  const builders = new Map<string, SemanticTokensBuilder>();
  const keep = (uri: string, builder: SemanticTokensBuilder) => {
    builders.delete(uri);
    builders.set(uri, builder);
    if (builders.size > REMEMBERED) builders.delete(builders.keys().next().value!);
    return builder;
  };
  return {
    anew: (uri: string) => keep(uri, new SemanticTokensBuilder()),
    of: (uri: string) => keep(uri, builders.get(uri) ?? new SemanticTokensBuilder()),
  };
}
