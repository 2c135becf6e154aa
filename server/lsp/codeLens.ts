import { type CodeLens, CodeLensRefreshRequest } from 'vscode-languageserver';
import { answeredRequests, answerWords } from '../engine/authoring/answers.ts';
import { type MessagePlace, SHOW_IN_LADDER } from '../view/protocol.ts';
import type { Analysis } from './analysis.ts';
import { hasCommand } from './clientCommands.ts';
import type { Feature, FeatureHost } from './feature.ts';

/** A trace with more requests than this is read by machines: lines above each of them would only cost. */
const MOST = 20_000;

/** Above each request that is answered: by which message, after how long, and a way to its arrow in the ladder. */
export const codeLensFeature: Feature = {
  capabilities: { codeLensProvider: { resolveProvider: true } },
  register(host) {
    const { connection, fence, analysis, params } = host;
    connection.onCodeLens(
      fence.around(
        'tell what answers the requests',
        async ({ textDocument: { uri } }) => {
          const { codeLens } = await host.settings(uri);
          const doc = analysis(uri);
          return codeLens && doc?.kind === 'trace' ? lenses(doc) : null;
        },
        null,
      ),
    );
    connection.onCodeLensResolve((lens) => {
      const resolve = fence.around('tell what answers a request', () => resolved(host, lens), lens);
      return resolve();
    });
    if (params.capabilities.workspace?.codeLens?.refreshSupport)
      host.onSettings(() => void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {}));
  },
};

/** A lens at the start line of each request that is answered; what it says is told when it comes into view. */
function lenses(doc: Analysis): CodeLens[] | null {
  const requests = answeredRequests(doc.reading);
  if (requests.length > MOST) return null;
  return Array.from(requests, (index) => {
    const { from } = doc.trace.span(index);
    const data: MessagePlace = { uri: doc.uri, index: index + 1 };
    return { range: doc.range({ from, to: from }), data };
  });
}

/** The lens with its words. An editor that has no ladder gets words alone: a command without a name does nothing. */
function resolved({ analysis, params }: FeatureHost, lens: CodeLens): CodeLens {
  const place = lens.data as MessagePlace;
  const doc = analysis(place.uri);
  const words = doc ? answerWords(doc.reading, place.index - 1) : '';
  if (!hasCommand(params, SHOW_IN_LADDER)) return { ...lens, command: { title: words, command: '' } };
  const title = words ? `${words} · show in ladder` : 'show in ladder';
  return { ...lens, command: { title, command: SHOW_IN_LADDER, arguments: [place] } };
}
