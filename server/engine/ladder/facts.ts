import { clipped, plain } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { xmlOf } from '../flow/calls.ts';
import { readCccp, readConferenceInfo } from '../flow/conference.ts';
import { conferenceId, shortUri, userOf } from '../flow/entity.ts';
import { reasonText, statedReasons } from '../flow/sessions/reasons.ts';
import { headers, headerValue, type SipMessage, unfold } from '../sip/message.ts';
import { sessionDescriptions } from '../sip/sdp.ts';
import { address, listValues, methodOf, paramValue, parseNameAddr, parseParams, tagOf } from '../sip/values.ts';
import { type DescriptionRole, sessionFacts } from './sessionFacts.ts';

const LONGEST = 240;
const MOST_USERS = 3;
const MOST_REASONS = 2;
/** How much of a conference's id tells it from the others of a trace. */
const ID_LENGTH = 8;

/** What a message does not tell of itself. */
export interface Circumstances {
  /** A response: whether the request that it answers has a body; a request: null. */
  readonly requestHasBody: boolean | null;
  /** The lane from which it comes is no user, so that it is worth saying who asks. */
  readonly fromServer: boolean;
}

/**
 * What matters in a message beside its arrow's label, on one line: `offer · audio PCMU/PCMA · at 192.0.2.1:49170`. '' where there is
 * nothing to add. Never fails; linear in the message.
 */
export function factsOf(message: SipMessage, circumstances: Circumstances): string {
  const xml = xmlOf(message);
  const facts = [
    ...reasons(message),
    ...challenges(message),
    ...sender(message, circumstances),
    ...session(message, circumstances),
    ...(xml ? documentFacts(xml) : []),
    ...registration(message),
    ...referral(message),
    ...subscription(message),
    ...credentials(message),
  ];
  return clipped(plain(facts.filter(Boolean).join(' · ')).replace(/ {2,}/g, ' ').trim(), LONGEST);
}

function reasons(message: SipMessage): string[] {
  const stated = statedReasons(message).map(reasonText);
  return [...new Set(stated)].slice(0, MOST_REASONS);
}

/** What a 401 or 407 asks for, by its realm (RFC 3261 §22). */
function challenges(message: SipMessage): string[] {
  if (message.kind !== 'response') return [];
  return valuesOf(message, ['www-authenticate', 'proxy-authenticate']).map((value) =>
    realm(value, word(value, 'algorithm')),
  );
}

/** For whom the credentials of a request are. */
function credentials(message: SipMessage): string[] {
  if (message.kind !== 'request') return [];
  return valuesOf(message, ['authorization', 'proxy-authorization']).map((value) =>
    realm(value, quoted(value, 'username')),
  );
}

function valuesOf(message: SipMessage, ids: readonly string[]): string[] {
  const fields = ids.flatMap((id) => headers(message, id)).slice(0, MOST_REASONS);
  return fields.map((field) => unfold(slice(message.text, field.value)));
}

/** `Digest MD5 for “example.com”`. */
function realm(value: string, detail: string): string {
  const name = quoted(value, 'realm');
  return [value.split(/\s/, 1)[0]!, detail, name && `for “${name}”`].filter(Boolean).join(' ');
}

function quoted(value: string, name: string): string {
  return new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*"([^"]{0,200})"`, 'i').exec(value)?.[1] ?? '';
}

function word(value: string, name: string): string {
  return new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*"?([\\w-]{1,40})`, 'i').exec(value)?.[1] ?? '';
}

/** Who sends a first request, where the arrow comes from a server on its way. */
function sender(message: SipMessage, { fromServer }: Circumstances): string[] {
  if (message.kind !== 'request' || !fromServer || tagOf(message, 'to')) return [];
  const from = address(message, 'from');
  const uri = from ? slice(message.text, from.uri) : '';
  return uri.includes('@') ? [`from ${shortUri(uri)}`] : [];
}

function session(message: SipMessage, circumstances: Circumstances): string[] {
  const [description] = sessionDescriptions(message);
  if (!description) return [];
  const inDialog = message.kind === 'request' && Boolean(tagOf(message, 'to'));
  return sessionFacts(description, { role: roleIn(message, circumstances), inDialog });
}

/** An INVITE without an offer gets one in its response, which the ACK answers (RFC 3261 §13.2.1); a PRACK may bear either. */
function roleIn(message: SipMessage, { requestHasBody }: Circumstances): DescriptionRole['role'] {
  const method = methodOf(message);
  if (!['INVITE', 'UPDATE', 'ACK'].includes(method)) return null;
  if (message.kind === 'request') return method === 'ACK' ? 'answer' : 'offer';
  return requestHasBody === null ? null : requestHasBody ? 'answer' : 'offer';
}

function documentFacts(xml: NonNullable<ReturnType<typeof xmlOf>>): string[] {
  const cccp = readCccp(xml);
  if (cccp) {
    const { kind, requestId, commands, code } = cccp;
    const id = requestId?.value ? ` ${requestId.value}` : '';
    const conference = conferenceName(commands.find((one) => one.confEntity)?.confEntity?.value ?? '');
    return kind === 'request'
      ? [`CCCP request${id}`, conference]
      : [`CCCP answer to request${id}`, code ? `code ${code.value}` : '', conference];
  }
  const info = readConferenceInfo(xml);
  return info ? [...conferenceChanges(info.users), conferenceName(info.entity?.value ?? '')] : [];
}

/** `conference of alice, 7ECB5F9B`. */
function conferenceName(uri: string): string {
  if (!uri) return '';
  const id = conferenceId(uri)?.slice(0, ID_LENGTH).toUpperCase();
  return `conference of ${userOf(uri)}${id ? `, ${id}` : ''}`;
}

type Users = NonNullable<ReturnType<typeof readConferenceInfo>>['users'];

/** `carol: chat disconnected`, `carol removed`. */
function conferenceChanges(users: Users): string[] {
  const told = users.slice(0, MOST_USERS).map((user) => {
    const name = user.entity?.value ? userOf(user.entity.value) : user.displayText;
    if (user.state === 'deleted') return `${name} removed`;
    const endpoints = user.endpoints.map((one) =>
      [one.sessionType, one.state === 'deleted' ? 'removed' : one.status].filter(Boolean).join(' '),
    );
    return endpoints.some(Boolean) ? `${name}: ${endpoints.filter(Boolean).join(', ')}` : '';
  });
  return users.length > MOST_USERS ? [...told, `${users.length} users`] : told;
}

/** Where somebody is reached, and for how long (RFC 3261 §10.2.1). */
function registration(message: SipMessage): string[] {
  if (methodOf(message) !== 'REGISTER') return [];
  const contacts = listValues(message, 'contact');
  const [first] = contacts;
  if (!first) return [];
  const { uri, params } = parseNameAddr(message.text, first);
  const expires = paramValue(message.text, params, 'expires') || headerValue(message, 'expires');
  const more = contacts.length > 1 ? ` +${contacts.length - 1} more` : '';
  return [`Contact ${slice(message.text, uri)}${more}`, expires ? `expires in ${expires} s` : ''];
}

/** The dialog that a transfer is to take the place of (RFC 3891), and who wants it. */
function referral(message: SipMessage): string[] {
  if (message.kind !== 'request') return [];
  const value = (id: string) => {
    const found = address(message, id);
    return found ? slice(message.text, found.uri) : '';
  };
  const replaces = headerValue(message, 'replaces');
  const target = message.method === 'REFER' ? value('refer-to') : '';
  const by = value('referred-by');
  return [
    target && `Refer-To ${target}`,
    replaces ? `Replaces ${replaces.split(';', 1)[0]!}` : '',
    by && `referred by ${shortUri(by)}`,
  ].filter(Boolean);
}

/** How a subscription stands (RFC 6665 §4.1.3, §8.2.3). */
function subscription(message: SipMessage): string[] {
  const state = headerValue(message, 'subscription-state');
  if (state !== undefined) {
    const params = parseParams(state, 0, state.length);
    const expires = paramValue(state, params, 'expires');
    const name = params[0] ? slice(state, params[0]).trim() : '';
    return [`subscription ${name}${Number(expires) > 0 ? `, ${expires} s left` : ''}`];
  }
  if (!['SUBSCRIBE', 'PUBLISH'].includes(methodOf(message))) return [];
  const expires = headerValue(message, 'expires');
  return expires ? [`expires in ${expires} s`] : [];
}
