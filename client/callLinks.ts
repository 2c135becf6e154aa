import { commands, type ExtensionContext, type QuickPickItem, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { CallNode } from '../server/view/protocol.ts';
import type { CallsTree, Placed } from './callsView.ts';
import type { Ladders } from './ladders.ts';
import { LinkStore } from './linkDecisions.ts';
import { orSay } from './say.ts';
import type { TraceSource } from './trace.ts';

/** Whether something was told of the legs of the trace by hand. */
const HAS_DECISIONS = 'sipLens.calls.hasDecisions';

/** What can be told of the legs of calls by hand in the view of calls. */
export function registerCallLinks(
  context: ExtensionContext,
  client: BaseLanguageClient,
  tree: CallsTree,
  ladders: Ladders,
): void {
  const store = new LinkStore(context, client);
  const decide = async (nodes: readonly CallNode[], how: 'link' | 'cut' | 'undo') => {
    const { trace } = tree;
    if (!trace || nodes.length === 0) return;
    const ids = nodes.map(({ id }) => id);
    await store.save(trace.source.uri, await trace.api.decideLinks(ids, how));
  };
  const register = (id: string, run: (nodes: readonly CallNode[]) => Promise<unknown>) =>
    context.subscriptions.push(
      commands.registerCommand(`sipLens.calls.${id}`, (one?: Placed, all?: readonly Placed[]) =>
        orSay(run(nodesOf(one, all)).then(() => {})),
      ),
    );
  const linkWith = async ([node]: readonly CallNode[]) => {
    const other = node && (await chooseCall(tree, node));
    if (node && other) await decide([node, other], 'link');
  };
  register('link', linkWith);
  // Where several are selected, the menu of another one offers this, too.
  register('linkSelected', (nodes) => (nodes.length > 1 ? decide(nodes, 'link') : linkWith(nodes)));
  register('confirm', (nodes) => decide(nodes, 'link'));
  register('cut', (nodes) => decide(nodes, 'cut'));
  register('takeBack', (nodes) => decide(nodes, 'undo'));
  register('forgetLinks', async () => {
    if (tree.trace) await store.save(tree.trace.source.uri, []);
  });
  register('stopLinking', () => tree.linkLegs('stop'));
  register('resumeLinking', () => tree.linkLegs('resume'));
  const tell = (source: TraceSource | undefined) =>
    void commands.executeCommand('setContext', HAS_DECISIONS, source !== undefined && store.of(source.uri).length > 0);
  tell(tree.trace?.source);
  context.subscriptions.push(
    tree.onDidChangeTrace(tell),
    store.onDidChange((uri) => {
      tree.redraw();
      ladders.relinked(uri);
      tell(tree.trace?.source);
    }),
  );
}

/** What the menu of a node gives: the node, and all that are selected where it is one of them. */
function nodesOf(one: Placed | undefined, all: readonly Placed[] | undefined): readonly CallNode[] {
  if (!one) return [];
  const isOneOf = all?.some(({ node }) => node.id === one.node.id);
  return (isOneOf ? all! : [one]).map(({ node }) => node);
}

/** Asks which of the calls near one it is to be linked with. */
async function chooseCall({ trace }: CallsTree, node: CallNode): Promise<CallNode | undefined> {
  const near = (await trace?.api.callsNear(node.id)) ?? [];
  const items = near.map((call): QuickPickItem & { readonly call: CallNode } => ({
    label: call.label,
    description: call.description,
    call,
  }));
  const placeHolder = `Which call is one with ${node.label}? The nearest in time are listed.`;
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.call;
}
