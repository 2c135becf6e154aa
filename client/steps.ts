import { QuickInputButtons, type QuickPickItem, window } from 'vscode';

/** A question whose items carry what choosing them answers. */
export interface Question<Answers> {
  readonly placeholder: string;
  readonly items: readonly (QuickPickItem & { readonly answer: Partial<Answers> })[];
}

/**
 * Asks one question after the other, each with the answers so far; one with a single item is not asked. A button leads back.
 * @returns all answers; undefined where the reader left
 */
export async function askInSteps<Answers>(
  title: string,
  questions: readonly ((answers: Partial<Answers>) => Question<Answers>)[],
): Promise<Answers | undefined> {
  const given: Partial<Answers>[] = [];
  const asked: number[] = [];
  for (let step = 0; step < questions.length; ) {
    const { placeholder, items } = questions[step]!(Object.assign({}, ...given.slice(0, step)));
    const isAsked = items.length !== 1;
    const chosen = isAsked
      ? await choose(`${title} (${step + 1} of ${questions.length})`, placeholder, items, asked.length > 0)
      : items[0];
    if (chosen === undefined) return undefined;
    if (chosen === 'back') {
      step = asked.pop()!;
      continue;
    }
    if (isAsked) asked.push(step);
    given[step++] = chosen.answer;
  }
  return Object.assign({}, ...given);
}

function choose<Item extends QuickPickItem>(
  title: string,
  placeholder: string,
  items: readonly Item[],
  mayGoBack: boolean,
): Promise<Item | 'back' | undefined> {
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
