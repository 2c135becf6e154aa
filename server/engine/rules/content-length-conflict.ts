import { slice } from '../base/text.ts';
import { bodyLength, fits, measureBody } from '../sip/contentLength.ts';
import { removeHeader } from '../sip/edits.ts';
import { headers, type SipMessage } from '../sip/message.ts';
import { repair } from '../sip/repairs.ts';
import type { MessageRule } from './rule.ts';

export const contentLengthConflict: MessageRule = {
  id: 'content-length-conflict',
  group: 'header-count',
  scope: 'message',
  title: 'Two Content-Length rows give different lengths, so that readers may disagree on where the message ends.',
  spec: 'RFC 3261 §20.14; RFC 3261 §18.3',
  severity: { strict: 'error', trace: 'error', ms: 'error', doc: 'warning' },
  good: `
    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    l: 0
    Content-Length: 00
  `,
  bad: `
    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    Content-Length: 0
    l: 12
       ^^ Content-Length is 12 here, but 0 in an earlier row.
  `,
  reads: { outline: ['content-length'] },
  check(message, report) {
    const rows = headers(message, 'content-length').filter((row) => /^\d+$/.test(slice(message.text, row.value)));
    const lengths = rows.map((row) => slice(message.text, row.value).replace(/^0+(?=\d)/, ''));
    const at = lengths.findIndex((length) => length !== lengths[0]);
    const row = rows[at];
    if (row) report(row.value, `Content-Length is ${lengths[at]} here, but ${lengths[0]} in an earlier row.`);
  },
  fix: ({ message }) => {
    const [first, ...others] = headers(message, 'content-length');
    if (!first) return [];
    const fitting = [first, ...others]
      .map(({ value }) => slice(message.text, value))
      .find((length) => isFitting(message, length));
    const text = fitting ?? String(bodyLength(message));
    const edits = [{ ...first.value, text }, ...others.map((row) => removeHeader(message, row))];
    return repair(`Keep 'Content-Length: ${text}' alone`, edits);
  },
};

function isFitting(message: SipMessage, length: string): boolean {
  return /^\d+$/.test(length) && fits(Number(length), measureBody(message.text, message.body));
}
