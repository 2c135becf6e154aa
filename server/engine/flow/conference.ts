import type { Span } from '../base/text.ts';
import { headerValue, type SipMessage } from '../sip/message.ts';
import { address } from '../sip/values.ts';
import type { XmlDocument } from '../xml/xml.ts';
import { type Cccp, readCccp } from './cccp.ts';
import { type ConferenceInfo, readConferenceInfo } from './conferenceInfo.ts';
import { conferenceKey, entityKey } from './entity.ts';
import { fingerprint } from './fingerprint.ts';
import { summarize } from './summary.ts';

export type { Cccp, CccpCommand } from './cccp.ts';
export type { ConferenceEndpoint, ConferenceInfo, ConferenceUser } from './conferenceInfo.ts';
export { readCccp, readConferenceInfo, summarize };

interface NoticeFacts {
  /** Zero-based number of the message. */
  readonly index: number;
  /** Where a finding about it stands. */
  readonly at: Span;
  readonly callId: string;
  /** Names the conference, the same in all notices of it. */
  readonly conference: string;
}

/** A conference state document was sent. */
export interface DocumentNotice extends NoticeFacts {
  readonly kind: 'document';
  readonly entity: string;
  readonly version: number | null;
  readonly state: string;
  /** Equal for documents of equal content. */
  readonly fingerprint: string;
  readonly deleted: readonly string[];
  /** Null where there are too many users to remember. */
  readonly listed: readonly string[] | null;
}

/** A `deleteUser` was asked for, or answered with success. */
export interface EjectionNotice extends NoticeFacts {
  readonly kind: 'ejection' | 'ejected';
  readonly requestId: string;
  /** Of the request; '' where it names none or several. */
  readonly user: string;
}

/** A user's dialog or subscription with the conference ended. */
export interface DepartureNotice extends NoticeFacts {
  readonly kind: 'departure';
  /** Both parties, one of which is the conference. */
  readonly parties: readonly string[];
}

/** What one message says of a conference: small, so that those of a whole trace can be kept. */
export type ConferenceNotice = DocumentNotice | EjectionNotice | DepartureNotice;

/** More users than this are not remembered of one document. */
const MANY_USERS = 200;

/**
 * What a message says of a conference, or null. To be asked of every message, with its XML body if it has one.
 * @param index zero-based number of the message
 */
export function noticeOf(index: number, message: SipMessage, xml: XmlDocument | null): ConferenceNotice | null {
  if (!xml) return message.kind === 'request' ? departure(index, message) : null;
  const callId = headerValue(message, 'call-id') ?? '';
  const info = readConferenceInfo(xml);
  if (info) return documentNotice({ index, callId }, info, xml);
  const cccp = readCccp(xml);
  return cccp && ejection({ index, callId }, cccp);
}

type Where = Pick<NoticeFacts, 'index' | 'callId'>;

function documentNotice(where: Where, info: ConferenceInfo, xml: XmlDocument): DocumentNotice {
  const entity = info.entity?.value ?? '';
  const keys = (users: ConferenceInfo['users']) => users.map((user) => entityKey(user.entity?.value ?? ''));
  return {
    ...where,
    kind: 'document',
    at: info.element.nameAt,
    conference: conferenceKey(entity),
    entity,
    version: info.version,
    state: info.state,
    fingerprint: fingerprint(xml),
    deleted: keys(info.users.filter((user) => user.state === 'deleted')),
    listed: info.users.length > MANY_USERS ? null : keys(info.users.filter((user) => user.state !== 'deleted')),
  };
}

function ejection(where: Where, cccp: Cccp): EjectionNotice | null {
  const command = cccp.commands.find(({ name }) => name === 'deleteUser');
  const focus = cccp.kind === 'request' ? cccp.to : cccp.from;
  if (!command || !focus || (cccp.kind === 'response' && cccp.code?.value !== 'success')) return null;
  const [user, ...others] = command.users;
  return {
    ...where,
    kind: cccp.kind === 'request' ? 'ejection' : 'ejected',
    at: cccp.kind === 'request' && user ? user.at : command.element.nameAt,
    conference: conferenceKey(focus.value),
    requestId: cccp.requestId?.value ?? '',
    user: user && !others.length && cccp.commands.length === 1 ? entityKey(user.value) : '',
  };
}

function departure(index: number, message: SipMessage): DepartureNotice | null {
  if (message.kind !== 'request' || !endsSomething(message)) return null;
  const parties = (['from', 'to'] as const).map((side) => {
    const uri = address(message, side)?.uri;
    return uri ? message.text.slice(uri.from, uri.to) : '';
  });
  const conference = parties.find((uri) => /;opaque=app:conf:/i.test(uri));
  if (!conference) return null;
  const callId = headerValue(message, 'call-id') ?? '';
  return {
    kind: 'departure',
    index,
    at: message.at.method,
    callId,
    conference: conferenceKey(conference),
    parties: parties.map(entityKey),
  };
}

function endsSomething(message: SipMessage): boolean {
  if (message.kind !== 'request') return false;
  if (message.method === 'BYE') return true;
  if (message.method !== 'BENOTIFY' && message.method !== 'NOTIFY') return false;
  return /^terminated\b/i.test(headerValue(message, 'subscription-state') ?? '');
}
