import type { SipRequest } from '../sip/message.ts';
import { header, headerValue } from '../sip/message.ts';
import { address } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

const PARTICIPANT_REMOVED = '3118';

export const ejectReason: CallRule = {
  id: 'eject-reason',
  group: 'conferences',
  scope: 'call',
  title: 'An ejected user is told without a diagnostic or without the reason ParticipantRemoved.',
  spec: 'MS-CONFIM §4.3.1',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    BENOTIFY sip:carol@192.0.2.3 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:carol@example.org>;tag=c
    Call-ID: 3@example.org
    CSeq: 3 BENOTIFY
    Event: conference
    Subscription-State: terminated;expires=0;reason=ParticipantRemoved
    ms-diagnostics-public: 3118;reason="Participant Removed"

    BYE sip:carol@192.0.2.3 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:carol@example.org>;tag=c
    Call-ID: 4@example.org
    CSeq: 2 BYE
    Reason: SIP;cause=481;text="Participant Removed"
    ms-diagnostics-public: 3118;reason="Participant Removed"

    BYE sip:carol@192.0.2.3 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:chat:id:7E>;tag=m
    To: <sip:carol@example.org>;tag=c
    Call-ID: 6@example.org
    CSeq: 2 BYE

    BENOTIFY sip:carol@192.0.2.3 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:carol@example.org>;tag=c
    Call-ID: 5@example.org
    CSeq: 3 BENOTIFY
    Event: conference
    Subscription-State: terminated;expires=0;reason=timeout
  `,
  bad: `
    BENOTIFY sip:carol@192.0.2.3 SIP/2.0
    ^^^^^^^^ The user is removed, but no ms-diagnostics-public with 3118 says so: the client cannot tell the user why.
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:carol@example.org>;tag=c
    Call-ID: 3@example.org
    CSeq: 3 BENOTIFY
    Event: conference
    Subscription-State: terminated;expires=0;reason=ParticipantRemoved

    BENOTIFY sip:carol@192.0.2.3 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:carol@example.org>;tag=c
    Call-ID: 4@example.org
    CSeq: 3 BENOTIFY
    Event: conference
    Subscription-State: terminated;expires=0
                        ^^^^^^^^^^^^^^^^^^^^ The diagnostic 3118 says that the user was removed; reason=ParticipantRemoved is missing here, and the client may take the end for a fault.
    ms-diagnostics-public: 3118;reason="Participant Removed"
  `,
  needs: ['reason|subscription-state'],
  check(call, report) {
    for (const where of call.messages) {
      const { message } = where;
      if (message.kind !== 'request' || where.retransmissionOf) continue;
      const diagnostic = diagnosticOf(message);
      const state = header(message, 'subscription-state');
      if (isRemoval(message) && diagnostic === undefined) {
        report(
          where,
          message.at.method,
          'The user is removed, but no ms-diagnostics-public with 3118 says so: the client cannot tell the user why.',
        );
      } else if (state && isEnd(message) && diagnostic === PARTICIPANT_REMOVED && !isRemoval(message)) {
        const text =
          'The diagnostic 3118 says that the user was removed; reason=ParticipantRemoved is missing here, and the client may take the end for a fault.';
        report(where, state.value, text);
      }
    }
  },
};

/** The error id, or undefined where there is no such header. */
function diagnosticOf(message: SipRequest): string | undefined {
  const value = headerValue(message, 'ms-diagnostics-public') ?? headerValue(message, 'ms-diagnostics');
  return value?.split(';')[0]?.trim();
}

/** What says so by itself: the reason of the subscription's end, or the focus' text in a BYE; MCUs give none. */
function isRemoval(message: SipRequest): boolean {
  if (isEnd(message))
    return /;\s*reason\s*=\s*"?ParticipantRemoved\b/i.test(headerValue(message, 'subscription-state') ?? '');
  if (message.method !== 'BYE' || !/text\s*=\s*"Participant Removed"/i.test(headerValue(message, 'reason') ?? ''))
    return false;
  const from = address(message, 'from')?.uri;
  return from !== undefined && /;opaque=app:conf:focus:/i.test(message.text.slice(from.from, from.to));
}

function isEnd(message: SipRequest): boolean {
  if (message.method !== 'BENOTIFY' && message.method !== 'NOTIFY') return false;
  if (!/^conference\b/i.test(headerValue(message, 'event') ?? '')) return false;
  return /^terminated\b/i.test(headerValue(message, 'subscription-state') ?? '');
}
