import { slice } from '../base/text.ts';
import { holdsBrackets } from '../sip/grammar.ts';
import { withheldIn } from '../sip/withheld.ts';
import type { MessageRule } from './rule.ts';

export const valueWithheld: MessageRule = {
  id: 'value-withheld',
  group: 'header-values',
  scope: 'message',
  title: 'A word stands for a value that was taken out of the trace, so that what should stand there cannot be judged.',
  spec: 'RFC 3261 §25.1',
  severity: { strict: 'off', trace: 'hint', ms: 'hint', doc: 'off' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP [2001:db8::1]:5060;branch=z9hG4bK1;received=192.0.2.1
    From: "Bob <work>" <sip:+15550100@example.org>;tag=1
    Contact: <sip:bob@192.0.2.1>;+sip.instance="<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>"
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP xxx.xxx.xxx.xxx:5060;branch=z9hG4bK1
                     ^^^^^^^^^^^^^^^ “xxx.xxx.xxx.xxx” stands for a value that was taken out: what stands on these lines is not judged.
    From: <sip:<number>@<domain>>;tag=1
    Contact: <sip:[removed]@[removed]:5060>
  `,
  reads: { each: 'line', form: true },
  check(message, report) {
    const lines = message.headers.filter((field) => field.id === 'via' || holdsBrackets(field));
    const request = message.kind === 'request' ? [message.at.uri] : [];
    for (const line of [...request, ...lines.map(({ value }) => value)]) {
      const found = withheldIn(message.text, line);
      if (!found) continue;
      const word = slice(message.text, found);
      report(found, `“${word}” stands for a value that was taken out: what stands on these lines is not judged.`);
      return;
    }
  },
};
