import { type Span, slice } from '../../base/text.ts';
import { type HeaderField, headers, headerValue, type SipMessage, unfold } from '../../sip/message.ts';
import { bodyParts } from '../../sip/multipart.ts';
import { address, identity, parseUri, splitList } from '../../sip/values.ts';
import { xmlOf } from '../calls.ts';
import { calledKey, type DialOut, dialOutsIn } from '../dialOut.ts';
import { dialledUser, entityKey } from '../entity.ts';

/** What makes two Call-IDs legs of one call, with what it weighs: how sure it is from 0 to 1, and how it is said. */
export const EVIDENCE = {
  replaces: { weight: 1, says: 'Replaces names its Call-ID', spec: 'RFC 3891 §3' },
  join: { weight: 1, says: 'Join names its Call-ID', spec: 'RFC 3911 §4' },
  'target-dialog': { weight: 1, says: 'Target-Dialog names its Call-ID', spec: 'RFC 4538 §3' },
  'session-id': { weight: 1, says: 'the same Session-ID', spec: 'RFC 7989 §5' },
  'other-call-id': { weight: 0.95, says: 'a header of its own carries its Call-ID', spec: 'de facto' },
  icid: { weight: 0.95, says: 'the same icid-value of P-Charging-Vector', spec: 'RFC 7315 §4.6' },
  conversation: { weight: 0.9, says: 'the same Ms-Conversation-ID', spec: 'MS-CONFIM' },
  refer: { weight: 0.9, says: 'a REFER asked for it, and Referred-By names who did', spec: 'RFC 3892 §3' },
  'dial-out': { weight: 0.9, says: 'addUser asked the conference for it', spec: 'MS-CONFBAS §2.2.3.15' },
  'in-reply-to': { weight: 0.8, says: 'In-Reply-To names its Call-ID', spec: 'RFC 3261 §20.21' },
  'sdp-origin': { weight: 0.8, says: 'the same origin of the session description', spec: 'RFC 8866 §5.2' },
  'same-conference': { weight: 0.8, says: 'the same user in the same conference at the same time', spec: 'MS-CONFBAS' },
  'refer-conference': { weight: 0.7, says: 'a REFER asked for it shortly before', spec: 'RFC 4579 §5' },
  'same-users': { weight: 0.4, says: 'the same users within two seconds, which is a guess', spec: '-' },
  'conference-again': {
    weight: 0.3,
    says: 'the same user in the same conference before or after, which is a guess',
    spec: '-',
  },
  'by-hand': { weight: 1, says: 'linked by you', spec: '-' },
} as const;
export type EvidenceKind = keyof typeof EVIDENCE;

/** Something in a message that it shares with a message of another leg, or that names another leg. */
export interface Clue {
  readonly kind: EvidenceKind;
  /** Legs with the same value belong together; of a clue that names a leg, its Call-ID. */
  readonly value: string;
  readonly names: boolean;
}

/** All that a message tells of its own leg and of others. What it does not tell is ''. */
export interface LegClues {
  readonly callId: string;
  readonly clues: readonly Clue[];
  /** Of a REFER: who asks, and whom to call. */
  readonly refer: string;
  /** The same of a request that says by whom it was asked for. */
  readonly referred: string;
  /** Caller and callee. */
  readonly users: string;
  /** The users that it asks a conference to call. */
  readonly dialOuts: readonly DialOut[];
  /** Of a call of a focus or an MCU: its conference and whom it calls. */
  readonly called: string;
  /** The URI of a conference whose focus sends it (RFC 4579 §5.1). */
  readonly focus: string;
  /** Of a REFER: whom it is sent to and whom that one is to call; of an INVITE: who calls whom, the same way. */
  readonly sentTo: string;
  readonly calls: string;
}

/** Reads what a message tells of legs. `same-users` is no matter of one message and not among its clues. */
export function readLegClues(message: SipMessage): LegClues {
  return {
    callId: headerValue(message, 'call-id') ?? '',
    clues: [...named(message), ...shared(message)].filter(({ value }) => value !== ''),
    refer: referKey(message),
    referred: pairKey(message, 'referred-by', 'to'),
    users: usersKey(message),
    dialOuts: hasCommands(message) ? dialOutsIn(xmlOf(message)) : [],
    called: calledBy(message),
    focus: focusIn(message),
    sentTo: sentToKey(message),
    calls: isInvite(message) ? pairKey(message, 'from', 'to') : '',
  };
}

function named(message: SipMessage): Clue[] {
  const first = (id: string) => (headerValue(message, id) ?? '').split(';')[0]!.trim();
  const clue = (kind: EvidenceKind, value: string): Clue => ({ kind, value, names: true });
  return [
    clue('replaces', first('replaces')),
    clue('replaces', replacedIn(message)),
    clue('join', first('join')),
    clue('target-dialog', first('target-dialog')),
    ...headers(message, 'in-reply-to')
      .flatMap((field) => splitList(message.text, field.value))
      .map((value) => clue('in-reply-to', slice(message.text, value))),
    ...message.headers
      .filter((field) => isOwnHeader(message, field))
      .map((field) => clue('other-call-id', firstWordOf(message, field))),
  ];
}

/** The Call-ID that a Refer-To asks the other side to replace (RFC 3891 §4). */
function replacedIn(message: SipMessage): string {
  const uri = address(message, 'refer-to')?.uri;
  const found = uri && parseUri(message.text, uri).headers;
  const replaces = found && /(?:^|[?&])replaces=([^&]*)/i.exec(slice(message.text, found))?.[1];
  return decoded(replaces ?? '')
    .split(';')[0]!
    .trim();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** X- headers may carry the Call-ID of another leg; a value that is no Call-ID of the trace leads nowhere. */
function isOwnHeader({ text }: SipMessage, { name, value }: HeaderField): boolean {
  return /^x-/i.test(text.slice(name.from, name.from + 2)) && value.to - value.from >= 5 && value.to - value.from < 300;
}

function firstWordOf({ text }: SipMessage, { value }: HeaderField): string {
  return unfold(slice(text, value)).split(/[;,\s]/, 1)[0]!;
}

function shared(message: SipMessage): Clue[] {
  const clue = (kind: EvidenceKind, value: string): Clue => ({ kind, value, names: false });
  const conversation = headerValue(message, 'ms-conversation-id') ?? '';
  const icid = /icid-value\s*=\s*"?([^";\s]+)/i.exec(headerValue(message, 'p-charging-vector') ?? '')?.[1];
  return [
    ...sessionIds(headerValue(message, 'session-id') ?? '').map((id) => clue('session-id', id)),
    clue('icid', icid ?? ''),
    clue('conversation', conversation.trim()),
    ...bodyParts(message)
      .filter(({ type }) => type === 'application/sdp')
      .map(({ body }) => clue('sdp-origin', originIn(message.text, body))),
  ];
}

/** Both halves of a Session-ID, those of nobody left out (RFC 7989 §5: the nil UUID). */
function sessionIds(value: string): string[] {
  const all = value.match(/\b[0-9a-f]{32}\b/gi) ?? [];
  return [...new Set(all.map((id) => id.toLowerCase()))].filter((id) => !/^0+$/.test(id));
}

/** SIPp's scenarios have this session id in every call. */
const SIPP = '53655765';

/** User, session id and address of `o=`, which a session keeps wherever it is passed on; '' where the id tells nothing. */
function originIn(text: string, body: Span): string {
  const found = /(?:^|[\r\n])o=(\S+) (\d+) \d+ IN (IP[46] \S+)/.exec(
    text.slice(body.from, Math.min(body.to, body.from + 300)),
  );
  return found && found[2]!.length > 3 && found[2] !== SIPP ? `${found[1]} ${found[2]} ${found[3]}` : '';
}

/** Whom a REFER asks to call, and who asks: what Referred-By and the To of the INVITE that follows say (RFC 3892). '' where it is no REFER. */
function referKey(message: SipMessage): string {
  return message.kind === 'request' && message.method === 'REFER' ? pairKey(message, 'from', 'refer-to') : '';
}

/** Whom a REFER is sent to, and whom that one is asked to call: From and To of the INVITE that follows. */
function sentToKey(message: SipMessage): string {
  return message.kind === 'request' && message.method === 'REFER' ? pairKey(message, 'to', 'refer-to') : '';
}

function hasCommands(message: SipMessage): boolean {
  return message.kind === 'request' && /cccp/i.test(headerValue(message, 'content-type') ?? '');
}

function calledBy(message: SipMessage): string {
  return isInvite(message) ? calledKey(uriIn(message, 'from'), uriIn(message, 'to')) : '';
}

function isInvite(message: SipMessage): boolean {
  return message.kind === 'request' && message.method === 'INVITE';
}

/** The Contact of a focus bears the URI of its conference and `isfocus`. */
function focusIn(message: SipMessage): string {
  if (!/isfocus/i.test(headerValue(message, 'contact') ?? '')) return '';
  const contact = address(message, 'contact');
  const isFocus = contact?.params.some(({ name }) => name === 'isfocus');
  return contact && isFocus ? entityKey(slice(message.text, contact.uri)) : '';
}

function uriIn(message: SipMessage, header: string): string {
  const uri = address(message, header)?.uri;
  return uri ? slice(message.text, uri) : '';
}

function pairKey(message: SipMessage, by: string, target: string): string {
  const [one, other] = [address(message, by)?.uri, address(message, target)?.uri];
  if (!one || !other) return '';
  const key = (uri: Span) => identity(slice(message.text, uri).replace(/\?.*$/, '')).toLowerCase();
  return `${key(one)} ${key(other)}`;
}

/** Caller and callee as numbers are dialled: the last nine digits count, other names as they are. '' where one is missing. */
function usersKey(message: SipMessage): string {
  const users = (['from', 'to'] as const).map((side) => {
    const uri = address(message, side)?.uri;
    return uri ? dialledUser(slice(message.text, uri)) : '';
  });
  return users.every(Boolean) ? users.join(' ') : '';
}
