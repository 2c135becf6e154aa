import type { Repair } from '../base/repair.ts';
import { slice } from '../base/text.ts';
import { pointTo } from '../flow/sequence.ts';
import { header, type SipMessage } from '../sip/message.ts';
import { lacks } from '../sip/presence.ts';
import { withHeader } from '../sip/repairs.ts';
import { listValues } from '../sip/values.ts';
import type { CallRule, Reported } from './rule.ts';

/** What a response must say so that the sender can do better. */
const NEEDED: Readonly<Record<number, readonly [header: string, meaning: string]>> = {
  405: ['Allow', 'the methods that would do'],
  420: ['Unsupported', 'the extensions that are not supported'],
  421: ['Require', 'the extensions that are needed'],
  422: ['Min-SE', 'the shortest session interval that would do'],
  423: ['Min-Expires', 'the shortest expiry that would do'],
  424: ['Geolocation-Error', 'what is wrong with the location'],
  469: ['Recv-Info', 'the Info packages that would do'],
  489: ['Allow-Events', 'the events that would do'],
  494: ['Security-Server', 'the security mechanisms that would do'],
};

export const responseHeaderMissing: CallRule = {
  id: 'response-header-missing',
  group: 'header-presence',
  scope: 'call',
  title: 'An error response lacks the header that says what would have been right.',
  spec: 'RFC 3261 §21.4; RFC 4028 §6; RFC 6665 §8.3.2; RFC 3329 §2.3; RFC 6086 §4.2.2; RFC 6442 §4.3',
  severity: { strict: 'error', trace: 'warning', ms: 'warning', doc: 'info' },
  good: `
    INFO sip:bob@192.0.2.4 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 2 INFO
    Content-Type: application/dtmf-relay
    Content-Length: 0

    SIP/2.0 469 Bad Info Package
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 2 INFO
    Content-Length: 0

    SIP/2.0 489 Bad Event
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhdt
    From: <sip:alice@example.org>;tag=1928301774
    To: <sip:bob@example.org>;tag=a6c85cf
    Call-ID: a84b4c76e66710
    CSeq: 3 SUBSCRIBE
    u: presence, dialog
    Content-Length: 0
  `,
  bad: `
    SIP/2.0 423 Interval Too Brief
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 423 has no Min-Expires, which gives the shortest expiry that would do.
    Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKnashds7
    From: <sip:bob@example.org>;tag=456248
    To: <sip:bob@example.org>;tag=2493k59kd
    Call-ID: 843817637684230
    CSeq: 1826 REGISTER
    Expires: 60
    Content-Length: 0
  `,
  needs: ['response'],
  check(call, report) {
    for (const where of call.messages) {
      const [name, meaning] = NEEDED[where.status] ?? [];
      if (!name || where.retransmissionOf || !lacks(where.message, name.toLowerCase())) continue;
      if (where.status === 469 && where.respondsTo && !header(where.respondsTo.message, 'info-package')) continue; // INFO of before packages
      const related = where.respondsTo ? [pointTo(where.respondsTo, 'The request.')] : [];
      report(where, where.message.startLine, `${where.status} has no ${name}, which gives ${meaning}.`, related);
    }
  },
  fix: mended,
};

/** Where something sound can be said: the usual least times, and what the call itself tells of extensions and methods. */
function mended(reported: Reported): readonly Repair[] {
  const { message } = reported;
  const status = message.kind === 'response' ? message.status : 0;
  const name = NEEDED[status]?.[0];
  const request = reported.flow().respondsTo?.message;
  const listed = (from: SipMessage | undefined, id: string) =>
    from ? listValues(from, id).map((value) => slice(from.text, value)) : [];
  const values: Readonly<Record<number, string>> = {
    405: ['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS'].filter((method) => method !== reported.flow().method).join(', '),
    420: [...listed(request, 'require'), ...listed(request, 'proxy-require')].join(', '),
    422: '90',
    423: '3600',
  };
  const value = values[status];
  return name && value ? withHeader(reported, name, value) : [];
}
