import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { answers, partyChange } from '../flow/echo.ts';
import { named } from '../flow/sequence.ts';
import { called, repair } from '../sip/repairs.ts';
import type { CallRule } from './rule.ts';

export const responseFromChanged: CallRule = {
  id: 'response-from-changed',
  group: 'transactions',
  scope: 'call',
  title: 'From of a response has another URI or tag than From of the request.',
  spec: 'RFC 3261 §8.2.6.2',
  severity: { strict: 'warning', trace: 'info', ms: 'hint', doc: 'hint' },
  good: `
    BYE sip:focus@example.org SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=58b76ebb1c;epid=bd4bd366c2
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=3C150080
    Call-ID: 1@example.org
    CSeq: 2 BYE

    SIP/2.0 200 OK
    Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1
    From: "Alice"<sip:alice@EXAMPLE.org>;epid=bd4bd366c2;tag=58b76ebb1c
    To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=3C150080
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  bad: `
    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:+15551234@192.0.2.5>;tag=a
           ^^^^^^^^^^^^^^^^^^^^^^^ The From URI must be that of the request (message 1): “sip:alice@example.org”; its sender may drop this response as one to somebody else.
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=1
    To: <sip:bob@example.org>;tag=b
    Call-ID: 2@example.org
    CSeq: 2 BYE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=7
                                      ^ The From tag must be that of the request (message 3): “1”; its sender may drop this response as one to somebody else.
    To: <sip:bob@example.org>;tag=b
    Call-ID: 2@example.org
    CSeq: 2 BYE
  `,
  needs: ['response'],
  check(call, report) {
    for (const { response, request } of answers(call)) {
      const change = partyChange(response, request, 'from');
      if (!change) continue;
      const text = `The From ${change.what} must be that of the request (${named(request)}): ${quote(change.wanted)}; its sender may drop this response as one to somebody else.`;
      report(response, change.at, text, [{ in: request, at: change.wantedAt, text: 'From of the request.' }]);
    }
  },
  fix: ({ message, at, flow, call }) => {
    const pair = answers(call()).find(({ response }) => response.index === flow().index);
    const change = pair && partyChange(pair.response, pair.request, 'from');
    if (!change) return [];
    const edit = change.at.from === at.from ? { ...at, text: change.wanted } : null;
    return edit ? repair(`Replace ${called(slice(message.text, at))} by ${called(change.wanted)}`, [edit]) : [];
  },
};
