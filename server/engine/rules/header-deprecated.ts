import { slice } from '../base/text.ts';
import { headerFacts } from '../sip/registry.ts';
import { withoutHeader } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const headerDeprecated: MessageRule = {
  id: 'header-deprecated',
  group: 'header-syntax',
  scope: 'message',
  title: 'The header was withdrawn from SIP.',
  spec: 'RFC 3261 §28.1; RFC 8224',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  // Others own what else is out of use: 202 to SUBSCRIBE and the password in a URI; the id of Event is needed after REFER.
  good: `
    NOTIFY sip:alice:secret@example.org SIP/2.0
    Event: refer;id=93809824
    Identity: "ZYNBbHC00VMZr2kZt6VmCvPonWJMGvQTBDqghoWeLxJfzB2a1pxAr3VgrB0SsSAa"
    Remote-Party-ID: <sip:bob@example.org>;party=called
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Hide: route
    ^^^^ The header Hide is no longer used; RFC 3261 withdrew it.
    Identity-Info: <https://atlanta.example.com/atlanta.cer>;alg=rsa-sha1
    ^^^^^^^^^^^^^ The header Identity-Info is no longer used; RFC 8224 withdrew it.
  `,
  reads: { outline: [] },
  check(message, report) {
    for (const field of message.headers) {
      const facts = headerFacts(field.id);
      if (facts?.origin !== 'deprecated') continue;
      report(field.name, `The header ${slice(message.text, field.name)} is no longer used; ${facts.ref} withdrew it.`);
    }
  },
  fix: withoutHeader,
};
