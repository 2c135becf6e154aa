import type { Span } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { reliableResponses } from '../flow/reliable.ts';
import { headOf, isRequest, named, pointTo, sentMessages } from '../flow/sequence.ts';
import { header } from '../sip/message.ts';
import { isExcerpt } from '../sip/presence.ts';
import { hasOption } from '../sip/values.ts';

const OFFERS = ['supported', 'require'];

import type { CallRule } from './rule.ts';

export const reliableNotSupported: CallRule = {
  id: '100rel-not-supported',
  group: 'transactions',
  scope: 'call',
  title: 'Reliable provisional responses are used with somebody who did not offer them.',
  spec: 'RFC 3262 §3; RFC 3262 §4',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Max-Forwards: 70
    Supported: 100rel

    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Require: 100rel
    RSeq: 1

    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK2
    From: <sip:carol@example.org>;tag=c
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 2 INVITE
    Max-Forwards: 70
    Require: 100rel

    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK2
    From: <sip:carol@example.org>;tag=c
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 INVITE
    Require: 100rel
    RSeq: 1
  `,
  bad: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Max-Forwards: 70

    SIP/2.0 183 Session Progress
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE
    Require: 100rel
             ^^^^^^ The INVITE (message 1) has 100rel neither in Supported nor in Require: its sender will send no PRACK, and this 183 is sent again and again.
    RSeq: 1

    OPTIONS sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 2 OPTIONS
    Max-Forwards: 70
    Require: 100rel
             ^^^^^^ Only an INVITE may require 100rel: OPTIONS gets no provisional response that could be acknowledged.
  `,
  needs: ['require'],
  check(call, report) {
    for (const { response, invite } of reliableResponses(call)) {
      if (isExcerpt(invite.message) || OFFERS.some((id) => hasOption(invite.message, id, '100rel'))) continue;
      const text = `The INVITE (${named(invite)}) has 100rel neither in Supported nor in Require: its sender will send no PRACK, and this ${response.status} is sent again and again.`;
      report(response, requireAt(response), text, [pointTo(invite, 'The INVITE.')]);
    }
    for (const request of sentMessages(call)) {
      if (!isRequest(request) || request.method === 'INVITE' || !hasOption(request.message, 'require', '100rel'))
        continue;
      const text = `Only an INVITE may require 100rel: ${request.method} gets no provisional response that could be acknowledged.`;
      report(request, requireAt(request), text);
    }
  },
};

function requireAt(message: FlowMessage): Span {
  return header(message.message, 'require')?.value ?? headOf(message);
}
