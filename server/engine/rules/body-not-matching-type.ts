import { quote } from '../base/quote.ts';
import { type Span, search, slice, trimmed } from '../base/text.ts';
import { isXmlType } from '../flow/bodies.ts';
import { fits, lengthAt, measureBody } from '../sip/contentLength.ts';
import type { SipMessage } from '../sip/message.ts';
import { type BodyPart, bodyParts } from '../sip/multipart.ts';
import { isElided, isPlaceholder, isPlaceholderBody } from '../sip/placeholder.ts';
import { contentTypeFacts } from '../sip/registry.ts';
import { beginsLikeSdp } from '../sip/sdp.ts';
import type { MessageRule } from './rule.ts';
import { isReferNotification } from './sipfrag-status-line.ts';

/** What a message, or a piece of one, begins with (RFC 3420 §2): a start line or a header. */
const SIP_LINE = /^(?:SIP\/\d|[^\s:]+[ \t]+\S+[ \t]+SIP\/\d|[^\s:]+[ \t]*:)/i;
/** What begins bodies, and no sentence of the page that a message stands on. */
const OTHER = /^(?:[{[<]|--\S|v=0|\0)/;
/** So much of a body tells what it is. */
const BEGINNING = 200;

export const bodyNotMatchingType: MessageRule = {
  id: 'body-not-matching-type',
  group: 'bodies',
  scope: 'message',
  title: 'The body is not what its Content-Type says.',
  spec: 'RFC 3261 §20.15; RFC 8866 §5; RFC 3420 §2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: multipart/mixed;boundary=b1

    --b1
    Content-Type: application/sdp

    v=0
    o=alice 1 1 IN IP4 192.0.2.1
    s=-
    t=0 0
    --b1
    Content-Type: application/pidf+xml

    [PIDF document]
    --b1
    Content-Type: message/sipfrag

    Subject: a piece of a message
    --b1
    Content-Type: application/sdp
    Content-Encoding: gzip

    (what only a machine can read)
    --b1--
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Content-Type: application/sdp

    {"audio": {"port": 4000}}
    ^^^^^^^^^^^^^^^^^^^^^^^^^ The body is no application/sdp: it must begin with v=0, not with “{"audio": {"port": 4000}}”. The receiver cannot read it.
  `,
  needs: ['body'],
  check(message, report) {
    if (isReferNotification(message)) return; // sipfrag-status-line
    for (const part of bodyParts(message)) {
      const wanted = mismatch(message.text, part);
      if (!wanted || isUnreadable(message.text, part) || !isSure(message, part)) continue;
      const at = firstLine(message.text, part.body);
      const found = wanted.told ? `, not with ${quote(slice(message.text, at))}` : '';
      report(at, `The body is no ${part.type}: it must ${wanted.must}${found}. The receiver cannot read it.`);
    }
  },
};

interface Mismatch {
  readonly must: string;
  /** What stands there instead is to be quoted. */
  readonly told: boolean;
}

function mismatch(text: string, { type, body }: BodyPart): Mismatch | null {
  const core = trimmed(text, body.from, body.to);
  if (contentTypeFacts(type)?.kind === 'sdp')
    return beginsLikeSdp(text, body) ? null : { must: 'begin with v=0', told: true };
  if (isXmlType(type))
    return search(text, 60, core.from, core.to) < core.to ? null : { must: 'begin with <', told: true };
  if (type === 'message/sipfrag')
    return SIP_LINE.test(firstWords(text, body)) || /^\r?\n/.test(text.slice(body.from, body.from + 2))
      ? null
      : { must: 'begin with a start line or a header of SIP', told: true };
  const isText = type.startsWith('text/');
  return isText && search(text, 0, core.from, core.to) < core.to
    ? { must: 'be text, without NUL characters', told: false }
    : null;
}

/** Whether it is a body: what stands behind a message on a page may be a sentence. */
function isSure(message: SipMessage, { type, body }: BodyPart): boolean {
  return isXmlType(type) || OTHER.test(firstWords(message.text, body)) || isExact(message);
}

/** The body ends where its Content-Length says: no text that stands behind the message was taken for one. */
function isExact(message: SipMessage): boolean {
  const at = lengthAt(message);
  const { text, body } = message;
  const isCutInLine = !/[\r\n]/.test(text.slice(body.to - 1, body.to + 1)) && body.to < text.length;
  return at !== null && !isCutInLine && fits(Number(slice(text, at)), measureBody(text, body));
}

function firstWords(text: string, body: Span): string {
  const core = trimmed(text, body.from, body.to);
  return text.slice(core.from, Math.min(core.to, core.from + BEGINNING));
}

/** It is coded, only told of, or was no text at all. */
function isUnreadable(text: string, { body, encoded }: BodyPart): boolean {
  const head = { from: body.from, to: Math.min(body.to, body.from + BEGINNING) };
  const isToldOf = isPlaceholderBody(text, body) || isPlaceholder(slice(text, firstLine(text, body)));
  return encoded || isToldOf || isElided(text, head) || slice(text, head).includes('\uFFFD');
}

function firstLine(text: string, body: Span): Span {
  const core = trimmed(text, body.from, body.to);
  const end = Math.min(search(text, 10, core.from, core.to), search(text, 13, core.from, core.to));
  return trimmed(text, core.from, end);
}
