import { header } from '../sip/message.ts';
import type { Call, FlowMessage } from './call.ts';
import { isRequest, sentMessages } from './sequence.ts';

/** A request, the 401 or 407 that it got, and the request that was sent again with credentials. */
export interface Retry {
  readonly request: FlowMessage;
  readonly challenge: FlowMessage;
  readonly retry: FlowMessage;
}

/** Links challenged requests of a call with their retries (RFC 3261 §22.2): same sender, same method, the next one with credentials. */
export function retries(call: Call): Retry[] {
  const open = new Map<string, Omit<Retry, 'retry'>>();
  const found: Retry[] = [];
  for (const message of sentMessages(call)) {
    if (isRequest(message)) {
      const challenged = hasCredentials(message) ? open.get(keyOf(message)) : undefined;
      if (challenged) found.push({ ...challenged, retry: message });
      open.delete(keyOf(message));
    } else if ((message.status === 401 || message.status === 407) && message.respondsTo) {
      open.set(keyOf(message.respondsTo), { request: message.respondsTo, challenge: message });
    }
  }
  return found;
}

/** The retries whose CSeq is not above that of the challenged request. */
export function unraisedRetries(call: Call): Retry[] {
  return retries(call).filter(({ request, retry }) => (retry.cseq?.number ?? 0) <= (request.cseq?.number ?? -1));
}

function keyOf({ method, fromTag }: FlowMessage): string {
  return `${method} ${fromTag}`;
}

function hasCredentials({ message }: FlowMessage): boolean {
  return header(message, 'authorization') !== undefined || header(message, 'proxy-authorization') !== undefined;
}
