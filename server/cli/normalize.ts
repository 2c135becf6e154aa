import { isCapture } from '../engine/capture/capture.ts';
import { read } from '../engine/engine.ts';
import { normalizeTrace } from '../engine/normalize.ts';
import { type Command, Failure } from './command.ts';

/** `normalize FILE`: the plain trace. */
export const normalize: Command = {
  name: 'normalize',
  usage: 'normalize FILE',
  about: 'the trace in plain lines: one header a line, wrapping and flattening undone',
  formats: ['text'],
  files: [1, 1],
  async run(args, io) {
    const path = args.files[0]!;
    const reading = read(await io.text(path));
    if (reading.trace.count === 0) throw new Failure(`${path}: no SIP message was found`);
    const { format, text } = reading.trace;
    // A capture's text is plain already, and what lint says refers to its places.
    await io.print(isCapture(format) ? text.replace(/\r\n?/g, '\n') : normalizeTrace(reading));
    return 0;
  },
};
