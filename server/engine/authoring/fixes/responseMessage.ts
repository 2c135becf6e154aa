import { callMembers } from '../../answers.ts';
import { octets, slice } from '../../base/text.ts';
import { header, headers, headerValue, type SipMessage, type SipRequest, unfold } from '../../sip/message.ts';
import { branchOf, token, tokenOf } from '../../sip/soundValues.ts';
import { address, parseCSeq, parseUri, tagOf, vias } from '../../sip/values.ts';
import type { Source } from '../source.ts';

/**
 * The message that brings the response to a CCCP request: a request of the other side's own within the dialog of an INFO, the 200 to a
 * SERVICE or INVITE (MS-CONFBAS §3.1.4).
 * @param body with the line ends that the message is to have
 */
export function responseMessage(source: Source, index: number, request: SipRequest, body: string): string {
  const head = request.method === 'INFO' ? ownRequest(source, index, request) : accepted(request);
  const length = octets(body, 0, body.length);
  const lineEnd = body.includes('\r\n') ? '\r\n' : '\n';
  return [...head, 'Content-Type: application/cccp+xml', `Content-Length: ${length}`, '', body].join(lineEnd);
}

function ownRequest(source: Source, index: number, request: SipRequest): string[] {
  const [from, to] = [rowOf(request, 'to'), rowOf(request, 'from')];
  const transport = vias(request)[0]?.transport || 'TLS';
  return [
    `INFO ${target(source, index, request)} SIP/2.0`,
    `Via: SIP/2.0/${transport} ${hostOf(request)};branch=${branchOf(request)}`,
    'Max-Forwards: 70',
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${rowOf(request, 'call-id')}`,
    `CSeq: ${nextCSeq(source, index, request)} INFO`,
  ];
}

function accepted(request: SipRequest): string[] {
  const to = rowOf(request, 'to');
  const contact = request.method === 'INVITE' ? [`Contact: <${uriOf(request, 'to')}>`] : [];
  return [
    'SIP/2.0 200 OK',
    ...headers(request, 'via').map(({ value }) => `Via: ${unfold(slice(request.text, value))}`),
    ...headers(request, 'record-route').map(({ value }) => `Record-Route: ${unfold(slice(request.text, value))}`),
    `From: ${rowOf(request, 'from')}`,
    `To: ${tagOf(request, 'to') ? to : `${to};tag=${tokenOf(request, 'to')}`}`,
    `Call-ID: ${rowOf(request, 'call-id')}`,
    `CSeq: ${rowOf(request, 'cseq')}`,
    ...contact,
  ];
}

function rowOf(message: SipMessage, id: string): string {
  return headerValue(message, id) ?? token(id);
}

function uriOf(message: SipMessage, id: string): string {
  const at = address(message, id)?.uri;
  return at ? slice(message.text, at) : 'sip:anonymous@anonymous.invalid';
}

/** Where the sender is reached: as its Contact says, here or where the dialog began. */
function target({ reading }: Source, index: number, request: SipRequest): string {
  const own = [index, ...callMembers(reading, index)].map((one) => reading.trace.message(one));
  const tag = tagOf(request, 'from');
  const known = own.find((one) => one.kind === 'request' && tagOf(one, 'from') === tag && header(one, 'contact'));
  return uriOf(known ?? request, known ? 'contact' : 'from');
}

function hostOf(request: SipRequest): string {
  const at = address(request, 'to')?.uri;
  return (at && slice(request.text, parseUri(request.text, at).host)) || 'server.invalid';
}

/** One more than the last number of the other side (RFC 3261 §12.2.1.1). */
function nextCSeq({ reading }: Source, index: number, request: SipRequest): number {
  const tag = tagOf(request, 'to');
  let last = 0;
  for (const one of callMembers(reading, index)) {
    const message = reading.trace.message(one);
    if (message.kind === 'request' && tag && tagOf(message, 'from') === tag)
      last = Math.max(last, parseCSeq(message)?.number ?? 0);
  }
  return last + 1;
}
