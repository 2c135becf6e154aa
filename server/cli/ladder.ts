import { buildLadder, lintText } from '../engine/engine.ts';
import { ladderExports } from '../engine/ladder/exports.ts';
import { jsonLadder } from '../engine/ladder/json.ts';
import { selectRows } from '../engine/ladder/select.ts';
import { type Command, Failure, formatOf } from './command.ts';
import { chosen, filteringOf, filterOptions } from './filtering.ts';
import { alignOption, mergedFacts, wholeOf } from './merging.ts';

/** `ladder FILE…`: the message ladder; of several files one, by time. */
export const ladder: Command = {
  name: 'ladder',
  usage: 'ladder FILE…',
  about: 'the message ladder of a trace, or of several merged by time',
  formats: Object.keys(ladderExports),
  options: [...filterOptions, alignOption],
  files: [1, Number.POSITIVE_INFINITY],
  async run(args, io) {
    const filtering = filteringOf(args);
    const { path, text, merged } = await wholeOf(args, io);
    const { reading, lint } = await lintText(text);
    if (reading.trace.count === 0) throw new Failure(`${path}: no SIP message was found`);
    const drawn = selectRows(buildLadder(reading, lint.problems), chosen(filtering, reading, lint.problems));
    if (drawn.rows.length === 0) io.warn(`${path}: no message fits the filter`);
    const format = formatOf(args, ladder);
    const { write } = ladderExports[format]!;
    const isMerged = merged !== null && format === 'json';
    await io.print(
      isMerged
        ? jsonLadder(drawn, mergedFacts(merged))
        : write({ ladder: drawn, trace: reading.trace, problems: lint.problems }),
    );
    return 0;
  },
};
