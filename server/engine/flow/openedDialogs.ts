import { memo } from '../base/memo.ts';
import { type Span, slice } from '../base/text.ts';
import { identity, listValues, parseNameAddr } from '../sip/values.ts';
import type { Call, FlowMessage } from './call.ts';
import { dialogKey, isRequest, sentMessages } from './sequence.ts';

/** A dialog that the trace shows from its start (RFC 3261 §12.1). */
export interface OpenedDialog {
  readonly key: string;
  /** The request without To tag that opened it; its sender is the caller. */
  readonly opening: FlowMessage;
  /** The responses that made it, with their copies on other hops. */
  readonly answers: readonly FlowMessage[];
  /** The later requests of both sides, each once. */
  readonly requests: readonly FlowMessage[];
}

const OPENING = new Set(['INVITE', 'SUBSCRIBE', 'REFER']);

/** The dialogs of a call that the trace shows from their start; those of a fork are apart. */
export const openedDialogs: (call: Call) => readonly OpenedDialog[] = memo((call) => {
  const dialogs = new Map<
    string,
    { key: string; opening: FlowMessage; answers: FlowMessage[]; requests: FlowMessage[] }
  >();
  for (const answer of call.messages) {
    const opening = answer.respondsTo;
    const makes = answer.status > 100 && answer.status < 300 && OPENING.has(answer.method);
    const key = makes && opening && !opening.toTag ? dialogKey(answer) : '';
    if (!key || !opening) continue;
    const dialog = dialogs.get(key);
    if (dialog) dialog.answers.push(answer);
    else dialogs.set(key, { key, opening, answers: [answer], requests: [] });
  }
  for (const message of sentMessages(call)) {
    const key = isRequest(message) ? dialogKey(message) : '';
    if (key) dialogs.get(key)?.requests.push(message);
  }
  return [...dialogs.values()];
});

/** Whether the side that opened the dialog sent this request of it. */
export function isOfCaller({ opening }: OpenedDialog, request: FlowMessage): boolean {
  return request.fromTag === opening.fromTag;
}

/** A hop of a Route or Record-Route list: where it stands, and what it is but for parameters. */
export interface Hop {
  readonly at: Span;
  readonly name: string;
}

/** The hops of a Route or Record-Route header, in order. */
export function hopsOf({ message }: FlowMessage, id: 'route' | 'record-route'): Hop[] {
  return listValues(message, id).map((value) => {
    const { uri } = parseNameAddr(message.text, value);
    return { at: uri, name: identity(slice(message.text, uri)) };
  });
}
