import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';

const require = createRequire(import.meta.url);
const SIP = new URL('../../syntaxes/sip.tmLanguage.json', import.meta.url);

/** Stands for VS Code's own XML grammar: like it, it lets an unfinished tag or comment run over line ends. */
const XML = {
  scopeName: 'text.xml',
  patterns: [
    { begin: '<!--', end: '-->', name: 'comment.block.xml' },
    {
      begin: '</?([\\w:.-]+)',
      end: '/?>',
      name: 'meta.tag.xml',
      beginCaptures: { 1: { name: 'entity.name.tag.xml' } },
    },
  ],
};

/** The SIP grammar, run by the engine that VS Code uses. */
export async function loadGrammar(): Promise<IGrammar> {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      textmate.parseRawGrammar(scope === 'source.sip' ? readFileSync(SIP, 'utf8') : JSON.stringify(XML), 'x.json'),
  });
  return (await registry.loadGrammar('source.sip'))!;
}

/** Each token that has a scope of its own, as `text → innermost scopes`, line after line. */
export function tokenize(grammar: IGrammar, text: string): string[] {
  let state = textmate.INITIAL;
  return text.split('\n').flatMap((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens.flatMap((token) => {
      const scopes = token.scopes.filter((scope) => !/^(source|text|meta)\./.test(scope));
      const word = line.slice(token.startIndex, token.endIndex);
      return scopes.length && word.trim() ? [`${word} → ${scopes.join(' ')}`] : [];
    });
  });
}
