import { quote } from '../base/quote.ts';
import type { Span } from '../base/text.ts';
import { header, type SipMessage } from '../sip/message.ts';
import { withoutParam } from '../sip/repairs.ts';
import { type Param, param, paramValue, parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

/** Reasons after which the subscriber either need not wait or must not come back, so that retry-after says nothing. */
const NO_RETRY = ['deactivated', 'rejected', 'timeout', 'noresource', 'invariant'];

export const subscriptionStateParams: MessageRule = {
  id: 'subscription-state-params',
  group: 'header-values',
  scope: 'message',
  title: 'A parameter of Subscription-State has no meaning in that state.',
  spec: 'RFC 6665 §4.1.3',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Event: presence
    Subscription-State: Terminated ;reason=giveup;retry-after=3600
  `,
  bad: `
    BENOTIFY sip:10.29.107.208:2308;transport=tls;ms-received-cid=200;grid SIP/2.0
    Event: conference
    subscription-state: terminated;expires=0;reason=timeout;retry-after=5
                                   ^^^^^^^^^ expires has no meaning with “terminated”.
                                                            ^^^^^^^^^^^^^ retry-after has no meaning with reason “timeout”.
  `,
  reads: { each: ['subscription-state'] },
  check(message, report) {
    const field = message.kind === 'request' ? header(message, 'subscription-state') : undefined;
    if (!field) return;
    for (const [entry, text] of faultsOf(message, field.value)) report(entry, text);
  },
  fix: withoutParam,
};

function faultsOf({ text }: SipMessage, value: Span): [Param, string][] {
  const [state, ...params] = parseParams(text, value.from, value.to);
  const found: [Param, string][] = [];
  const add = (name: string, because: string) => {
    const entry = param(params, name);
    if (entry) found.push([entry, `${name} has no meaning ${because}.`]);
  };
  const reason = paramValue(text, params, 'reason')?.toLowerCase() ?? '';
  if (state?.name === 'terminated') add('expires', 'with “terminated”');
  if (state?.name === 'active' || state?.name === 'pending')
    add('reason', `with ${quote(state.name)}, only with “terminated”`);
  if (NO_RETRY.includes(reason)) add('retry-after', `with reason “${reason}”`);
  return found;
}
