import { quote } from '../base/quote.ts';
import { hasBody, header } from '../sip/message.ts';
import { bodyParts } from '../sip/multipart.ts';
import { contentTypeFacts } from '../sip/registry.ts';
import type { MessageRule } from './rule.ts';

/** Tells by method of the kinds of its bodies whether they are of no use. */
const UNEXPECTED: Readonly<Record<string, (kinds: readonly string[]) => boolean>> = {
  CANCEL: () => true,
  BYE: (kinds) => kinds.includes('sdp'),
  REGISTER: (kinds) => kinds.every((kind) => kind === 'sdp'),
  // A body of ISUP or QSIG is the gateway's, and says nothing about the session.
  PRACK: (kinds) => kinds.every((kind) => kind === 'text' || kind === 'xml'),
};

export const methodBodyUnexpected: MessageRule = {
  id: 'method-body-unexpected',
  group: 'bodies',
  scope: 'message',
  title: 'A request has a body that means nothing in its method.',
  spec: 'RFC 3261 §7.4; RFC 3261 §9.1; RFC 3262 §5',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    BYE sip:bob@192.0.2.9 SIP/2.0
    Content-Type: application/vq-rtcpxr

    VQSessionReport: CallTerm
  `,
  bad: `
    CANCEL sip:bob@example.org SIP/2.0
    Content-Type: application/sdp
                  ^^^^^^^^^^^^^^^ “application/sdp” means nothing in a CANCEL: the receiver ignores the body.

    v=0
  `,
  needs: ['content-type'],
  check(message, report) {
    const unexpected = message.kind === 'request' ? UNEXPECTED[message.method] : undefined;
    const field = header(message, 'content-type');
    if (message.kind !== 'request' || !unexpected || !field || !hasBody(message)) return;
    const parts = bodyParts(message);
    const kinds = parts.map(({ type }) => contentTypeFacts(type)?.kind ?? '');
    if (parts.length === 0 || !unexpected(kinds)) return;
    const article = /^[AEIOU]/.test(message.method) ? 'an' : 'a';
    const types = quote(parts.map(({ type }) => type).join(', '));
    report(field.value, `${types} means nothing in ${article} ${message.method}: the receiver ignores the body.`);
  },
};
