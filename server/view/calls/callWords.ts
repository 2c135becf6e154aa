import { clipped, plain } from '../../engine/base/quote.ts';
import { slice } from '../../engine/base/text.ts';
import { durationWords } from '../../engine/base/time.ts';
import { xmlOf } from '../../engine/flow/calls.ts';
import { roleOf } from '../../engine/flow/participants.ts';
import { eventPackage } from '../../engine/flow/sessions/kinds.ts';
import { headerValue, type SipMessage, unfold } from '../../engine/sip/message.ts';
import { address, tagOf, unquote } from '../../engine/sip/values.ts';
import type { Messages } from '../../engine/trace/text.ts';
import { attributeValue } from '../../engine/xml/tree.ts';
import type { CallFacts } from './callFacts.ts';

const LONGEST = 80;

/** A text of the trace on one line, no longer than fits. */
export function short(text: string): string {
  return clipped(plain(unfold(text)).trim(), LONGEST);
}

/** Who From or To names: `Alice`, `Focus`, `192.0.2.1`. */
export function personOf(message: SipMessage, side: 'from' | 'to'): string {
  const found = address(message, side);
  if (!found) return 'Unknown';
  const name = found.display ? unquote(slice(message.text, found.display)).trim() : '';
  return short(roleOf(slice(message.text, found.uri), name || undefined).label) || 'Unknown';
}

/** Of whom to whom a call is: `Alice → Bob`; what else it is stands before it: `presence Alice → Bob`. */
export function titleOf(facts: CallFacts, messages: Messages): string {
  const first = messages.message(firstOf(facts));
  const [from, to] = [personOf(first, 'from'), personOf(first, 'to')];
  const way = from === to ? from : `${from} → ${to}`;
  if (facts.kind === 'call' || facts.kind === 'conference') return way;
  const method = messages.method(facts.indices[0]!);
  const what = facts.kind === 'subscription' ? (eventOf(facts, messages) ?? method) : method;
  return `${short(what)} ${way}`;
}

/** The message that tells what a call is about, zero-based: its opening request, or the first one that the trace has. */
export function firstOf({ stones, indices }: CallFacts): number {
  return stones.opening >= 0 ? stones.opening : indices[0]!;
}

/** The messages that the words need, zero-based. */
export function neededBy(facts: CallFacts): number[] {
  const { decided, notified, indices } = facts;
  return [firstOf(facts), indices[0]!, decided, notified].filter((index) => index >= 0);
}

function eventOf(facts: CallFacts, messages: Messages): string | null {
  return eventPackage(messages, [firstOf(facts), ...(facts.notified >= 0 ? [facts.notified] : [])]);
}

/** How it stands: `486 Busy Here`, `established`, `active`, `registered`; '' where the trace does not tell. */
export function stateOf(facts: CallFacts, messages: Messages): string {
  const { outcome, kind, decided, stones } = facts;
  if (outcome === 'cancelled') return 'cancelled';
  if (outcome === 'failed' || kind === 'other') {
    const status = decided < 0 ? '' : statusOf(messages.message(decided));
    return status || (outcome === 'unknown' ? 'no answer' : outcome);
  }
  if (kind === 'subscription') return subscriptionWords(facts, messages);
  if (outcome === 'unknown') return '';
  if (kind === 'registration') return outcome === 'succeeded' ? 'registered' : 'no answer yet';
  if (outcome === 'succeeded') return 'ended';
  return stones.accepted >= 0 || stones.opening < 0 ? 'established' : stones.ringing >= 0 ? 'ringing' : 'calling';
}

function subscriptionWords({ outcome, notified }: CallFacts, messages: Messages): string {
  const told = notified < 0 ? '' : (headerValue(messages.message(notified), 'subscription-state') ?? '');
  const state = /^\s*(active|pending|terminated)\b/i.exec(told)?.[1]?.toLowerCase();
  if (state) return state;
  if (outcome === 'unknown') return '';
  return outcome === 'succeeded' ? 'terminated' : 'active';
}

/** The version of the state that was notified last (RFC 4575 §4.6, RFC 4235 §4.1); '' where it has none. */
function versionOf({ notified }: CallFacts, messages: Messages): string {
  const document = notified < 0 ? null : xmlOf(messages.message(notified));
  const version = document?.root ? attributeValue(document, document.root, 'version') : undefined;
  return version !== undefined && /^\d+$/.test(version) ? `version ${version}` : '';
}

/** `404 Not Found` of a response, '' of anything else. */
export function statusOf(message: SipMessage): string {
  if (message.kind !== 'response') return '';
  return short(`${message.status} ${slice(message.text, message.at.reason)}`);
}

/** State, times, and how often it was asked or told again, as a description shows them beside the title. */
export function factsInWords(facts: CallFacts, messages: Messages): string[] {
  const { setupTime, ringTime, talkTime, requests, failures } = facts;
  const isCall = facts.kind === 'call' || facts.kind === 'conference';
  const took = (word: string, time: number | null) => (isCall && time !== null ? `${word} ${durationWords(time)}` : '');
  return [
    stateOf(facts, messages),
    versionOf(facts, messages),
    took('setup', setupTime),
    took('rang', ringTime),
    took('talked', talkTime),
    !isCall && requests > 1 ? `×${requests}` : '',
    !isCall && requests > 1 && failures > 0 ? `${failures} failed` : '',
  ].filter(Boolean);
}

/** `14:02:11.204` in UTC, as in the ladder; '' where the message has no time. */
export function clockOf({ columns }: Messages, index: number): string {
  const time = columns.timeOf(index);
  return time === null ? '' : new Date(time).toISOString().slice(11, 23);
}

/** What a dialog is told apart by: `a73kszlfl ↔ 1410948204` (RFC 3261 §12). */
export function tagsOf(messages: Messages, index: number): string {
  const message = messages.message(index);
  const [from, to] = [tagOf(message, 'from'), tagOf(message, 'to')];
  return `${short(from ?? '') || 'no tag'} ↔ ${short(to ?? '') || 'no tag'}`;
}

/** `1 message`, `2 messages`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** The Call-ID of a message. */
export function callIdOf(messages: Messages, index: number): string {
  return short(headerValue(messages.message(index), 'call-id') ?? '');
}

/** How sure evidence is: `0.4`, `0.95`, `1.0`. */
export function weightWords(weight: number): string {
  return weight.toFixed(2).replace(/0$/, '');
}
