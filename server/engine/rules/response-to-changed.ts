import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { answers, partyChange } from '../flow/echo.ts';
import { named } from '../flow/sequence.ts';
import { called, repair } from '../sip/repairs.ts';
import type { CallRule } from './rule.ts';

export const responseToChanged: CallRule = {
  id: 'response-to-changed',
  group: 'transactions',
  scope: 'call',
  title: 'To of a response has another URI or tag than To of the request.',
  spec: 'RFC 3261 §8.2.6.2',
  severity: { strict: 'warning', trace: 'info', ms: 'hint', doc: 'hint' },
  good: `
    INVITE sip:bob@example.org SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: Bob <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 1 INVITE

    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;epid=dceed2edfb;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b;epid=dceed2edfb
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  bad: `
    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=2
    Call-ID: 1@example.org
    CSeq: 2 BYE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=3
                                  ^ The To tag must be that of the request (message 1): “2”; its sender may drop this response as one to somebody else.
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  needs: ['response'],
  check(call, report) {
    for (const { response, request } of answers(call)) {
      const change = partyChange(response, request, 'to');
      if (!change) continue;
      const text = `The To ${change.what} must be that of the request (${named(request)}): ${quote(change.wanted)}; its sender may drop this response as one to somebody else.`;
      report(response, change.at, text, [{ in: request, at: change.wantedAt, text: 'To of the request.' }]);
    }
  },
  fix: ({ message, at, flow, call }) => {
    const pair = answers(call()).find(({ response }) => response.index === flow().index);
    const change = pair && partyChange(pair.response, pair.request, 'to');
    if (!change) return [];
    const edit = change.at.from === at.from ? { ...at, text: change.wanted } : null;
    return edit ? repair(`Replace ${called(slice(message.text, at))} by ${called(change.wanted)}`, [edit]) : [];
  },
};
