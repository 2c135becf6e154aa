import { headerValue } from '../sip/message.ts';
import type { Call, FlowMessage } from './call.ts';
import { dialogKey, isRequest, sentMessages } from './sequence.ts';
import { eventKey, isNotification, isTerminated } from './subscriptions.ts';

/** A notification and the one that had ended its subscription. */
export interface NotifiedAfterEnd {
  readonly message: FlowMessage;
  readonly end: FlowMessage;
}

/** Notifications that follow the end of their subscription without a new SUBSCRIBE (RFC 6665 §4.4.1). */
export function notifiedAfterEnd(call: Call): NotifiedAfterEnd[] {
  const found: NotifiedAfterEnd[] = [];
  const ended = new Map<string, FlowMessage>();
  const renewed = new Map<string, number>();
  for (const message of sentMessages(call)) {
    const dialog = isRequest(message) ? dialogKey(message) : '';
    if (!dialog) continue;
    if (message.method === 'SUBSCRIBE' || message.method === 'REFER') renewed.set(dialog, message.order);
    if (!isNotification(message)) continue;
    const key = `${message.fromTag} ${dialog} ${eventKey(message)}`;
    const end = ended.get(key);
    if (end && (renewed.get(dialog) ?? -1) < end.order && comesAfter(message, end)) found.push({ message, end });
    else if (isEnd(message)) ended.set(key, message);
  }
  return found;
}

/** Whether a conference says with a notification that the subscriber was removed (MS-CONFIM §4.3.1). */
export function isRemoval({ message }: FlowMessage): boolean {
  const isConference = /^conference\b/i.test(headerValue(message, 'event') ?? '');
  return (
    isConference && /;\s*reason\s*=\s*"?ParticipantRemoved\b/i.test(headerValue(message, 'subscription-state') ?? '')
  );
}

/** Not one that the network delivered late. */
function comesAfter(message: FlowMessage, end: FlowMessage): boolean {
  return (message.cseq?.number ?? 0) > (end.cseq?.number ?? 0);
}

/** What the subscriber has refused is sent again. */
function isEnd(message: FlowMessage): boolean {
  return isTerminated(message) && !message.responses.some(({ status }) => status >= 300);
}
