import { quote } from '../base/quote.ts';
import { type Span, slice } from '../base/text.ts';
import { header, type SipMessage } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { replaced } from '../sip/repairs.ts';
import { isSeconds, SECONDS } from '../sip/valueGrammar.ts';
import { type Param, param, parseParams } from '../sip/values.ts';
import type { MessageRule, Report } from './rule.ts';

/** The least that Session-Expires and Min-SE may be (RFC 4028 §4, §5). */
const LEAST = 90;

export const sessionExpiresValue: MessageRule = {
  id: 'session-expires-value',
  group: 'header-values',
  scope: 'message',
  title: 'Session-Expires is below 90 seconds or below Min-SE, or its refresher is neither uac nor uas.',
  spec: 'RFC 4028 §4; RFC 4028 §5; RFC 4028 §8.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@192.0.2.4 SIP/2.0
    Session-Expires: 1800 ;refresher=UAS
    Min-SE: 1800
  `,
  bad: `
    INVITE sip:bob@192.0.2.4 SIP/2.0
    x: 1800;refresher=both
                      ^^^^ The refresher of Session-Expires is uac or uas, not “both”.
    Min-SE: 30
            ^^ Min-SE must be at least 90 seconds, not 30.
  `,
  reads: { outline: ['session-expires', 'min-se'] },
  check(message, report) {
    const own = judged(message, 'Session-Expires', report);
    const least = judged(message, 'Min-SE', report);
    if (!own) return;
    if (least && own.seconds < least.seconds && own.seconds >= LEAST)
      report(own.at, `Session-Expires must be at least the Min-SE of this message, ${least.seconds} seconds.`);
    const refresher = param(own.params, 'refresher')?.value;
    const side = refresher ? slice(message.text, refresher) : '';
    if (refresher && side && !/^ua[cs]$/i.test(side))
      report(refresher, `The refresher of Session-Expires is uac or uas, not ${quote(side)}.`);
  },
  fix: (reported) => {
    const least = /at least (?:the Min-SE of this message, )?(\d+)/.exec(reported.text)?.[1];
    return least ? replaced(reported, least) : [];
  },
};

/** Reads the seconds of a header and says what is wrong with them; null where there are none. */
function judged(
  message: SipMessage,
  name: string,
  report: Report,
): { at: Span; seconds: number; params: Param[] } | null {
  const value = header(message, name.toLowerCase())?.value;
  const [at, ...params] = value ? parseParams(message.text, value.from, value.to) : [];
  const written = at ? slice(message.text, at) : '';
  if (!at || isPlaceholder(written)) return null;
  if (!isSeconds(written)) {
    report(at, `${name} must be ${SECONDS}, not ${quote(written)}.`);
    return null;
  }
  const seconds = Number(written);
  if (seconds < LEAST) report(at, `${name} must be at least ${LEAST} seconds, not ${seconds}.`);
  return { at, seconds, params };
}
