import { quote } from '../base/quote.ts';
import { type Span, slice } from '../base/text.ts';
import type { SipMessage } from '../sip/message.ts';
import { isNumber, isToken } from '../sip/valueGrammar.ts';
import { listValues, type Param, param, parseParams } from '../sip/values.ts';
import type { MessageRule, Report } from './rule.ts';

/** Protocols whose causes are known to be numbers from one range, and of which there may be one value only (RFC 3326 §2). */
const CAUSES: Record<string, { wanted: string; least: number; most: number }> = {
  sip: { wanted: 'a SIP status from 100 to 699', least: 100, most: 699 },
  'q.850': { wanted: 'a number from 0 to 127', least: 0, most: 127 },
};

export const reasonHeader: MessageRule = {
  id: 'reason-header',
  group: 'header-values',
  scope: 'message',
  title: 'Reason is not a protocol with a cause that the protocol knows, or names a protocol twice.',
  spec: 'RFC 3326 §2; RFC 9366',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    CANCEL sip:bob@example.org SIP/2.0
    Reason: SIP ;cause=200 ;text="Call completed elsewhere; \\"3\\", cause=x"
    Reason: Q.850 ; cause = 16 ;text="Terminated", STIR;cause=436;text="A", STIR;cause=438
    Reason: preemption ;cause=1 ;text="UA Preemption", X-Vendor;code=abc
  `,
  bad: `
    BYE sip:bob@example.org SIP/2.0
    Reason: 486, SIP;cause=busy
            ^^^ Reason begins with a protocol such as SIP or Q.850, not with “486”.
                           ^^^^ The cause of SIP must be a SIP status from 100 to 699, not “busy”.
    Reason: Q.850;cause=128
                        ^^^ The cause of Q.850 must be a number from 0 to 127, not “128”.
    Reason: sip;cause=480
            ^^^^^^^^^^^^^ Reason may hold one value only for SIP; this is another one.
  `,
  reads: { outline: ['reason'] },
  check(message, report) {
    const seen = new Set<string>();
    for (const value of listValues(message, 'reason')) {
      const [protocol, ...params] = parseParams(message.text, value.from, value.to);
      if (!protocol) continue;
      if (!isProtocol(message, protocol)) {
        const shown = quote(slice(message.text, protocol));
        report(protocol, `Reason begins with a protocol such as SIP or Q.850, not with ${shown}.`);
      } else if (seen.has(protocol.name)) {
        report(value, `Reason may hold one value only for ${protocol.name.toUpperCase()}; this is another one.`);
      } else checkCause(message, protocol, params, report);
      if (Object.hasOwn(CAUSES, protocol.name)) seen.add(protocol.name);
    }
  },
};

function isProtocol({ text }: SipMessage, protocol: Param): boolean {
  const name = slice(text, protocol);
  return isToken(name) && !/^\d+$/.test(name);
}

function checkCause({ text }: SipMessage, protocol: Param, params: readonly Param[], report: Report): void {
  const range = Object.hasOwn(CAUSES, protocol.name) ? CAUSES[protocol.name] : undefined;
  const cause = param(params, 'cause');
  const name = quote(slice(text, protocol)).slice(1, -1);
  if (!cause) {
    if (range && !params.length) report(protocol, `${name} needs a cause here, as in “${name};cause=…”.`);
    return;
  }
  const at: Span = cause.value ?? cause;
  const written = slice(text, at);
  const wanted = range?.wanted ?? 'a number';
  const isRight = isNumber(written, range?.least ?? 0, range?.most ?? Infinity);
  if (!isRight) report(at, `The cause of ${name} must be ${wanted}, not ${quote(written)}.`);
}
