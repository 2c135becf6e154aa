import { isCapture } from '../engine/capture/capture.ts';
import { read } from '../engine/engine.ts';
import { isInDigits } from '../engine/redact/digits.ts';
import { redactText } from '../engine/redact/redact.ts';
import { type Command, Failure, option } from './command.ts';

/** `redact FILE`: the same file, in which nobody can be found. */
export const redact: Command = {
  name: 'redact',
  usage: 'redact FILE',
  about: 'the same file with users, hosts, numbers, addresses, identifiers and credentials replaced',
  formats: ['text'],
  options: [
    {
      name: 'key',
      value: 'KEY',
      about: 'a secret with which several files are replaced alike; without it, one made up for this run',
    },
  ],
  files: [1, 1],
  async run(args, io) {
    const path = args.files[0]!;
    const key = option(args, 'key');
    if (key === '') throw new Failure('--key is a text that nobody else knows, not an empty one');
    const text = await io.text(path);
    const reading = read(text);
    if (reading.trace.count === 0 && !/^\s*</.test(text)) throw new Failure(`${path}: no SIP message was found`);
    if (isCapture(reading.trace.format)) io.warn(`${path}: what is printed is the text of the capture, not packets`);
    else if (isInDigits(reading.trace))
      io.warn(`${path}: its messages stand in digits, so what is printed is the messages alone, as plain text`);
    await io.print(redactText(reading.trace, key ?? io.secret()));
    return 0;
  },
};
