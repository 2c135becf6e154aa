import { unraisedRetries } from '../flow/challenges.ts';
import { named, pointTo } from '../flow/sequence.ts';
import { replaced } from '../sip/repairs.ts';
import type { CallRule } from './rule.ts';

export const challengeRetry: CallRule = {
  id: 'challenge-retry',
  group: 'transactions',
  scope: 'call',
  title: 'A request is sent again with credentials, but without a higher CSeq number.',
  spec: 'RFC 3261 §22.2; RFC 3261 §8.1.3.5',
  severity: { strict: 'hint', trace: 'hint', ms: 'hint', doc: 'hint' },
  good: `
    REGISTER sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 1 REGISTER

    SIP/2.0 401 Unauthorized
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>;tag=r
    Call-ID: 1@example.org
    CSeq: 1 REGISTER

    REGISTER sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 2 REGISTER
    Authorization: Digest username="alice"
  `,
  bad: `
    REGISTER sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 1 REGISTER

    SIP/2.0 401 Unauthorized
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>;tag=r
    Call-ID: 1@example.org
    CSeq: 1 REGISTER

    REGISTER sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: 1@example.org
    CSeq: 1 REGISTER
          ^ CSeq must be above 1, which message 1 has: with credentials it is a new request, and the server may answer it with the 401 of before.
    Authorization: Digest username="alice"
  `,
  needs: ['401|407'],
  check(call, report) {
    for (const { request, challenge, retry } of unraisedRetries(call)) {
      if (!retry.cseq || !request.cseq) continue;
      const text = `CSeq must be above ${request.cseq.number}, which ${named(request)} has: with credentials it is a new request, and the server may answer it with the ${challenge.status} of before.`;
      const related = [
        { in: request, at: request.cseq.at.number, text: 'The request that was challenged.' },
        pointTo(challenge, 'The challenge.'),
      ];
      report(retry, retry.cseq.at.number, text, related);
    }
  },
  fix: ({ message, at, flow, call }) => {
    const found = unraisedRetries(call()).find(({ retry }) => retry.index === flow().index);
    return found?.request.cseq ? replaced({ message, at }, `${found.request.cseq.number + 1}`) : [];
  },
};
