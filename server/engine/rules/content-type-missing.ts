import { hasBody, headerValue, type SipMessage } from '../sip/message.ts';
import { lacks } from '../sip/presence.ts';
import { allContentTypes } from '../sip/registry.ts';
import { withHeader } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const contentTypeMissing: MessageRule = {
  id: 'content-type-missing',
  group: 'header-presence',
  scope: 'message',
  title: 'A message has a body but no Content-Type.',
  spec: 'RFC 3261 §20.15',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 314159 BYE
    l: 0

    (two octets that a gateway adds, and that Content-Length tells to ignore)
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The body has no Content-Type; it looks like application/sdp.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>
    Call-ID: a84b4c76e66710
    CSeq: 314159 INVITE

    v=0
    o=alice 1 1 IN IP4 192.0.2.10
  `,
  needs: ['body'],
  check(message, report) {
    if (
      !lacks(message, 'content-type') ||
      !hasBody(message) ||
      /^0+$/.test(headerValue(message, 'content-length') ?? '')
    ) {
      return;
    }
    const guess = looksLike(message);
    report(message.startLine, `The body has no Content-Type${guess ? `; it looks like ${guess}` : ''}.`);
  },
  fix: (reported) => {
    const type = looksLike(reported.message);
    return type ? withHeader(reported, 'Content-Type', type) : [];
  },
};

/** The type that SDP's first line or the name and namespace of an XML document speak for, or ''. */
function looksLike(message: SipMessage): string {
  const head = message.text.slice(message.body.from, Math.min(message.body.to, message.body.from + 1000)).trimStart();
  if (head.startsWith('v=0')) return 'application/sdp';
  const root = /^(?:<\?[^>]*>\s*)?<(?:[\w.-]+:)?([\w.-]+)/.exec(head)?.[1];
  if (!root) return '';
  const known = allContentTypes.filter((row) => row.roots?.includes(root));
  return (known.find((row) => row.namespace && head.includes(row.namespace)) ?? known[0])?.type ?? '';
}
