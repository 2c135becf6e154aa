import { quote } from '../base/quote.ts';
import { nearest, slice } from '../base/text.ts';
import { header } from '../sip/message.ts';
import { isPlaceholder } from '../sip/placeholder.ts';
import { allEvents, eventFacts } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import { misfits } from '../sip/valueGrammar.ts';
import { parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const NAMES = allEvents.map((event) => event.name);
/** Vendors make packages of their own, by the hundred. */
const VENDORS = /^(?:x|vnd)[-.]/i;

export const eventUnknown: MessageRule = {
  id: 'event-unknown',
  group: 'header-values',
  scope: 'message',
  title: 'The event package is none of the known ones.',
  spec: 'RFC 6665 §7.2; IANA sip-events',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    SUBSCRIBE sip:alice@example.org SIP/2.0
    Event: Presence.winfo;id=7
  `,
  bad: `
    SUBSCRIBE sip:alice@example.org SIP/2.0
    Event: conferense;id=7
           ^^^^^^^^^^ “conferense” is no known event package; is conference meant?
  `,
  reads: { each: ['event'] },
  check(message, report) {
    const value = message.kind === 'request' ? header(message, 'event')?.value : undefined;
    const [at] = value ? parseParams(message.text, value.from, value.to) : [];
    const name = at ? slice(message.text, at) : '';
    if (!at || isPlaceholder(name) || misfits(message, 'event').length > 0) return;
    const base = name.split('.')[0]!.toLowerCase();
    if (eventFacts(name) || NAMES.some((known) => known.toLowerCase() === base)) return;
    const near = nearest(name, NAMES);
    if (near || !VENDORS.test(name))
      report(at, `${quote(name)} is no known event package${near ? `; is ${near} meant?` : '.'}`);
  },
  fix: (reported) => {
    const near = nearest(slice(reported.message.text, reported.at), NAMES);
    return near ? replaced(reported, near) : [];
  },
};
