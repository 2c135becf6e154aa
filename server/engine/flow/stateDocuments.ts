import { memo } from '../base/memo.ts';
import type { Call, FlowMessage } from './call.ts';
import { type ConferenceInfo, readConferenceInfo } from './conferenceInfo.ts';
import { entityKey } from './entity.ts';
import { dialogKey, isRequest, sentMessages } from './sequence.ts';

/** A message with the conference state document it carries. */
export interface StateDocument {
  readonly message: FlowMessage;
  readonly info: ConferenceInfo;
}

/** The conference state documents of a call in order, each once. */
export function stateDocuments(call: Call): StateDocument[] {
  return sentMessages(call).flatMap((message) => documentOf(message) ?? []);
}

/**
 * The same, one list a subscription: versions count on in the documents that one subscriber gets of one conference (RFC 4575
 * §4.6). A SUBSCRIBE begins a new list, for full state follows it.
 */
export const subscriptions: (call: Call) => readonly (readonly StateDocument[])[] = memo((call) => {
  const lists: StateDocument[][] = [];
  const open = new Map<string, StateDocument[]>();
  const begun = new Map<string, number>();
  for (const message of sentMessages(call)) {
    const dialog = dialogKey(message);
    if (message.method === 'SUBSCRIBE' && isRequest(message)) begun.set(dialog, (begun.get(dialog) ?? 0) + 1);
    const document = documentOf(message);
    if (!document) continue;
    const key = `${dialog} ${begun.get(dialog) ?? 0} ${entityKey(document.info.entity?.value ?? '')}`;
    const list = open.get(key);
    if (list) list.push(document);
    else {
      lists.push([document]);
      open.set(key, lists.at(-1)!);
    }
  }
  return lists;
});

function documentOf(message: FlowMessage): StateDocument | null {
  const info = message.xml && readConferenceInfo(message.xml);
  return info ? { message, info } : null;
}
