import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { fieldAt, lineBreakOf } from '../sip/edits.ts';
import { repair } from '../sip/repairs.ts';
import { splitList } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

const HEADERS = new Set(['www-authenticate', 'authorization', 'proxy-authenticate', 'proxy-authorization']);
/** A scheme and its first parameter: `Digest realm=`. */
const SCHEME = /^([\w!%*+`'~.-]+)[ \t\r\n]+[\w!%*+`'~.-]+\s*=/;

export const authCommaJoined: MessageRule = {
  id: 'auth-comma-joined',
  group: 'header-count',
  scope: 'message',
  title: 'Two challenges or credentials are joined by a comma in one row.',
  spec: 'RFC 3261 §7.3.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    SIP/2.0 401 Unauthorized
    Via: SIP/2.0/TLS 10.56.64.122:2157;received=10.29.107.208;ms-received-port=2157;ms-received-cid=29500
    From: <sip:alice@contoso.com>;tag=58b76ebb1c;epid=bd4bd366c2
    To: <sip:alice@contoso.com>;tag=A9F6C3
    Call-ID: 72a1fb3c
    CSeq: 1 REGISTER
    WWW-Authenticate: NTLM realm="SIP Communications Service", targetname="M17-OCG.topa.contoso.com", version=4
    WWW-Authenticate: Kerberos realm = "SIP Communications Service, Basic realm=x", targetname="sip/M17-OCG", version=4
    Proxy-Authenticate: Digest realm="a", qop="auth,auth-int", stale=FALSE,
     nonce="1"
  `,
  bad: `
    SIP/2.0 401 Unauthorized
    WWW-Authenticate: Digest realm="a", nonce="1", Basic realm="b"
                                                   ^^^^^ A second scheme, “Basic”, needs a row of its own.
  `,
  reads: { each: [...HEADERS], having: ',', form: true },
  check(message, report) {
    for (const field of message.headers) {
      if (!HEADERS.has(field.id)) continue;
      for (const part of splitList(message.text, field.value).slice(1)) {
        const scheme = SCHEME.exec(slice(message.text, part))?.[1];
        if (!scheme) continue;
        report(
          { from: part.from, to: part.from + scheme.length },
          `A second scheme, ${quote(scheme)}, needs a row of its own.`,
        );
      }
    }
  },
  fix: ({ message, at }) => {
    const field = fieldAt(message, at.from);
    const before =
      field &&
      splitList(message.text, field.value)
        .filter(({ to }) => to <= at.from)
        .at(-1);
    if (!field || !before) return [];
    const text = `${lineBreakOf(message)}${slice(message.text, field.name)}: `;
    return repair('Begin a row of its own', [{ from: before.to, to: at.from, text }], 'sure');
  },
};
