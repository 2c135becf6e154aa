import { diagnosticCause, q850Cause, statusCause, warningFacts } from '../../sip/causes.ts';
import { statusFacts } from '../../sip/registry.ts';
import type { FailureStep } from './failure.ts';
import type { StatedReason } from './reasons.ts';

/** A step of a failure in words, with what is usually behind the reason that it tells of. Plain text, which may hold pieces of the trace. */
export function stepWords({ text, reason }: FailureStep): string {
  const cause = reason ? causeOf(reason) : '';
  return cause ? `${text}: ${cause}` : text;
}

/** What is usually behind a reason that a message states. */
function causeOf({ header, of, code }: StatedReason): string {
  if (code === null) return '';
  if (header === 'Warning') return warningFacts(code)?.cause ?? '';
  if (header !== 'Reason') return diagnosticCause(code);
  if (/^q\.850$/i.test(of)) return q850Cause(code);
  return /^sip$/i.test(of) && statusFacts(code) ? statusCause(code) : '';
}
