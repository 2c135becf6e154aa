import type { QuickPickItem } from 'vscode';

/** A question whose items carry what choosing them answers. */
export interface Question<Answers> {
  readonly placeholder: string;
  readonly items: readonly Choice<Answers>[];
}

type Choice<Answers> = QuickPickItem & { readonly answer: Partial<Answers> };

/** A question as it is put to the reader. */
export interface Asked<Item> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly Item[];
  readonly mayGoBack: boolean;
}

/** Puts a question: the item that was chosen, back to the question before, or undefined where the reader left. */
export type Ask<Item> = (asked: Asked<Item>) => Promise<Item | 'back' | undefined>;

/**
 * Asks one question after the other, each with the answers so far; one with a single item is not asked. A button leads back.
 * @returns all answers; undefined where the reader left
 */
export async function askInSteps<Answers>(
  title: string,
  questions: readonly ((answers: Partial<Answers>) => Question<Answers>)[],
  ask: Ask<Choice<Answers>>,
): Promise<Answers | undefined> {
  const given: Partial<Answers>[] = [];
  const asked: number[] = [];
  for (let step = 0; step < questions.length; ) {
    const { placeholder, items } = questions[step]!(Object.assign({}, ...given.slice(0, step)));
    const isAsked = items.length !== 1;
    const mayGoBack = asked.length > 0;
    const chosen = isAsked
      ? await ask({ title: `${title} (${step + 1} of ${questions.length})`, placeholder, items, mayGoBack })
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
