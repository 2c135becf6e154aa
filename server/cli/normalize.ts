import { isCapture } from '../engine/capture/capture.ts';
import { lintText, read } from '../engine/engine.ts';
import { asksForProblems } from '../engine/filter/filter.ts';
import { normalizeTrace } from '../engine/normalize.ts';
import { type Command, Failure } from './command.ts';
import { chosen, filteringOf, filterOptions } from './filtering.ts';

/** `normalize FILE`: the plain trace. */
export const normalize: Command = {
  name: 'normalize',
  usage: 'normalize FILE',
  about: 'the trace in plain lines: one header a line, wrapping and flattening undone',
  formats: ['text'],
  options: filterOptions,
  files: [1, 1],
  async run(args, io) {
    const path = args.files[0]!;
    const filtering = filteringOf(args);
    const whole = await io.text(path);
    const checked = filtering && asksForProblems(filtering.filter) ? await lintText(whole) : null;
    const reading = checked?.reading ?? read(whole);
    if (reading.trace.count === 0) throw new Failure(`${path}: no SIP message was found`);
    const { format, text } = reading.trace;
    // A capture's text is plain already, and what lint says refers to its places.
    const isPlain = isCapture(format) && !filtering;
    const wanted = chosen(filtering, reading, checked?.lint.problems ?? []);
    await io.print(isPlain ? text.replace(/\r\n?/g, '\n') : normalizeTrace(reading, wanted));
    return 0;
  },
};
