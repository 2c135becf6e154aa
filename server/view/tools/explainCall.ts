import { rowFailures } from '../../engine/ladder/failures.ts';
import type { Ladder } from '../../engine/ladder/ladder.ts';
import { markdownLadder } from '../../engine/ladder/markdown.ts';
import { selectRows } from '../../engine/ladder/select.ts';
import { ladderOf, messageIn, type Subject, type Tool, type ToolInput, textIn } from './tool.ts';

/** A report of one call: its dialogs, why requests failed, its ladder, what the checks found. */
export const explainCallTool: Tool = {
  name: 'sipLens_explainCall',
  narrower: 'Ask for the ladder with first and last, and for single messages.',
  answer(subject, input) {
    const { reading, problems } = subject;
    const whole = ladderOf(subject);
    const { callId, why } = callFor(subject, whole, input);
    const call = whole.calls.find(({ callIds }) => callIds.includes(callId));
    const legs = new Set(call?.callIds ?? [callId]);
    const ladder = selectRows(
      whole,
      Uint8Array.from(whole.rows, (row) => (legs.has(row.callId) ? 1 : 0)),
    );
    const links = (call?.links ?? []).flatMap(({ evidence }) => evidence.map(({ text }) => text));
    const told = [why, ...(links.length > 0 ? [`It has ${legs.size} legs: ${[...new Set(links)].join('; ')}.`] : [])];
    return `${told.join(' ')}\n\n${markdownLadder({ ladder, trace: reading.trace, flow: reading.flow, problems })}`;
  },
};

/** Which call is meant, and why: that of a message or a dialog, or else the first that failed, or else the first. */
function callFor(subject: Subject, ladder: Ladder, input: ToolInput): { callId: string; why: string } {
  const message = messageIn(input, 'message', subject);
  if (message !== undefined)
    return { callId: ladder.rows[message - 1]!.callId, why: `The call of message ${message}.` };
  const named = textIn(input, 'dialog') ?? textIn(input, 'callId');
  if (named !== undefined) {
    const dialog = ladder.dialogs.find(({ id, callId }) => id === named.toLowerCase() || callId === named);
    const callId = dialog?.callId ?? ladder.rows.find((row) => row.callId === named)?.callId;
    if (callId === undefined)
      throw new Error(`There is no dialog and no Call-ID “${named.slice(0, 100)}” in the trace.`);
    return { callId, why: dialog ? `The call of dialog ${dialog.id}.` : `The call ${callId}.` };
  }
  const [failure] = rowFailures({ ladder, trace: subject.reading.trace, flow: subject.reading.flow }).failures;
  if (failure)
    return { callId: failure.row.callId, why: `The first call with a failure (message ${failure.row.index}).` };
  const first = ladder.dialogs.find(({ kind }) => kind === 'call') ?? ladder.dialogs[0];
  return { callId: first?.callId ?? ladder.rows[0]!.callId, why: 'Nothing failed: the first call of the trace.' };
}
