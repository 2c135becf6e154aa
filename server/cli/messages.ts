import { isCapture } from '../engine/capture/capture.ts';
import { lintText, rowSource } from '../engine/engine.ts';
import { messageJson } from '../engine/ladder/ndjson.ts';
import { readRow } from '../engine/ladder/rows.ts';
import { type Command, Failure } from './command.ts';
import { chosen, filteringOf, filterOptions } from './filtering.ts';

const BATCH = 200;

/** `messages FILE`: one JSON object a line, a message each, as `ndjson.ts` tells. */
export const messages: Command = {
  name: 'messages',
  usage: 'messages FILE',
  about: 'one JSON object a line, a message each, for jq',
  formats: ['ndjson'],
  options: filterOptions,
  files: [1, 1],
  async run(args, io) {
    const path = args.files[0]!;
    const filtering = filteringOf(args);
    const { reading, lint } = await lintText(await io.text(path));
    const { trace } = reading;
    if (trace.count === 0) throw new Failure(`${path}: no SIP message was found`);
    const source = rowSource(reading, lint.problems);
    const noLines = isCapture(trace.format);
    const rowOf = (index: number) => (noLines ? { ...readRow(source, index), line: null } : readRow(source, index));
    const wanted = [...chosen(filtering, reading, lint.problems).entries()].flatMap(([index, fits]) =>
      fits ? index : [],
    );
    for (let from = 0; from < wanted.length; from += BATCH) {
      const batch = wanted.slice(from, from + BATCH);
      const lines = batch.map((index) => JSON.stringify(messageJson(rowOf(index), trace, source.lanes.lanes)));
      await io.print(`${lines.join('\n')}\n`);
    }
    return 0;
  },
};
