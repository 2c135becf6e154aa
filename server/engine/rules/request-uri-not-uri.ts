import { slice, span } from '../base/text.ts';
import { replaced } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
/** A host with a port reads like a scheme with a number. */
const HOST_AND_PORT = /^(?:[\w-]+(?:\.[\w-]+)+|localhost):\d{1,5}(?:;|$)/i;

/** What lacks nothing but `sip:`. */
const BARE = /^[\w.+-]+(?:@|$|:\d)/;

export const requestUriNotUri: MessageRule = {
  id: 'request-uri-not-uri',
  group: 'start-line',
  scope: 'message',
  title: 'The Request-URI has no scheme, or holds blanks or quotes.',
  spec: 'RFC 3261 §7.1; RFC 3261 §19.1; RFC 4475 §3.1.2.8',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INVITE tel:+15551234;phone-context=example.org SIP/2.0
    Max-Forwards: 70

    INVITE urn:service:sos.fire SIP/2.0
    Max-Forwards: 70
  `,
  bad: `
    INVITE bob@biloxi.example.com SIP/2.0
           ^^^^^^^^^^^^^^^^^^^^^^ The Request-URI has no scheme; did you mean “sip:bob@biloxi.example.com”?
    Max-Forwards: 70
  `,
  reads: { each: ['start-line'] },
  check(message, report) {
    if (message.kind !== 'request') return;
    const uri = slice(message.text, message.at.uri);
    if (uri.startsWith('<') || uri.endsWith('>')) return;
    const blank = /[ \t]+/.exec(uri);
    const at = message.at.uri.from;
    if (uri.includes('"')) report(message.at.uri, 'A Request-URI is a bare URI, without a display name or quotes.');
    else if (blank) {
      const gap = span(at + blank.index, at + blank.index + blank[0].length);
      report(gap, 'A Request-URI must not contain blanks.');
    } else if (!SCHEME.test(uri) || HOST_AND_PORT.test(uri)) {
      const hint = BARE.test(uri) ? `; did you mean “sip:${uri}”?` : '.';
      report(message.at.uri, `The Request-URI has no scheme${hint}`);
    }
  },
  fix: (reported) => {
    const uri = slice(reported.message.text, reported.at);
    return BARE.test(uri) ? replaced(reported, `sip:${uri}`) : [];
  },
};
