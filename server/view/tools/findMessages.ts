import { slice } from '../../engine/base/text.ts';
import { isoTime } from '../../engine/base/time.ts';
import type { Ladder, LadderRow } from '../../engine/ladder/ladder.ts';
import { chosenRows } from './chosenRows.ts';
import { type Tool, textIn } from './tool.ts';

/** So much of the text of one message is told. */
const LONGEST = 6000;

/** The messages that a filter leaves, a line each, or with their text. */
export const findMessagesTool: Tool = {
  name: 'sipLens_findMessages',
  narrower: 'Ask with a narrower filter, with first and last, or without their text.',
  answer(subject, input) {
    if (textIn(input, 'filter') === undefined)
      throw new Error('Say which messages with “filter”, for example method:INVITE status:>=400 or message:12.');
    const { ladder, scope } = chosenRows(subject, input);
    const isWhole = input.text === true || input.text === 'true';
    const parts = ladder.rows.map((row) => {
      const line = rowLine(row, ladder);
      return isWhole ? `${line}\n${textOf(subject.reading.trace.message(row.index - 1))}\n` : line;
    });
    return [scope, ...parts].join('\n');
  },
};

function rowLine(row: LadderRow, { lanes }: Ladder): string {
  const problems = row.problems.error + row.problems.warning;
  const parts = [
    `${row.index} ${lanes[row.from]!.label} → ${lanes[row.to]!.label}: ${row.label}`,
    row.type === 'response' ? `to ${row.method}` : '',
    row.time === null ? '' : isoTime(row.time),
    row.dialog ?? '',
    row.respondsTo === null ? '' : `answers ${row.respondsTo}`,
    row.retransmissionOf === null ? '' : `sent again, first as ${row.retransmissionOf}`,
    row.body ?? '',
    problems > 0 ? `${problems} problems` : '',
  ];
  return parts.filter(Boolean).join(', ');
}

function textOf(message: { readonly text: string; readonly from: number; readonly to: number }): string {
  const whole = slice(message.text, message);
  if (whole.length <= LONGEST) return whole;
  return `${whole.slice(0, LONGEST)}\n… ${whole.length - LONGEST} more characters of this message are left out.`;
}
