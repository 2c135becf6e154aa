import { callMembers } from '../answers.ts';
import { block, plain } from '../base/markdown.ts';
import { failureSteps } from '../flow/sessions/failure.ts';
import { stepWords } from '../flow/sessions/stepWords.ts';
import type { MessagePlace, Source } from './source.ts';

/** On the status line of a final failure: why the request failed, step by step. '' at any other place. */
export function failureStory({ reading }: Source, { index, message, offset }: MessagePlace): string {
  if (message.kind !== 'response' || message.status < 400) return '';
  if (offset < message.at.status.from || offset > message.at.reason.to) return '';
  const steps = failureSteps(reading.trace, reading.flow, callMembers(reading, index), index);
  return steps.length > 0
    ? block(['**Why it failed**', steps.map((step) => `- ${plain(stepWords(step))}`).join('\n')])
    : '';
}
