import { quote } from '../base/quote.ts';
import { nearest, slice } from '../base/text.ts';
import { header } from '../sip/message.ts';
import { knownValues } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import { param, parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

export const subscriptionReasonUnknown: MessageRule = {
  id: 'subscription-reason-unknown',
  group: 'header-values',
  scope: 'message',
  title: 'The reason why a subscription ended is none of the known ones.',
  spec: 'RFC 6665 §4.1.3; RFC 6665 §8.4',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    BENOTIFY sip:10.29.107.208:2308;transport=tls;ms-received-cid=200;grid SIP/2.0
    Event: conference
    subscription-state: terminated;expires=0;reason=ParticipantRemoved
  `,
  bad: `
    NOTIFY sip:alice@192.0.2.1 SIP/2.0
    Subscription-State: terminated;reason=noresorce
                                          ^^^^^^^^^ “noresorce” is no known reason; is noresource meant?
  `,
  reads: { each: ['subscription-state'] },
  check(message, report) {
    const field = header(message, 'subscription-state');
    const at = field && param(parseParams(message.text, field.value.from, field.value.to), 'reason')?.value;
    const reason = at ? slice(message.text, at) : '';
    const known = knownValues.subscriptionReasons;
    if (!at || !reason || known.some((name) => name.toLowerCase() === reason.toLowerCase())) return;
    const near = reason.length > 40 ? undefined : nearest(reason, known);
    report(
      at,
      `${quote(reason)} is no known reason${near ? `; is ${near} meant?` : ' for the end of a subscription.'}`,
    );
  },
  fix: (reported) => {
    const near = nearest(slice(reported.message.text, reported.at), knownValues.subscriptionReasons);
    return near ? replaced(reported, near) : [];
  },
};
