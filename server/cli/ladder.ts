import { buildLadder, lintText } from '../engine/engine.ts';
import { ladderExports } from '../engine/ladder/exports.ts';
import { selectRows } from '../engine/ladder/select.ts';
import { type Command, Failure, formatOf } from './command.ts';
import { chosen, filteringOf, filterOptions } from './filtering.ts';

/** `ladder FILE`: the message ladder. */
export const ladder: Command = {
  name: 'ladder',
  usage: 'ladder FILE',
  about: 'the message ladder of a trace',
  formats: Object.keys(ladderExports),
  options: filterOptions,
  files: [1, 1],
  async run(args, io) {
    const path = args.files[0]!;
    const filtering = filteringOf(args);
    const { reading, lint } = await lintText(await io.text(path));
    if (reading.trace.count === 0) throw new Failure(`${path}: no SIP message was found`);
    const drawn = selectRows(buildLadder(reading, lint.problems), chosen(filtering, reading, lint.problems));
    if (drawn.rows.length === 0) io.warn(`${path}: no message fits the filter`);
    const { write } = ladderExports[formatOf(args, ladder)]!;
    await io.print(write({ ladder: drawn, trace: reading.trace, problems: lint.problems }));
    return 0;
  },
};
