import { type Span, slice } from '../base/text.ts';
import { header, type SipMessage } from '../sip/message.ts';
import { paramValue, parseCSeq, tagOf, vias } from '../sip/values.ts';

/** By what a message is told apart from those of other calls. */
export interface IdentityNotice {
  readonly kind: 'identity';
  readonly index: number;
  /** Where the Call-ID stands. */
  readonly at: Span;
  readonly callId: string;
  readonly isRequest: boolean;
  /** Branch of the top Via and CSeq; '' where the branch is not unique by itself (RFC 3261 §8.1.1.7). */
  readonly transaction: string;
  readonly fromTag: string;
  readonly toTag: string;
}

/** The identity of a message; null where it has no Call-ID. */
export function identityNotice(index: number, message: SipMessage): IdentityNotice | null {
  const found = header(message, 'call-id');
  if (!found || message.kind === 'unknown') return null;
  const branch = paramValue(message.text, vias(message)[0]?.params ?? [], 'branch') ?? '';
  const cseq = branch.startsWith('z9hG4bK') ? parseCSeq(message) : null;
  return {
    kind: 'identity',
    index,
    at: found.value,
    callId: slice(message.text, found.value),
    isRequest: message.kind === 'request',
    transaction: cseq ? `${branch} ${cseq.number} ${cseq.method}` : '',
    fromTag: tagOf(message, 'from') ?? '',
    toTag: tagOf(message, 'to') ?? '',
  };
}
