import { isoTime } from '../engine/base/time.ts';
import { isCapture } from '../engine/capture/capture.ts';
import { buildLadder, lintText } from '../engine/engine.ts';
import { ladderExports } from '../engine/ladder/exports.ts';
import type { Ladder, LadderRow, Lane } from '../engine/ladder/ladder.ts';
import { selectRows } from '../engine/ladder/select.ts';
import { type Command, Failure, formatOf, json } from './command.ts';
import { chosen, filteringOf, filterOptions } from './filtering.ts';

/** `ladder FILE`: the message ladder. */
export const ladder: Command = {
  name: 'ladder',
  usage: 'ladder FILE',
  about: 'the message ladder of a trace',
  formats: ['text', 'json', 'svg', 'mermaid'],
  options: filterOptions,
  files: [1, 1],
  async run(args, io) {
    const path = args.files[0]!;
    const filtering = filteringOf(args);
    const { reading, lint } = await lintText(await io.text(path));
    if (reading.trace.count === 0) throw new Failure(`${path}: no SIP message was found`);
    const drawn = selectRows(buildLadder(reading, lint.problems), chosen(filtering, reading, lint.problems));
    if (drawn.rows.length === 0) io.warn(`${path}: no message fits the filter`);
    const format = formatOf(args, ladder);
    const print = format === 'json' ? ladderJson : ladderExports[format as keyof typeof ladderExports];
    await io.print(print(drawn));
    return 0;
  },
};

/** The ladder in the shape that scripts read. */
function ladderJson({ format, lanes, rows, dialogs, calls, guesses, skipped }: Ladder): string {
  const participants = lanes.map(({ id, label, kind, uri, addresses, why }) => ({
    id,
    label,
    kind,
    uri,
    addresses,
    why,
  }));
  const messages = rows.map((row) => messageJson(isCapture(format) ? { ...row, line: null } : row, lanes));
  return json({ version: 1, format, participants, messages, dialogs, calls, guesses, skipped });
}

function messageJson(row: LadderRow, lanes: readonly Lane[]): object {
  const { failed, problems, from, to, time, ...rest } = row;
  return {
    ...rest,
    time: isoTime(time),
    from: lanes[from]!.id,
    to: lanes[to]!.id,
    problems: problems.error + problems.warning + problems.info + problems.hint,
  };
}
