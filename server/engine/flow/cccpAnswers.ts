import { memo } from '../base/memo.ts';
import type { Call, FlowMessage } from './call.ts';
import { type Cccp, readCccp } from './cccp.ts';
import { sentMessages } from './sequence.ts';

/** A message with the CCCP document it carries. */
export interface Carried {
  readonly message: FlowMessage;
  readonly cccp: Cccp;
}

/** A CCCP response and the last request before it with its requestId (MS-CONFPRO §2.2.3); null where the call shows none. */
export interface CccpAnswer {
  readonly response: Carried;
  readonly request: Carried | null;
}

/** The CCCP documents of a call in order, each once. */
export const cccpMessages: (call: Call) => readonly Carried[] = memo((call) =>
  sentMessages(call).flatMap((message) => {
    const cccp = message.xml && readCccp(message.xml);
    return cccp ? [{ message, cccp }] : [];
  }),
);

/** The CCCP responses of a call with their requests; the SIP messages that carry them need not be of one transaction. */
export const cccpAnswers: (call: Call) => readonly CccpAnswer[] = memo((call) => {
  const requests = new Map<string, Carried>();
  const answers: CccpAnswer[] = [];
  for (const carried of cccpMessages(call)) {
    const id = carried.cccp.requestId?.value ?? '';
    if (carried.cccp.kind === 'response') answers.push({ response: carried, request: requests.get(id) ?? null });
    else if (id) requests.set(id, carried);
  }
  return answers;
});

/** Whether a message is an INFO with a CCCP request: it is answered twice, by a SIP response and by an INFO of the other side. */
export function isCommand({ method, status, xml }: FlowMessage): boolean {
  return method === 'INFO' && status === 0 && xml !== null && readCccp(xml)?.kind === 'request';
}
