import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ask, askInSteps, type Question } from './steps.ts';

interface Meal {
  readonly dish: string;
  readonly side: string;
  readonly drink: string;
}

const only = (placeholder: string, key: keyof Meal, ...labels: string[]): Question<Meal> => ({
  placeholder,
  items: labels.map((label) => ({ label, answer: { [key]: label } })),
});

const QUESTIONS: readonly ((answers: Partial<Meal>) => Question<Meal>)[] = [
  ({ side, drink }) => only(side || drink ? `Dish for ${side} and ${drink}` : 'Dish', 'dish', 'soup', 'fish'),
  ({ dish }) => only(`Beside the ${dish}`, 'side', ...(dish === 'soup' ? ['bread'] : ['rice', 'salad'])),
  ({ dish, side }) => only(`With ${dish} and ${side}`, 'drink', 'water', 'wine'),
];

/** What comes of a dialog in which a reader says these words, one a question, and how each question was put. */
const said = (...words: (string | undefined)[]) => saidOf(QUESTIONS, words);

async function saidOf(asked: typeof QUESTIONS, words: (string | undefined)[]) {
  const questions: string[] = [];
  const ask: Ask<Question<Meal>['items'][number]> = async ({ title, placeholder, items, mayGoBack }) => {
    questions.push(`${title}: ${placeholder}${mayGoBack ? ' ‹' : ''}`);
    const word = words.shift();
    return word === 'back' || word === undefined ? word : items.find(({ label }) => label === word)!;
  };
  return { answers: await askInSteps<Meal>('Meal', asked, ask), questions };
}

test('each question knows the answers before it, and the first has no way back', async () => {
  assert.deepEqual(await said('fish', 'rice', 'wine'), {
    answers: { dish: 'fish', side: 'rice', drink: 'wine' },
    questions: ['Meal (1 of 3): Dish', 'Meal (2 of 3): Beside the fish ‹', 'Meal (3 of 3): With fish and rice ‹'],
  });
});

test('a question with one answer is not asked, neither on the way there nor on the way back', async () => {
  assert.deepEqual(await said('soup', 'back', 'soup', 'water'), {
    answers: { dish: 'soup', side: 'bread', drink: 'water' },
    questions: [
      'Meal (1 of 3): Dish',
      'Meal (3 of 3): With soup and bread ‹',
      'Meal (1 of 3): Dish',
      'Meal (3 of 3): With soup and bread ‹',
    ],
  });
});

test('nothing leads back to a question that was not asked', async () => {
  const { answers, questions } = await saidOf([() => only('Dish', 'dish', 'soup'), QUESTIONS[2]!], ['wine']);
  assert.deepEqual(answers, { dish: 'soup', drink: 'wine' });
  assert.deepEqual(questions, ['Meal (2 of 2): With soup and undefined']);
});

test('who goes back and answers otherwise keeps nothing of what was said after it', async () => {
  const { answers, questions } = await said('fish', 'salad', 'back', 'back', 'soup', 'water');
  assert.deepEqual(answers, { dish: 'soup', side: 'bread', drink: 'water' });
  assert.deepEqual(questions.slice(2), [
    'Meal (3 of 3): With fish and salad ‹',
    'Meal (2 of 3): Beside the fish ‹',
    'Meal (1 of 3): Dish',
    'Meal (3 of 3): With soup and bread ‹',
  ]);
});

test('who leaves a question has answered none', async () => {
  assert.equal((await said('fish', 'rice', undefined)).answers, undefined);
  assert.equal((await said(undefined)).answers, undefined);
});
