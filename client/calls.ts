import { commands, type Event, type ExtensionContext, env, type QuickPickItem, type Uri, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { CallNode, CallsView as Listing } from '../server/view/protocol.ts';
import { registerCallLinks } from './callLinks.ts';
import { CallsTree, type Placed, SHOW_CALL } from './callsView.ts';
import type { Ladders } from './ladders.ts';
import { linkTo } from './linkTo.ts';
import { orSay } from './say.ts';

type Choice<K extends keyof Listing> = QuickPickItem & { readonly value: Listing[K] };

const SHOW: readonly Choice<'show'>[] = [
  { label: 'All Calls', value: 'all' },
  { label: 'Failed Calls', value: 'failed', description: 'the request that opens them was not granted' },
  { label: 'Calls in Progress', value: 'in progress', description: 'where the trace ends' },
];

const ORDER: readonly Choice<'order'>[] = [
  { label: 'By Time', value: 'time', description: 'of the first message' },
  { label: 'By Duration', value: 'duration', description: 'the longest first' },
];

/** The view of calls, and what can be done there. */
export function registerCalls(
  context: ExtensionContext,
  client: BaseLanguageClient,
  ladders: Ladders,
  changes: Event<Uri>,
): void {
  const tree = new CallsTree(context, client, ladders, changes);
  const register = (id: string, run: (argument: unknown) => Promise<void>) =>
    context.subscriptions.push(commands.registerCommand(id, (argument: unknown) => orSay(run(argument))));
  register(SHOW_CALL, (node) => tree.show(node as CallNode));
  register('sipLens.calls.filter', async () => {
    const show = await choose(SHOW, tree.listed.show, 'Which calls are listed?');
    if (show) tree.list({ show });
  });
  register('sipLens.calls.sort', async () => {
    const order = await choose(ORDER, tree.listed.order, 'In which order?');
    if (order) tree.list({ order });
  });
  registerCallLinks(context, client, tree, ladders);
  register('sipLens.calls.copySummary', (placed) => copySummary(tree, nodeOf(placed)));
  register('sipLens.calls.copyLink', (placed) => copyLink(tree, nodeOf(placed)));
}

async function choose<V extends string>(
  choices: readonly (QuickPickItem & { readonly value: V })[],
  now: V,
  placeHolder: string,
): Promise<V | undefined> {
  const marked = choices.map((choice) => ({
    ...choice,
    label: `${choice.value === now ? '$(check) ' : ''}${choice.label}`,
  }));
  return (await window.showQuickPick(marked, { placeHolder }))?.value;
}

async function copySummary({ trace }: CallsTree, node: CallNode | undefined): Promise<void> {
  if (!trace || !node) return;
  await env.clipboard.writeText(await trace.api.callSummary(node.id));
  window.setStatusBarMessage('$(check) Summary copied', 2000);
}

async function copyLink({ trace }: CallsTree, node: CallNode | undefined): Promise<void> {
  if (!trace || !node) return;
  await env.clipboard.writeText(linkTo(trace.source.uri, node.message));
  window.setStatusBarMessage('$(check) Link copied', 2000);
}

/** What the menu of a node gives. */
function nodeOf(placed: unknown): CallNode | undefined {
  return (placed as Placed | undefined)?.node;
}
