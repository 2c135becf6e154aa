import { search, span, trimmed } from '../base/text.ts';
import { fieldAt } from '../sip/edits.ts';
import { hasQuotedStrings } from '../sip/grammar.ts';
import { eachOutside } from '../sip/outside.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const quotedStringOpen: MessageRule = {
  id: 'quoted-string-open',
  group: 'header-syntax',
  scope: 'message',
  title: 'A quoted string in a header is never closed.',
  spec: 'RFC 3261 §25.1; RFC 4475 §3.1.2.6',
  severity: { strict: 'error', trace: 'error', ms: 'error', doc: 'warning' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    To: "J \\\\\\\\\\"" <sip:bob@example.org>
    From: "\\"Caller\\" \\\\\\\\" <sip:alice@example.org>;tag=1
    Call-ID: intmeth.word%ZK-!.*_+'@word\`~)(><:\\/"][?}{
    User-Agent: Desk phone 7" (colour)
    Subject: 5" is enough
    X-Size: 5"
    Retry-After: 18000 (measuring 5" screens);duration=3600
  `,
  bad: `
    INVITE sip:j.user@example.com SIP/2.0
    To: "Mr. J. User <sip:j.user@example.com>
        ^ The double quote opened here is never closed.
    Call-ID: quotbal.aksdj
  `,
  reads: { each: 'field', having: '"', form: true },
  check(message, report) {
    for (const field of message.headers) {
      if (!hasQuotedStrings(field)) continue;
      let open = -1;
      eachOutside(message.text, field.value, (at, code) => {
        if (code === 34 && open < 0) open = at;
      });
      if (open >= 0) report(span(open, open + 1), 'The double quote opened here is never closed.');
    }
  },
  fix: ({ message, at }) => {
    const field = fieldAt(message, at.from);
    if (!field) return [];
    const open = search(message.text, 60, at.from, field.value.to);
    const { to } = trimmed(message.text, at.from, open);
    return repair('Insert the closing quote', [{ from: to, to, text: '"' }]);
  },
};
