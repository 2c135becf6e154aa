import type { Remembering } from '../base/memo.ts';
import type { SipMessage } from '../sip/message.ts';
import type { CSeq, Via } from '../sip/values.ts';
import type { XmlDocument } from '../xml/xml.ts';

/** One message with what its neighbours in the call need to know of it. Missing values are ''. */
export interface FlowMessage {
  /** Zero-based place in the trace. */
  readonly index: number;
  /** Zero-based place among the messages of its Call-ID. */
  readonly order: number;
  readonly message: SipMessage;
  /** Its own method, or for a response its CSeq's. */
  readonly method: string;
  /** 0 for a request. */
  readonly status: number;
  readonly cseq: CSeq | null;
  readonly fromTag: string;
  readonly toTag: string;
  /** From and To URIs as written. */
  readonly fromUri: string;
  readonly toUri: string;
  /** Branch of the top Via. */
  readonly branch: string;
  readonly vias: readonly Via[];
  /** Milliseconds since 1970, or null where the trace has no time for it. */
  readonly time: number | null;
  /** The request that this response answers. */
  readonly respondsTo: FlowMessage | null;
  /** The equal message that was sent before in the same direction (RFC 3261 §17.1): not to be judged again. */
  readonly retransmissionOf: FlowMessage | null;
  /** Responses to this request, in order; retransmissions included. */
  readonly responses: readonly FlowMessage[];
  /** The XML body, parsed once; null where the body is no XML. */
  readonly xml: XmlDocument | null;
}

/** All messages of one Call-ID, in trace order. */
export interface Call extends Remembering {
  readonly callId: string;
  readonly messages: readonly FlowMessage[];
  /**
   * The trace begins in the middle of this Call-ID: its first message is a response, a request inside a dialog (To tag) or a
   * BENOTIFY. Rules about earlier messages that are absent stay silent.
   */
  readonly partial: boolean;
  /** How many messages of the whole trace stand behind one, of many only 100: rules about later messages that are absent need it. */
  behind(message: FlowMessage): number;
  /** Time of the last of those behind the call, or null where the trace has none. */
  readonly until: number | null;
  /** Whether the trace carries time stamps. */
  readonly timed: boolean;
  /** Whether some Call-ID of the trace shows an INVITE dialog from its start. */
  readonly traceHasWholeDialogs: boolean;
}

/** The key of a CSeq number space: who sends it (RFC 3261 §12.2.1.1); numbers of opposite directions are never compared. */
export function directionKey(message: FlowMessage): string {
  return message.status ? message.toTag || message.toUri : message.fromTag || message.fromUri;
}
