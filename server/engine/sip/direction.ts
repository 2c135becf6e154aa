import type { SipRequest, SipResponse } from './message.ts';
import { applicabilityOf, headerFacts } from './registry.ts';
import { methodOf } from './values.ts';

/** Headers that belong in requests only (RFC 3261 §20, Tables 2 and 3). */
export const requestOnly: ReadonlySet<string> = new Set([
  'authorization',
  'in-reply-to',
  'max-forwards',
  'priority',
  'proxy-authorization',
  'rack',
  'route',
  'subject',
]);

/** Headers that belong in responses only (RFC 3261 §20, Tables 2 and 3). */
export const responseOnly: ReadonlySet<string> = new Set([
  'authentication-info',
  'error-info',
  'proxy-authenticate',
  'retry-after',
  'rseq',
  'server',
  'sip-etag',
  'unsupported',
  'warning',
  'www-authenticate',
]);

/** The tables' code for a header in this message, `-` where it does not belong; BENOTIFY is read as the NOTIFY it stands for. */
export function codeIn(message: SipRequest | SipResponse, id: string): string | undefined {
  const facts = headerFacts(id);
  if (!facts) return undefined;
  const method = methodOf(message);
  const kind = message.kind === 'request' ? 'R' : message.status;
  return applicabilityOf(facts.name, method === 'BENOTIFY' ? 'NOTIFY' : method, kind);
}
