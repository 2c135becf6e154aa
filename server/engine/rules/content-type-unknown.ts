import { quote } from '../base/quote.ts';
import { nearest, type Span, slice } from '../base/text.ts';
import { header, type SipMessage } from '../sip/message.ts';
import { allContentTypes, contentTypeFacts } from '../sip/registry.ts';
import { replaced } from '../sip/repairs.ts';
import { parseParams } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

/** Types of vendors and experiments: there are thousands, and none of them is a slip. */
const VENDORS = /\/(?:vnd|x|prs)[.-]/i;

export const contentTypeUnknown: MessageRule = {
  id: 'content-type-unknown',
  group: 'bodies',
  scope: 'message',
  title: 'Content-Type is none of the types that SIP messages carry.',
  spec: 'RFC 3261 §20.15; IANA media-types',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INFO sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B SIP/2.0
    CONTENT-TYPE: Application/CCCP+XML ;charset=utf-8
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: aplication/sdp
                  ^^^^^^^^^^^^^^ “aplication/sdp” is no known type of a body; is application/sdp meant?
  `,
  reads: { each: ['content-type'] },
  check(message, report) {
    const at = typeOf(message);
    const type = at ? slice(message.text, at).replace(/\s+/g, '') : '';
    if (!at || !/^[^/]+\/[^/]+$/.test(type) || contentTypeFacts(type)) return;
    const near = nearestType(type);
    if (!near && VENDORS.test(type)) return;
    report(at, `${quote(type)} is no known type of a body${near ? `; is ${near} meant?` : '.'}`);
  },
  fix: (reported) => {
    const near = nearestType(slice(reported.message.text, reported.at).replace(/\s+/g, ''));
    return near ? replaced(reported, near) : [];
  },
};

function typeOf(message: SipMessage): Span | undefined {
  const field = header(message, 'content-type');
  return field && parseParams(message.text, field.value.from, field.value.to)[0];
}

function nearestType(type: string): string | undefined {
  const names = allContentTypes.map((known) => known.type);
  return type.length > 80 ? undefined : nearest(type, names);
}
