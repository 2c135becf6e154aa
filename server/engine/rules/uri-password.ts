import { slice } from '../base/text.ts';
import { newSipUris } from '../sip/addresses.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const uriPassword: MessageRule = {
  id: 'uri-password',
  group: 'uris',
  scope: 'message',
  title: 'A URI holds a password, for anybody on the way to read.',
  spec: 'RFC 3261 §19.1.1',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@192.0.2.4:5060 SIP/2.0
    From: <sip:alice%3Asecret@example.org>;tag=1
    To: <sip:1001:1002:1003@example.org>
    Contact: <tel:+1-201-555-0123>
  `,
  bad: `
    INVITE sip:bob:pw@192.0.2.4 SIP/2.0
                   ^^ This is read as a password, for anybody on the way to see; RFC 3261 advises against it.
    Contact: <sip:sip:alice@192.0.2.1>
                  ^^^ The scheme stands here twice, so that sip is read as the user.
  `,
  reads: { each: 'address', having: '@', form: true },
  check(message, report, context) {
    for (const { uri } of newSipUris(message, context)) {
      if (!uri.user || !uri.password || uri.password.to === uri.password.from) continue;
      const user = slice(message.text, uri.user);
      if (isNumbers(user) && isNumbers(slice(message.text, uri.password))) continue;
      if (/^sips?$/i.test(user)) report(uri.user, `The scheme stands here twice, so that ${user} is read as the user.`);
      else
        report(uri.password, 'This is read as a password, for anybody on the way to see; RFC 3261 advises against it.');
    }
  },
  fix: ({ message, at }) =>
    message.text[at.from - 1] === ':' && message.text[at.to] === '@'
      ? repair('Delete the password', [{ from: at.from - 1, to: at.to, text: '' }])
      : repair('Delete one scheme', [{ from: at.from, to: at.to + 1, text: '' }]),
};

/** Several numbers, joined by colons, are to be called at once. */
function isNumbers(part: string): boolean {
  return /^\+?[\d:]+$/.test(part);
}
