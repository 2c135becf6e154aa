import { callMembers } from '../answers.ts';
import { block, plain } from '../base/markdown.ts';
import { type FailureStep, failureSteps } from '../flow/sessions/failure.ts';
import type { StatedReason } from '../flow/sessions/reasons.ts';
import { diagnosticCause, q850Cause, statusCause, warningFacts } from '../sip/causes.ts';
import { statusFacts } from '../sip/registry.ts';
import type { MessagePlace, Source } from './source.ts';

/** On the status line of a final failure: why the request failed, step by step. '' at any other place. */
export function failureStory({ reading }: Source, { index, message, offset }: MessagePlace): string {
  if (message.kind !== 'response' || message.status < 400) return '';
  if (offset < message.at.status.from || offset > message.at.reason.to) return '';
  const steps = failureSteps(reading.trace, reading.flow, callMembers(reading, index), index);
  return steps.length > 0 ? block(['**Why it failed**', steps.map((step) => `- ${stepText(step)}`).join('\n')]) : '';
}

function stepText({ text, reason }: FailureStep): string {
  const cause = reason ? causeOf(reason) : '';
  return plain(cause ? `${text}: ${cause}` : text);
}

/** What is usually behind a reason that a message states. */
function causeOf({ header, of, code }: StatedReason): string {
  if (code === null) return '';
  if (header === 'Warning') return warningFacts(code)?.cause ?? '';
  if (header !== 'Reason') return diagnosticCause(code);
  if (/^q\.850$/i.test(of)) return q850Cause(code);
  return /^sip$/i.test(of) && statusFacts(code) ? statusCause(code) : '';
}
