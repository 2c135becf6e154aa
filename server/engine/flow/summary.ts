import { clipped, plain } from '../base/quote.ts';
import { slice } from '../base/text.ts';
import { contentType, headerValue, type SipMessage, type SipRequest } from '../sip/message.ts';
import { address } from '../sip/values.ts';
import type { XmlDocument } from '../xml/xml.ts';
import { type Cccp, type CccpCommand, readCccp } from './cccp.ts';
import { type ConferenceInfo, readConferenceInfo } from './conferenceInfo.ts';
import { shortUri, userOf } from './entity.ts';

const LONGEST = 120;
const LONGEST_TEXT = 40;
const NAMES = 3;

/** What an arrow says after method or status: `deleteUser carol@contoso.com`. One line; '' where there is nothing to add. */
export function summarize(message: SipMessage, xml: XmlDocument | null): string {
  return clipped(oneLine(said(message, xml)), LONGEST);
}

function said(message: SipMessage, xml: XmlDocument | null): string {
  const cccp = xml && readCccp(xml);
  if (cccp) return cccp.kind === 'request' ? cccp.commands.map(command).join(', ') : response(cccp);
  const info = xml && readConferenceInfo(xml);
  if (info) return conference(info);
  return message.kind === 'request' ? request(message) : '';
}

function command({ name, users }: CccpCommand): string {
  return [name, ...users.map(({ value }) => shortUri(value))].join(' ');
}

function response({ commands, code, reason }: Cccp): string {
  const names = commands.map(({ name }) => name).join(', ');
  const why = commands.find((one) => one.reason)?.reason ?? reason;
  return ['response', names, code?.value, why?.value].filter(Boolean).join(' ');
}

function conference({ version, state, users }: ConferenceInfo): string {
  const head = ['conference', version === null ? '' : `v${version}`, state].filter(Boolean).join(' ');
  const names = users.slice(0, NAMES).map((user) => {
    const name = user.entity?.value ? userOf(user.entity.value) : user.displayText;
    return user.state === 'deleted' ? `-${name}` : name;
  });
  if (!names.length) return head;
  const more = users.length > NAMES ? ` +${users.length - NAMES} more` : '';
  return `${head}: ${names.join(', ')}${more}`;
}

function request(message: SipRequest): string {
  switch (message.method) {
    case 'NOTIFY':
    case 'BENOTIFY':
      return notification(message);
    case 'SUBSCRIBE':
      return `${expiresNow(message) ? 'unsubscribe ' : ''}${event(message)}`;
    case 'PUBLISH':
      return `${expiresNow(message) ? 'unpublish ' : ''}${event(message)}`;
    case 'REGISTER':
      return `${expiresNow(message) ? 'unregister ' : ''}${party(message, 'to')}`;
    case 'REFER':
      return party(message, 'refer-to') && `to ${party(message, 'refer-to')}`;
    case 'MESSAGE':
      return contentType(message) === 'text/plain' ? quoted(message) : '';
    default:
      return '';
  }
}

function notification(message: SipRequest): string {
  const [state = '', ...params] = (headerValue(message, 'subscription-state') ?? '').split(';');
  const reason = params.map((one) => /^\s*reason\s*=\s*(.*)$/i.exec(one)?.[1]?.trim()).find(Boolean);
  const notable = /^(?:terminated|pending)$/i.test(state.trim()) ? state.trim().toLowerCase() : '';
  const progress = contentType(message) === 'message/sipfrag' ? statusOf(message) : '';
  return [event(message), notable, reason, progress].filter(Boolean).join(' ');
}

/** How the referred request went: `200 OK` (RFC 3515 §2.4.5). */
function statusOf(message: SipRequest): string {
  return /^\s*SIP\/\S+[ \t]+([^\r\n]*)/i.exec(bodyStart(message))?.[1] ?? '';
}

function event(message: SipRequest): string {
  return (headerValue(message, 'event') ?? '').split(';')[0]!.trim();
}

function expiresNow(message: SipRequest): boolean {
  const expires = headerValue(message, 'expires') ?? '';
  return /^0+$/.test(expires) || (!expires && /;\s*expires\s*=\s*0+\s*$/i.test(headerValue(message, 'contact') ?? ''));
}

function party(message: SipRequest, id: string): string {
  const found = address(message, id);
  return found ? shortUri(slice(message.text, found.uri)) : '';
}

function quoted(message: SipRequest): string {
  const text = oneLine(bodyStart(message));
  return text && `“${clipped(text, LONGEST_TEXT)}”`;
}

/** Enough of the body for any label. */
function bodyStart({ text, body }: SipRequest): string {
  return text.slice(body.from, Math.min(body.to, body.from + 4 * LONGEST));
}

/** On one line, without controls and without marks that turn the direction of writing. */
function oneLine(text: string): string {
  return plain(text).replace(/ {2,}/g, ' ').trim();
}
