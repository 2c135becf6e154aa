import { filterKeys } from '../../engine/filter/keys.ts';
import { parseFilter } from '../../engine/filter/parse.ts';
import type { Ladder } from '../../engine/ladder/ladder.ts';
import { selectRows } from '../../engine/ladder/select.ts';
import { selectMessages } from '../../engine/selection.ts';
import { ladderOf, messageIn, type Subject, type ToolInput, textIn } from './tool.ts';

/** So many rows are told at once where the question does not say how many. */
const ROWS = 200;

const KEYS = filterKeys.map(({ name, value, about }) => `${name}:${value} – ${about}`);

/** Rows that were asked for. */
export interface Chosen {
  readonly ladder: Ladder;
  /** Which of how many, in a sentence. */
  readonly scope: string;
}

/**
 * The rows that `filter`, `first` and `last` leave, no more than 200 unless `last` asks for more. Throws, in a sentence, where the filter cannot be understood.
 */
export function chosenRows(subject: Subject, input: ToolInput): Chosen {
  const whole = ladderOf(subject);
  const first = messageIn(input, 'first', subject) ?? 1;
  const last = messageIn(input, 'last', subject);
  const filter = textIn(input, 'filter');
  const wanted = filter === undefined ? new Uint8Array(whole.rows.length).fill(1) : fitting(subject, filter);
  const total = whole.rows.length;
  const end = last ?? total;
  let fits = 0;
  let shown = 0;
  for (let index = 1; index <= total; index++) {
    if (!wanted[index - 1]) continue;
    fits++;
    const isShown = index >= first && index <= end && (last !== undefined || shown < ROWS);
    if (isShown) shown++;
    else wanted[index - 1] = 0;
  }
  const ladder = selectRows(whole, wanted);
  return { ladder, scope: scopeOf(ladder, filter, { fits, total, asked: last !== undefined }) };
}

/** The messages that a filter leaves: 1 for each, by zero-based number. */
export function fitting({ reading, problems }: Subject, text: string): Uint8Array {
  const { filter, problems: faults } = parseFilter(text);
  const [fault] = faults;
  if (fault)
    throw new Error(
      `The filter cannot be read, at character ${fault.from + 1}: ${fault.message}.\nWhat it knows:\n${KEYS.join('\n')}`,
    );
  return selectMessages(reading, problems, filter);
}

function scopeOf(
  { rows }: Ladder,
  filter: string | undefined,
  { fits, total, asked }: { fits: number; total: number; asked: boolean },
): string {
  const all = filter === undefined ? `${total}` : `the ${fits} (of ${total}) that fit “${filter}”`;
  if (rows.length === 0) return fits > 0 ? `None there of ${all}.` : `None of ${total} messages fits “${filter}”.`;
  if (rows.length === fits) return filter === undefined ? `All ${total} messages.` : `All of ${all}.`;
  const [from, to] = [rows[0]!.index, rows.at(-1)!.index];
  const more = asked ? '' : ` Ask with first: ${to + 1} for more.`;
  return `${rows.length} messages, ${from} to ${to}, of ${all}.${more}`;
}
