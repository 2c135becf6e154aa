import type { SipMessage } from '../sip/message.ts';
import type { XmlDocument } from '../xml/xml.ts';
import { type ConferenceNotice, noticeOf } from './conference.ts';
import { type IdentityNotice, identityNotice } from './identities.ts';
import { type SignatureNotice, signatureOf } from './signatures.ts';

/** What is remembered of one message for the rules about a whole trace. */
export type Notice = ConferenceNotice | SignatureNotice | IdentityNotice;

/** The notices of a trace by what they are about, in trace order. */
export interface Notices {
  readonly conference: readonly ConferenceNotice[];
  readonly signatures: readonly SignatureNotice[];
  readonly identities: readonly IdentityNotice[];
}

/**
 * What is to be remembered of a message.
 * @param index zero-based number of the message
 * @param xml its XML body, if it has one
 */
export function noticesOf(index: number, message: SipMessage, xml: XmlDocument | null): Notice[] {
  return [noticeOf(index, message, xml), signatureOf(index, message), identityNotice(index, message)].filter(
    (notice) => notice !== null,
  );
}

/** The notices of a trace, in trace order, sorted by what they are about. */
export function sortNotices(notices: readonly Notice[]): Notices {
  const conference: ConferenceNotice[] = [];
  const signatures: SignatureNotice[] = [];
  const identities: IdentityNotice[] = [];
  for (const notice of notices) {
    if (notice.kind === 'signature') signatures.push(notice);
    else if (notice.kind === 'identity') identities.push(notice);
    else conference.push(notice);
  }
  return { conference, signatures, identities };
}
