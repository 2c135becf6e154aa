import { slice } from '../base/text.ts';
import { hasBody, header } from '../sip/message.ts';
import { withoutHeader } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const contentTypeWithoutBody: MessageRule = {
  id: 'content-type-without-body',
  group: 'bodies',
  scope: 'message',
  title: 'Content-Type says what the body is, but there is no body.',
  spec: 'RFC 3261 §20.15',
  severity: { strict: 'info', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp
    Content-Length: 142

  `,
  bad: `
    ACK sip:bob@example.org SIP/2.0
    Content-Type: application/sdp
                  ^^^^^^^^^^^^^^^ The message has a Content-Type, but no body.
    Content-Length: 0

  `,
  needs: ['content-type'],
  check(message, report) {
    const field = header(message, 'content-type');
    if (!field || field.value.from === field.value.to || hasBody(message)) return;
    const length = header(message, 'content-length');
    // A length above 0 tells that the body was cut off by who took the trace: content-length-mismatch.
    const isEmpty = length ? /^0+$/.test(slice(message.text, length.value)) : message.blankLine;
    if (isEmpty) report(field.value, 'The message has a Content-Type, but no body.');
  },
  fix: withoutHeader,
};
