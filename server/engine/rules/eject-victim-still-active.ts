import { headOf, named } from '../flow/sequence.ts';
import { isRemoval, notifiedAfterEnd } from '../flow/subscriptionEnds.ts';
import { header } from '../sip/message.ts';
import type { CallRule } from './rule.ts';

export const ejectVictimStillActive: CallRule = {
  id: 'eject-victim-still-active',
  group: 'conferences',
  scope: 'call',
  title: 'A user who was removed from a conference still gets notifications of it.',
  spec: 'MS-CONFIM §4.3.1; RFC 6665 §4.4.1',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'info' },
  good: `
    BENOTIFY sip:carol@192.0.2.3 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:carol@example.org>;tag=c
    Call-ID: 3@example.org
    CSeq: 3 BENOTIFY
    Event: conference
    Subscription-State: terminated;expires=0;reason=ParticipantRemoved

    SUBSCRIBE sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
    From: <sip:carol@example.org>;tag=c
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    Call-ID: 3@example.org
    CSeq: 9 SUBSCRIBE
    Event: conference

    BENOTIFY sip:carol@192.0.2.3 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:carol@example.org>;tag=c
    Call-ID: 3@example.org
    CSeq: 10 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
  `,
  bad: `
    BENOTIFY sip:carol@192.0.2.3 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:carol@example.org>;tag=c
    Call-ID: 3@example.org
    CSeq: 3 BENOTIFY
    Event: conference
    Subscription-State: terminated;expires=0;reason=ParticipantRemoved

    BENOTIFY sip:carol@192.0.2.3 SIP/2.0
    From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
    To: <sip:carol@example.org>;tag=c
    Call-ID: 3@example.org
    CSeq: 4 BENOTIFY
    Event: conference
    Subscription-State: active;expires=3600
                        ^^^^^^^^^^^^^^^^^^^ This user was removed with message 1: nothing more is to be told without a new SUBSCRIBE.
  `,
  needs: ['subscription-state'],
  check(call, report) {
    for (const { message, end } of notifiedAfterEnd(call)) {
      if (!isRemoval(end)) continue;
      const at = header(message.message, 'subscription-state')?.value ?? headOf(message);
      const text = `This user was removed with ${named(end)}: nothing more is to be told without a new SUBSCRIBE.`;
      report(message, at, text, [{ in: end, at: headOf(end), text: 'The user is removed.' }]);
    }
  },
};
