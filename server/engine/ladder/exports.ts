import type { Ladder } from './ladder.ts';
import { mermaidLadder } from './mermaid.ts';
import { svgLadder } from './svg.ts';
import { textLadder } from './text.ts';

/** Every form in which a ladder leaves the tool as text: one file each, one line here. */
export const ladderExports = {
  text: textLadder,
  mermaid: mermaidLadder,
  svg: svgLadder,
} satisfies Record<string, (ladder: Ladder) => string>;
