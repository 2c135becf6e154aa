import { quote } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import type { FlowMessage } from '../flow/call.ts';
import { answers } from '../flow/echo.ts';
import { named } from '../flow/sequence.ts';
import { lineBreakOf, removeHeader } from '../sip/edits.ts';
import { headers, unfold } from '../sip/message.ts';
import { repair } from '../sip/repairs.ts';
import { paramValue, type Via } from '../sip/values.ts';
import type { CallRule } from './rule.ts';

export const responseViaMismatch: CallRule = {
  id: 'response-via-mismatch',
  group: 'transactions',
  scope: 'call',
  title: 'A response does not bring back the Via list of its request.',
  spec: 'RFC 3261 §8.2.6.2; RFC 3261 §18.2',
  severity: { strict: 'warning', trace: 'info', ms: 'info', doc: 'hint' },
  good: `
    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/TLS 192.0.2.5:5061;branch=z9hG4bK2
    Via: SIP/2.0/TLS 192.0.2.1;rport;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    SIP/2.0 200 OK
    Via: SIP/2.0/tls 192.0.2.5;branch=z9hG4bK2;received=192.0.2.5, SIP/2.0/TLS 192.0.2.1;ms-received-cid=200;branch=z9hG4bK1;rport=4711
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  bad: `
    BYE sip:bob@192.0.2.9 SIP/2.0
    Via: SIP/2.0/UDP 192.0.2.5;branch=z9hG4bK2
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE

    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.0.2.5;branch=z9hG4bK2
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The last Via must be that of the request (message 1): “SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1”; with another one it does not find its way back.
    From: <sip:alice@example.org>;tag=a
    To: <sip:bob@example.org>;tag=b
    Call-ID: 1@example.org
    CSeq: 2 BYE
  `,
  needs: ['response'],
  check(call, report) {
    for (const { response, request } of answers(call)) {
      const pair = firstDifference(response, request);
      if (!pair) continue;
      const wanted = slice(request.message.text, pair.wanted);
      const text = `The ${pair.place} must be that of the request (${named(request)}): ${quote(wanted)}; with another one it does not find its way back.`;
      report(response, pair.found, text, [{ in: request, at: pair.wanted, text: 'The Via of the request.' }]);
    }
  },
  fix: ({ message, flow, call }) => {
    const pair = answers(call()).find(({ response }) => response.index === flow().index);
    const rows = pair
      ? headers(pair.request.message, 'via').map(({ value }) => slice(pair.request.message.text, value))
      : [];
    const [first, ...others] = headers(message, 'via');
    if (!first || !rows.length) return [];
    const text = rows.map(unfold).join(`${lineBreakOf(message)}Via: `);
    const edits = [{ ...first.value, text }, ...others.map((row) => removeHeader(message, row))];
    return repair('Copy Via from the request', edits);
  },
};

/** Compared from the bottom up: a capture on another hop has more or fewer Vias on top. */
function firstDifference(response: FlowMessage, request: FlowMessage) {
  const length = Math.min(response.vias.length, request.vias.length);
  for (let back = 1; back <= length; back++) {
    const found = response.vias.at(-back)!;
    const wanted = request.vias.at(-back)!;
    const readable = found.transport && wanted.transport;
    if (readable && hop(response, found) !== hop(request, wanted)) {
      const place = back === 1 ? 'last Via' : `Via number ${response.vias.length - back + 1}`;
      return { found, wanted, place: response.vias.length === 1 && request.vias.length === 1 ? 'Via' : place };
    }
  }
  return null;
}

/** What of a Via must come back unchanged; `received`, `rport` and Microsoft's like are added on the way (§18.2.1). */
function hop({ message: { text } }: FlowMessage, via: Via): string {
  const port = via.port ? slice(text, via.port) : via.transport.startsWith('TLS') ? '5061' : '5060';
  const branch = paramValue(text, via.params, 'branch') ?? '';
  return [via.transport, slice(text, via.host), port, branch].join(' ').toLowerCase();
}
