import { type ExtensionContext, type QuickPickItem, ThemeIcon, window } from 'vscode';
import type { Scope } from '../server/view/protocol.ts';

interface SavedFilter extends Scope {
  readonly name: string;
}

/** Those that come with the extension. */
const BUILT_IN: readonly SavedFilter[] = [
  { name: 'Problems', filter: 'problem:error,warning', context: 'message' },
  { name: 'Failures', filter: 'is:failure', context: 'transaction' },
  { name: 'Calls with problems', filter: 'in:problems', context: 'message' },
  { name: 'Failed calls', filter: 'in:failed-call', context: 'message' },
  { name: 'Slow setup', filter: 'in:slow-setup', context: 'message' },
  { name: 'No ACK', filter: 'in:no-ack', context: 'message' },
  { name: 'No answer', filter: 'in:no-answer', context: 'message' },
  { name: 'Late media', filter: 'in:late-media', context: 'message' },
  { name: 'Authentication loop', filter: 'in:auth-loop', context: 'message' },
  { name: 'Conference commands', filter: 'has:c3p', context: 'transaction' },
  { name: 'Long gaps', filter: 'gap:>5s', context: 'message' },
];

const KEY = 'sipLens.filters';
const FORGET = { iconPath: new ThemeIcon('trash'), tooltip: 'Forget this filter' };

interface Offer extends QuickPickItem {
  readonly saved?: SavedFilter;
}

/**
 * Offers the filters of the workspace and those that come with the extension, and to save the one in force.
 * @returns the filter that was chosen; undefined where none was
 */
export async function chooseFilter(context: ExtensionContext, current: Scope | null): Promise<Scope | undefined> {
  const offer = await chosen(context, current);
  if (offer?.saved || !offer || !current) return offer?.saved;
  const name = await window.showInputBox({ prompt: `A name for the filter ${current.filter}`, value: current.filter });
  if (name) await save(context, [...saved(context).filter((one) => one.name !== name), { ...current, name }]);
  return undefined;
}

/** What was chosen: a filter, or to save the one in force. A button beside a filter of the workspace forgets it. */
function chosen(context: ExtensionContext, current: Scope | null): Promise<Offer | undefined> {
  const pick = window.createQuickPick<Offer>();
  pick.placeholder = 'Show only these messages';
  pick.matchOnDescription = true;
  pick.items = offers(context, current);
  return new Promise((resolve) => {
    pick.onDidTriggerItemButton(async ({ item }) => {
      await save(
        context,
        saved(context).filter(({ name }) => name !== item.label),
      );
      pick.items = offers(context, current);
    });
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function offers(context: ExtensionContext, current: Scope | null): Offer[] {
  const save = current ? [{ label: '$(add) Save This Filter…', description: current.filter, alwaysShow: true }] : [];
  const own = saved(context).map((one) => ({ ...offerOf(one), buttons: [FORGET] }));
  return [...save, ...own, ...BUILT_IN.map(offerOf)];
}

function offerOf(one: SavedFilter): Offer {
  const around = one.context === 'message' ? '' : `, with the ${one.context}`;
  return { label: one.name, description: one.filter + around, saved: one };
}

function saved(context: ExtensionContext): readonly SavedFilter[] {
  return context.workspaceState.get<readonly SavedFilter[]>(KEY) ?? [];
}

async function save(context: ExtensionContext, filters: readonly SavedFilter[]): Promise<void> {
  await context.workspaceState.update(KEY, filters);
}
