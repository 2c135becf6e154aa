import { QuickInputButtons, type QuickPickItem, window } from 'vscode';
import type { Asked } from './steps.ts';

/** Asks one question of a dialog by VS Code's list. */
export function choose<Item extends QuickPickItem>({
  title,
  placeholder,
  items,
  mayGoBack,
}: Asked<Item>): Promise<Item | 'back' | undefined> {
  const pick = window.createQuickPick<Item>();
  Object.assign(pick, { title, placeholder, items, matchOnDescription: true, matchOnDetail: true });
  pick.buttons = mayGoBack ? [QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const end = (answer: Item | 'back' | undefined) => {
      resolve(answer);
      pick.dispose();
    };
    pick.onDidTriggerButton(() => end('back'));
    pick.onDidAccept(() => pick.selectedItems[0] && end(pick.selectedItems[0]));
    pick.onDidHide(() => end(undefined));
    pick.show();
  });
}
