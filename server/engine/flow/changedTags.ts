import type { Call, FlowMessage } from './call.ts';
import { dialogKey, isRequest, sentMessages } from './sequence.ts';

/** A request with one tag of a dialog, and another than the dialog's for the other side. */
export interface ChangedTag {
  readonly request: FlowMessage;
  readonly side: 'from' | 'to';
  readonly wanted: string;
  /** The 2xx that made the dialog. */
  readonly made: FlowMessage;
}

/** These may come from a fork that has not answered (RFC 6665 §4.4.1). */
const FROM_FORKS = new Set(['NOTIFY', 'BENOTIFY']);

/** The requests whose tags are those of no dialog, the first of each pair; none in a call that begins before the trace (RFC 3261 §12). */
export function changedTags(call: Call): ChangedTag[] {
  if (call.partial) return [];
  const { pairs, made } = shownTags(call);
  return sentMessages(call).flatMap((request) => {
    const key = isRequest(request) && !FROM_FORKS.has(request.method) ? dialogKey(request) : '';
    if (!key || pairs.has(key)) return [];
    const own = made.get(request.fromTag);
    const other = own ?? made.get(request.toTag);
    if (!other) return [];
    pairs.add(key);
    const kept = own ? request.fromTag : request.toTag;
    const wanted = other.fromTag === kept ? other.toTag : other.fromTag;
    return [{ request, side: own ? 'to' : 'from', wanted, made: other }];
  });
}

/** The pairs of tags in answers to what came without a To tag, forks and failures included; and the 2xx by each of its tags. */
function shownTags(call: Call): { pairs: Set<string>; made: Map<string, FlowMessage> } {
  const pairs = new Set<string>();
  const made = new Map<string, FlowMessage>();
  for (const message of call.messages) {
    const key = message.status && !message.respondsTo?.toTag ? dialogKey(message) : '';
    if (!key) continue;
    pairs.add(key);
    const makes = message.status >= 200 && message.status < 300 && ['INVITE', 'SUBSCRIBE'].includes(message.method);
    if (makes) made.set(message.fromTag, message).set(message.toTag, message);
  }
  return { pairs, made };
}
