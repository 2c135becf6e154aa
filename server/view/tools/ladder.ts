import { textLadder } from '../../engine/ladder/text.ts';
import { chosenRows } from './chosenRows.ts';
import type { Tool } from './tool.ts';

/** The ladder as text, all of it or what a filter leaves. */
export const ladderTool: Tool = {
  name: 'sipLens_showLadder',
  narrower: 'Ask with a filter, or with first and last.',
  answer(subject, input) {
    const { ladder, scope } = chosenRows(subject, input);
    return ladder.rows.length > 0 ? `${scope}\n\n${textLadder(ladder)}` : scope;
  },
};
