import { misfits } from '../sip/valueGrammar.ts';
import type { MessageRule } from './rule.ts';

export const eventSyntax: MessageRule = {
  id: 'event-syntax',
  group: 'header-values',
  scope: 'message',
  title: 'Event is not one event package, or Allow-Events not a list of them.',
  spec: 'RFC 6665 §8.4; RFC 6665 §8.2.1',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    SUBSCRIBE sip:alice@example.org SIP/2.0
    o: presence.winfo ;id="a, b"
    u: presence.wpending, vnd-microsoft-roaming-ACL
  `,
  bad: `
    SUBSCRIBE sip:alice@example.org SIP/2.0
    Event: presence, dialog
           ^^^^^^^^^^^^^^^^ Event must be an event package and parameters, as in “presence;id=7”, not “presence, dialog”.
    Allow-Events: dialog, message summary
                          ^^^^^^^^^^^^^^^ Allow-Events must be a list of event packages, as in “presence, dialog”, not “message summary”.
  `,
  reads: { each: ['event', 'allow-events'] },
  check(message, report) {
    // Event in a response is out of place altogether: event-in-response.
    const ids = message.kind === 'request' ? ['event', 'allow-events'] : ['allow-events'];
    for (const id of ids) for (const { at, text } of misfits(message, id)) report(at, text);
  },
};
