import { slice } from '../../base/text.ts';
import { durationWords } from '../../base/time.ts';
import { headerValue, type SipMessage } from '../../sip/message.ts';
import { sessionDescriptions } from '../../sip/sdp.ts';
import { REQUEST } from '../../trace/columns.ts';
import type { TextTrace } from '../../trace/text.ts';
import type { Flow } from '../flow.ts';
import { roleOf } from '../participants.ts';
import { reasonText, type StatedReason, statedReasons } from './reasons.ts';

/** One step of why a request failed. Plain text, which may hold pieces of the trace. */
export interface FailureStep {
  readonly text: string;
  /** What the message says itself, where the step is about that. */
  readonly reason: StatedReason | null;
}

/** In longer calls only so many messages before the failure are looked at. */
const LOOKED_AT = 2000;
const LONGEST = 160;

/**
 * Why a request failed, step by step: what it asked for, where the failure came from, what the failure says, what came before that explains it,
 * and what came of it. None for a message that is no final failure (4xx to 6xx).
 * @param members the messages of its Call-ID, zero-based, ascending
 * @param index the failure, zero-based
 */
export function failureSteps(trace: TextTrace, flow: Flow, members: ArrayLike<number>, index: number): FailureStep[] {
  const status = trace.columns.kind[index]!;
  if (status < 400 || status >= REQUEST) return [];
  const around = neighbours(members, index);
  const request = flow.transactions.respondsTo[index]! - 1;
  const story: Story = { trace, flow, index, status, request, before: around.before, after: around.after };
  const origin = originOf(story);
  return [
    ...told(asked(story)),
    ...told(origin === index ? '' : cameFrom(story, origin)),
    ...statedReasons(trace.message(origin)).map((reason) => ({ text: reasonText(reason), reason })),
    ...told(quotedHeader(story)),
    ...told(before(story)),
    ...told(progress(story)),
    ...told(after(story)),
  ];
}

interface Story {
  readonly trace: TextTrace;
  readonly flow: Flow;
  readonly index: number;
  readonly status: number;
  /** The request that it answers, or -1. */
  readonly request: number;
  /** The messages of the call before it, the nearest first, and behind it. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function neighbours(members: ArrayLike<number>, index: number): Pick<Story, 'before' | 'after'> {
  let [place, end] = [0, members.length];
  while (place < end) {
    const middle = (place + end) >> 1;
    if (members[middle]! < index) place = middle + 1;
    else end = middle;
  }
  const part = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, at) => members[from + at]!);
  return {
    before: part(Math.max(0, place - LOOKED_AT), place).reverse(),
    after: part(place + 1, Math.min(members.length, place + 1 + LOOKED_AT)),
  };
}

function told(...texts: readonly string[]): FailureStep[] {
  return texts.filter(Boolean).map((text) => ({ text, reason: null }));
}

function asked({ trace, index, request }: Story): string {
  if (request < 0) return 'The request that it answers is not in the trace.';
  const took = span(trace, request, index);
  const message = trace.message(request);
  const uri = message.kind === 'request' ? ` ${slice(message.text, message.at.uri).slice(0, LONGEST)}` : '';
  return `It answers the ${trace.method(request)}${uri} of ${nameOf(trace, request, 'sender')} (message ${request + 1})${took ? `, after ${took}` : ''}.`;
}

/** The same failure of the same request where it was seen first: a proxy hands on what it got (RFC 3261 §16.7). */
function originOf({ trace, index, status, before }: Story): number {
  const { cseq, kind, fromTag, branch } = trace.columns;
  const method = trace.method(index);
  const copies = before.filter(
    (one) =>
      kind[one] === status &&
      branch[one] !== branch[index] &&
      cseq[one] === cseq[index] &&
      fromTag[one] === fromTag[index] &&
      trace.method(one) === method,
  );
  return copies.at(-1) ?? index;
}

function cameFrom({ trace }: Story, origin: number): string {
  return `It was seen first in message ${origin + 1}, from ${nameOf(trace, origin, 'sender')}: who sent it on did not make it.`;
}

/** The header in which a failure says what would have been right (RFC 3261 §21.4, and the RFC of the status). */
const NAMES_WHAT_IS_WANTED: Readonly<Record<number, readonly string[]>> = {
  405: ['Allow'],
  413: ['Retry-After'],
  415: ['Accept', 'Accept-Encoding', 'Accept-Language'],
  420: ['Unsupported'],
  421: ['Require'],
  422: ['Min-SE'],
  423: ['Min-Expires'],
  469: ['Recv-Info'],
  480: ['Retry-After'],
  486: ['Retry-After'],
  489: ['Allow-Events'],
  494: ['Security-Server'],
  500: ['Retry-After'],
  503: ['Retry-After'],
  600: ['Retry-After'],
};

function quotedHeader({ trace, index, status }: Story): string {
  const message = trace.message(index);
  const rows = (NAMES_WHAT_IS_WANTED[status] ?? []).flatMap((name) => {
    const value = headerValue(message, name.toLowerCase());
    return value === undefined ? [] : [`${name}: ${value.slice(0, LONGEST)}`];
  });
  return rows.length > 0 ? `It says ${rows.join('; ')}.` : '';
}

/** What came before that explains the status. */
function before(story: Story): string {
  switch (story.status) {
    case 401:
    case 407:
      return challenged(story);
    case 408:
    case 504:
      return unanswered(story);
    case 481:
      return ended(story);
    case 487:
      return given(story);
    case 491:
      return glare(story);
    case 482:
    case 483:
      return hops(story);
    case 488:
    case 606:
      return offered(story);
    default:
      return '';
  }
}

function challenged(story: Story): string {
  const { trace, status, request, index } = story;
  const name = status === 401 ? 'authorization' : 'proxy-authorization';
  const header = status === 401 ? 'Authorization' : 'Proxy-Authorization';
  if (request < 0 || headerValue(trace.message(request), name) === undefined)
    return `The request came without ${header}: this asks for it.`;
  const scheme = headerValue(trace.message(index), status === 401 ? 'www-authenticate' : 'proxy-authenticate') ?? '';
  return /\bstale\s*=\s*"?true/i.test(scheme)
    ? 'The request had credentials, and their nonce has run out: with the new one they may be right (stale=true).'
    : `The request had credentials in ${header}, and they were refused.`;
}

function unanswered({ trace, flow, request, before }: Story): string {
  if (request < 0) return '';
  const again = before.filter((one) => flow.transactions.retransmissionOf[one] === request + 1).length;
  const answered = before.some(
    (one) => flow.transactions.respondsTo[one] === request + 1 && trace.columns.kind[one]! > 100,
  );
  if (answered) return '';
  const times = again > 0 ? `It was sent ${again + 1} times` : 'It was sent once';
  return `${times}, and nothing but this came back.`;
}

/** The BYE that had ended the dialog. */
function ended(story: Story): string {
  const { trace, flow, request, before, index } = story;
  const { dialogs } = flow;
  const { sender, receiver } = trace.columns;
  const byes = before.filter(
    (one) =>
      one !== request && isRequest(trace, one) && trace.method(one) === 'BYE' && dialogs.of[one] === dialogs.of[index],
  );
  const other = request < 0 ? undefined : byes.find((one) => sender[one] === receiver[request]);
  if (other !== undefined && trace.method(request) === 'BYE')
    return `The other side had sent a BYE too (message ${other + 1}): the two crossed, and nothing is wrong (RFC 5407 §3.2.1).`;
  const bye = byes.at(-1);
  if (bye !== undefined)
    return `The dialog had ended with the BYE of ${nameOf(trace, bye, 'sender')} (message ${bye + 1}).`;
  const begun = before.some((one) => one !== request && dialogs.of[one] === dialogs.of[index]);
  return begun ? '' : 'The trace shows nothing of the dialog before.';
}

function given({ trace, before }: Story): string {
  const cancel = before.find((one) => isRequest(trace, one) && trace.method(one) === 'CANCEL');
  if (cancel === undefined) return 'The trace shows no CANCEL: a proxy or a timer gave the request up.';
  const why = statedReasons(trace.message(cancel)).map(reasonText).join(', ');
  return `${nameOf(trace, cancel, 'sender')} had cancelled it (message ${cancel + 1})${why ? `: ${why}` : ''}.`;
}

function glare({ trace, request, before }: Story): string {
  const other = before.find(
    (one) =>
      one !== request &&
      isRequest(trace, one) &&
      /^(?:INVITE|UPDATE)$/.test(trace.method(one)) &&
      trace.columns.sender[one] !== trace.columns.sender[Math.max(0, request)],
  );
  return other === undefined
    ? ''
    : `The other side had sent ${trace.method(other)} in message ${other + 1} (RFC 3261 §14.1).`;
}

function hops({ trace, request }: Story): string {
  const left = request < 0 ? undefined : headerValue(trace.message(request), 'max-forwards');
  return left === undefined ? '' : `The request came with Max-Forwards: ${left.slice(0, 20)}.`;
}

function offered({ trace, request }: Story): string {
  const media = request < 0 ? [] : mediaOf(trace.message(request));
  return media.length > 0 ? `The request offered ${media.join('; ').slice(0, 2 * LONGEST)}.` : '';
}

function mediaOf(message: SipMessage): string[] {
  return sessionDescriptions(message).flatMap(({ from, to }) =>
    [...message.text.slice(from, to).matchAll(/^m=([^\r\n]*)/gm)].map(([, line]) => line!.trim()),
  );
}

/** How far it had come. */
function progress({ trace, flow, index, request, before }: Story): string {
  const { kind } = trace.columns;
  const ringing = before.filter(
    (one) => request >= 0 && flow.transactions.respondsTo[one] === request + 1 && kind[one]! >= 180 && kind[one]! < 190,
  );
  const first = ringing.at(-1);
  if (first === undefined) return '';
  const took = span(trace, first, index);
  return `It had come as far as ${kind[first]} (message ${first + 1})${took ? `, ${took} before` : ''}.`;
}

/** The next request of the same kind in the call. */
function after({ trace, request, after: behind }: Story): string {
  if (request < 0) return '';
  const { cseq, sender } = trace.columns;
  const next = behind.find(
    (one) =>
      isRequest(trace, one) &&
      trace.method(one) === trace.method(request) &&
      sender[one] === sender[request] &&
      cseq[one]! > cseq[request]!,
  );
  return next === undefined ? '' : `It was tried again in message ${next + 1}.`;
}

function isRequest({ columns }: TextTrace, index: number): boolean {
  return columns.kind[index]! >= REQUEST;
}

function nameOf({ built, columns }: TextTrace, index: number, side: 'sender' | 'receiver'): string {
  const party = columns[side][index]!;
  return roleOf(built.parties.uri(party), built.parties.name(party)).label;
}

function span({ columns }: TextTrace, from: number, to: number): string {
  const [start, end] = [columns.timeOf(from), columns.timeOf(to)];
  return start === null || end === null || end < start ? '' : durationWords(end - start);
}
