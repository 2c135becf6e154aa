import type { Call, FlowMessage } from './call.ts';
import { isRequest } from './sequence.ts';

/** What one user agent said to one request, in order. */
export interface Answered {
  readonly request: FlowMessage;
  readonly responses: readonly FlowMessage[];
}

/**
 * The responses of a call by request, hop and To tag: those of a fork have other To tags. Retransmissions are left out, and requests
 * whose branch and number serve for another request too: nobody can tell whose the answers are.
 */
export function answersByAgent(call: Call): Answered[] {
  const groups = new Map<string, { request: FlowMessage; responses: FlowMessage[] }>();
  const requests = new Map<string, number>();
  for (const message of call.messages) {
    if (message.retransmissionOf) continue;
    if (isRequest(message)) requests.set(transactionKey(message), (requests.get(transactionKey(message)) ?? 0) + 1);
    const { respondsTo: request, branch, toTag } = message;
    if (!request || !toTag) continue;
    const key = `${request.index} ${branch} ${toTag}`;
    const group = groups.get(key);
    if (group) group.responses.push(message);
    else groups.set(key, { request, responses: [message] });
  }
  return [...groups.values()].filter(({ request }) => requests.get(transactionKey(request)) === 1);
}

function transactionKey({ branch, cseq, method, fromTag }: FlowMessage): string {
  return `${branch} ${cseq?.number} ${method} ${fromTag}`;
}

/** Pairs of a final response and the first later response of another kind from the same agent (RFC 3261 §17.2.1). */
export function afterFinal(call: Call): { readonly final: FlowMessage; readonly later: FlowMessage }[] {
  return answersByAgent(call).flatMap(({ responses }) => {
    const final = responses.findIndex(({ status }) => status >= 200);
    return responses
      .slice(final + 1)
      .filter(({ status }) => final >= 0 && status !== responses[final]!.status)
      .map((later) => ({ final: responses[final]!, later }));
  });
}
