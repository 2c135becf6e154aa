import { type Span, slice } from '../base/text.ts';
import { headerValue } from '../sip/message.ts';
import { type SdpMedium, type SessionDescription, sessionDescriptions } from '../sip/sdp.ts';
import type { Call, FlowMessage } from './call.ts';
import { acceptances } from './invites.ts';
import { named, sentMessages } from './sequence.ts';

/** A session description in the message that carries it. */
export interface Described {
  readonly sent: FlowMessage;
  readonly description: SessionDescription;
}

/** An answer with other media than its offer. */
export interface MismatchedAnswer {
  readonly offer: Described;
  readonly answer: Described;
  /** The medium of the answer that is wrong, or behind which others are missing. */
  readonly at: Span;
  /** What is wrong, in a sentence. */
  readonly text: string;
  /** The answer has the first media of the offer, and no others. */
  readonly fewer: boolean;
}

/** Methods whose requests carry an offer that their responses answer (RFC 3261 §13.2.1; RFC 3262 §5; RFC 3311 §5). */
const OFFERING = new Set(['INVITE', 'UPDATE', 'PRACK']);

/** The answers whose media are not those of the offer, each dialog's first for an offer (RFC 3264 §6). */
export function mismatchedAnswers(call: Call): MismatchedAnswer[] {
  const seen = new Set<string>();
  return answered(call).flatMap(({ request, response }) => {
    const key = `${request.cseq?.number} ${request.fromTag} ${response.toTag}`;
    const found = seen.has(key) ? null : mismatch(request, response);
    if (found) seen.add(key);
    return found ? [found] : [];
  });
}

/** Each message with an offer, and each message that answers it; nobody can tell which is which where both sides describe more than one session. */
function answered(call: Call): { request: FlowMessage; response: FlowMessage }[] {
  const pairs: { request: FlowMessage; response: FlowMessage }[] = [];
  for (const response of sentMessages(call)) {
    const { respondsTo: request, status } = response;
    if (request && status < 300 && OFFERING.has(request.method) && has(request)) pairs.push({ request, response });
  }
  // An INVITE without an offer gets one in the 2xx, which the ACK answers.
  for (const { response, invite, ack } of acceptances(call))
    if (ack && !has(invite) && !invite.responses.some((one) => one.status < 200 && has(one)))
      pairs.push({ request: response, response: ack });
  return pairs;
}

function has({ message }: FlowMessage): boolean {
  return sessionDescriptions(message).length > 0;
}

function mismatch(offerer: FlowMessage, answerer: FlowMessage): MismatchedAnswer | null {
  const [answer, ...others] = sessionDescriptions(answerer.message);
  const offers = sessionDescriptions(offerer.message);
  if (!answer?.whole || others.length > 0 || isEarlyOnly(answerer) || isEarlyOnly(offerer)) return null;
  const found = offers.map((offer) => difference(offerer, { offer, answer }));
  const first = found[0];
  // Of two alternatives one is answered, nobody says which.
  if (!first || found.some((one) => one === null) || offers.some(({ whole }) => !whole)) return null;
  const [offer] = offers;
  return {
    offer: { sent: offerer, description: offer! },
    answer: { sent: answerer, description: answer },
    ...first,
  };
}

/** A session of its own before the call is accepted (RFC 3959). */
function isEarlyOnly({ message }: FlowMessage): boolean {
  return /early-session/i.test(headerValue(message, 'content-disposition') ?? '');
}

function difference(
  offerer: FlowMessage,
  { offer, answer }: { offer: SessionDescription; answer: SessionDescription },
): Pick<MismatchedAnswer, 'at' | 'text' | 'fewer'> | null {
  const wanted = offer.media.map((medium) => mediaOf(offer.text, medium));
  const given = answer.media.map((medium) => mediaOf(answer.text, medium));
  const other = given.findIndex((one, at) => at < wanted.length && one !== wanted[at]);
  const where = `The offer (${named(offerer)})`;
  if (other >= 0) {
    const medium = answer.media[other]!;
    const text = `${where} has ${wanted[other]} as medium ${other + 1}, this answer ${given[other]}: they must be in the same order.`;
    return { at: medium.media ?? medium.line, text, fewer: false };
  }
  if (given.length === wanted.length) return null;
  const fewer = given.length < wanted.length;
  const line = answer.media[fewer ? given.length - 1 : wanted.length]?.line ?? answer.lines[0] ?? answer;
  const rule = fewer ? 'a medium that is not wanted is answered with port 0.' : 'an answer adds none.';
  return {
    at: trimmedLine(answer.text, line),
    text: `${where} has ${wanted.length} media, this answer ${given.length}: ${rule}`,
    fewer,
  };
}

function mediaOf(text: string, { media }: SdpMedium): string {
  return media ? slice(text, media).toLowerCase() : '';
}

function trimmedLine(text: string, { from, to }: Span): Span {
  return { from, to: from + text.slice(from, to).trimEnd().length };
}

/** An INVITE with an offer that was accepted without an answer. */
export interface Unanswered {
  readonly invite: FlowMessage;
  readonly response: FlowMessage;
  /** A provisional response with a description that nobody has to have got, so that it is no answer (RFC 3261 §13.2.1). */
  readonly preview: FlowMessage | null;
}

/** The 2xx to INVITEs with an offer that bear no answer, where none came before in a reliable response. */
export function unansweredOffers(call: Call): Unanswered[] {
  if (call.partial) return [];
  return acceptances(call).flatMap(({ response, invite }) => {
    if (!has(invite) || !isEmpty(response)) return [];
    const before = invite.responses.filter(
      ({ status, toTag, message }) => status < 200 && toTag === response.toTag && message.body.from < message.body.to,
    );
    const described = before.filter(has);
    if (described.some(({ message }) => headerValue(message, 'rseq') !== undefined)) return [];
    // What cannot be read may be the answer.
    return described.length < before.filter(({ message }) => headerValue(message, 'content-type')).length
      ? []
      : [{ invite, response, preview: described[0] ?? null }];
  });
}

/** The message has no body, and nothing says that it had one. */
function isEmpty({ message }: FlowMessage): boolean {
  const isBare = message.text.slice(message.body.from, message.body.to).trim() === '';
  const length = headerValue(message, 'content-length');
  return isBare && headerValue(message, 'content-type') === undefined && /^0*$/.test(length ?? '');
}
