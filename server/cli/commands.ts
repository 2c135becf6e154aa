import type { Command } from './command.ts';
import { formats } from './formats.ts';
import { ladder } from './ladder.ts';
import { lint } from './lint.ts';
import { messages } from './messages.ts';
import { normalize } from './normalize.ts';
import { redact } from './redact.ts';
import { roster } from './roster.ts';
import { rules } from './rules.ts';
import { summary } from './summary.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  lint,
  ladder,
  summary,
  messages,
  roster,
  normalize,
  redact,
  rules,
  formats,
];
