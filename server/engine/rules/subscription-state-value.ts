import { quote } from '../base/quote.ts';
import { nearest, slice } from '../base/text.ts';
import { header } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { replaced } from '../sip/repairs.ts';
import { isToken } from '../sip/valueGrammar.ts';
import { parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const STATES = ['active', 'pending', 'terminated'];

export const subscriptionStateValue: MessageRule = {
  id: 'subscription-state-value',
  group: 'header-values',
  scope: 'message',
  title: 'Subscription-State is neither active, pending nor terminated.',
  spec: 'RFC 6665 §8.2.3; RFC 6665 §8.4',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Event: presence
    Subscription-State: Terminated ;reason=timeout
  `,
  bad: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Event: presence
    Subscription-State: in active use;expires=60
                        ^^^^^^^^^^^^^ Subscription-State must be active, pending or terminated, not “in active use”.
  `,
  reads: { each: ['subscription-state'] },
  check(message, report) {
    const value = message.kind === 'request' ? header(message, 'subscription-state')?.value : undefined;
    const [at] = value ? parseParams(message.text, value.from, value.to) : [];
    const state = at ? slice(message.text, at) : '';
    if (!at || isPlaceholder(state) || STATES.includes(state.toLowerCase())) return;
    if (!isToken(state)) {
      report(at, `Subscription-State must be active, pending or terminated, not ${quote(state)}.`);
      return;
    }
    // Other states are legal: an extension may have defined them.
    const near = nearest(state, STATES);
    const advice = near ? `is ${near} meant?` : 'active, pending and terminated are.';
    report(at, `${quote(state)} is no known state of a subscription; ${advice}`, 'info');
  },
  fix: (reported) => {
    const written = slice(reported.message.text, reported.at);
    const meant = nearest(written, STATES) ?? STATES.find((state) => written.toLowerCase().includes(state));
    return meant ? replaced(reported, meant) : [];
  },
};
