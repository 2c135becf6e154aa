import { quote } from '../base/quote.ts';
import { slice, type TextEdit } from '../base/text.ts';
import { type MessageUri, newSipUris, soundUris } from '../sip/addresses.ts';
import { insertHeader, removeParam } from '../sip/edits.ts';
import { header, headerName, type SipMessage } from '../sip/message.ts';
import { headerFacts } from '../sip/registry.ts';
import { repair } from '../sip/repairs.ts';
import { type UriHeader, unescaped, uriHeaders } from '../sip/uriHeaders.ts';
import { methodOf, param } from '../sip/values.ts';
import type { MessageRule } from './rule.ts';

/** Requests whose Contact, and that of the response, is the target of a dialog. */
const DIALOG = ['INVITE', 'SUBSCRIBE', 'NOTIFY', 'REFER', 'UPDATE'];
/** Header fields that do no harm when they come from a link (RFC 3261 §19.1.5). */
const HARMLESS = [
  'subject',
  'priority',
  'organization',
  'in-reply-to',
  'reply-to',
  'accept-language',
  'call-info',
  'replaces',
  'join',
];

export const uriHeadersInRequest: MessageRule = {
  id: 'uri-headers-in-request',
  group: 'uris',
  scope: 'message',
  title:
    'A Request-URI, To, From or the Contact of a dialog holds header fields or a method, which have no meaning there.',
  spec: 'RFC 3261 §19.1.1; RFC 4475 §3.1.2.11',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  // A REGISTER, a redirection and a REFER may tell what the request to come is to be like.
  good: `
    REGISTER sip:example.com SIP/2.0
    To: <sip:who?@example.com>
    From: <sip:user@example.com>;tag=8;method=x
    Contact: <sip:user@example.com?Route=%3Csip:sip.example.com%3E>, <sip:user@192.0.2.1;method=MESSAGE>
    Refer-To: <sip:carol@example.org;method=INVITE?Replaces=12345%40192.0.2.1%3Bto-tag%3D1>
  `,
  bad: `
    INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Header fields such as “?Route=%3Csip:example.com%3E” have no meaning in a Request-URI; they belong in the message itself.
    To: <sip:bob@example.org;method=INVITE>
                             ^^^^^^^^^^^^^ The parameter method has no meaning in the URI of To.
    Contact: <sip:alice@192.0.2.1?Subject=x>
                                 ^^^^^^^^^^ Header fields such as “?Subject=x” have no meaning in the URI of Contact; they belong in the message itself.
  `,
  reads: { each: ['start-line', 'from', 'to'], having: ';?', form: true, outline: ['contact', 'cseq'] },
  check(message, report, context) {
    for (const { field, uri } of newSipUris(message, context)) {
      const place = placeOf(message, field);
      const method = param(uri.params, 'method');
      if (place && method) report(method, `The parameter method has no meaning in ${place}.`);
      if (!place || !uri.headers) continue;
      const at = { from: uri.headers.from - 1, to: uri.headers.to };
      report(
        at,
        `Header fields such as ${quote(slice(message.text, at))} have no meaning in ${place}; they belong in the message itself.`,
      );
    }
  },
  fix: ({ message, at }) => {
    const isMethod = message.text[at.from] !== '?';
    if (isMethod) return repair('Delete the method', [removeParam(message.text, at)]);
    const entries = soundUris(message)
      .filter(({ uri }) => uri.headers?.from === at.from + 1)
      .flatMap(({ uri }) => uriHeaders(message.text, uri));
    const removal = { ...at, text: '' };
    const rows = entries.flatMap((entry) => rowFor(message, entry));
    const moved = repair('Move the header fields into the message', [removal, ...rows]);
    return [
      ...(rows.length === entries.length ? moved : []),
      ...repair('Delete the header fields', [removal], 'possible'),
    ];
  },
};

/** How to name the place of a URI that may hold neither; undefined for the others. */
function placeOf(message: SipMessage, field: MessageUri['field']): string | undefined {
  if (!field) return 'a Request-URI';
  const isTarget = field.id === 'contact' && DIALOG.includes(methodOf(message)) && !isRedirection(message);
  if (field.id !== 'to' && field.id !== 'from' && !isTarget) return undefined;
  return `the URI of ${headerName(message, field)}`;
}

function isRedirection(message: SipMessage): boolean {
  return message.kind === 'response' && message.status >= 300;
}

/** The row for a header field of the URI; none for what the message has already, or what a URI may not decide (RFC 3261 §19.1.5). */
function rowFor(message: SipMessage, { name, value }: UriHeader): TextEdit[] {
  const facts = headerFacts(name);
  const written = value ? unescaped(slice(message.text, value)) : '';
  const isMovable = facts && HARMLESS.includes(name) && !header(message, name) && /^[^\x00-\x1f\x7f]+$/.test(written);
  return isMovable ? [insertHeader(message, facts.name, written)] : [];
}
