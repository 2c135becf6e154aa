import { slice } from '../base/text.ts';
import { hasBody, headers, headerValue, type SipMessage, unfold } from '../sip/message.ts';
import { bodyParts } from '../sip/multipart.ts';
import { headerId } from '../sip/registry.ts';
import type { FilterKey, Test } from './key.ts';
import { readValue } from './value.ts';

/** A test of the parsed message. */
function ofMessage(holds: (message: SipMessage) => boolean): Test {
  return ({ trace }) =>
    (index) =>
      holds(trace.message(index));
}

const call: FilterKey = {
  name: 'call',
  value: 'a84b4c76e66710',
  about: 'messages of this call: its Call-ID, or a part of it',
  on: 'message',
  read: (value) => ofMessage((message) => value.in(headerValue(message, 'call-id') ?? '')),
};

const has: FilterKey = {
  name: 'has',
  value: 'sdp',
  about: 'messages that have a body of this kind, or a header of this name',
  values: [
    'sdp',
    'xml',
    'c3p',
    'presence',
    'body',
    'Reason',
    'Contact',
    'Route',
    'Record-Route',
    'Authorization',
    'ms-diagnostics',
  ],
  on: 'message',
  read: ({ text }) => {
    const name = text.toLowerCase();
    if (name === 'body') return ofMessage(hasBody);
    if (name === 'sdp') return ofMessage((message) => typesOf(message).includes('application/sdp'));
    if (name === 'xml') return ofMessage((message) => typesOf(message).some((type) => /[/+]xml$/.test(type)));
    if (name === 'c3p') return ofMessage((message) => typesOf(message).includes('application/cccp+xml'));
    if (name === 'presence') return ofMessage(isPresence);
    const id = headerId(text);
    return ofMessage((message) => headers(message, id).length > 0);
  },
};

/** Types of presence documents: RFC 3863, RFC 3858 (who watches), RFC 4662 (lists), and what MS-PRES makes of them. */
const PRESENCE =
  /^application\/(?:pidf|xpidf|cpim-pidf|watcherinfo|msrtc-|vnd-microsoft-(?:roaming|privacy|presence))|presence/;
const PRESENCE_EVENT = /^\s*(?:presence|vnd-microsoft-(?:roaming|presence))/i;

/** A message about the presence of somebody: by its event package (RFC 3856) or its body. */
function isPresence(message: SipMessage): boolean {
  return (
    PRESENCE_EVENT.test(headerValue(message, 'event') ?? '') || typesOf(message).some((type) => PRESENCE.test(type))
  );
}

function typesOf(message: SipMessage): string[] {
  return bodyParts(message).map(({ type }) => type);
}

const header: FilterKey = {
  name: 'header',
  value: 'User-Agent=snom',
  about: 'messages with a header that contains this text: header:NAME=TEXT; header:NAME where it is there',
  on: 'message',
  isList: false,
  read: ({ text }) => {
    const [, name = '', sought] = /^([^=]*)(?:=(.*))?$/s.exec(text)!;
    const value = sought === undefined ? null : readValue(sought);
    if (typeof value === 'string') return value;
    if (!/^[^\s:]+$/.test(name)) return `header: takes the name of a header, as User-Agent=snom, not “${text}”`;
    const id = headerId(name);
    return ofMessage((message) =>
      headers(message, id).some((field) => !value || value.in(unfold(slice(message.text, field.value)))),
    );
  },
};

const body: FilterKey = {
  name: 'body',
  value: 'addUser',
  about: 'messages whose body contains this text',
  on: 'message',
  isList: false,
  read: (value) => ofMessage(({ text, body: { from, to } }) => value.in(text, from, to)),
};

const text: FilterKey = {
  name: 'text',
  value: '"Busy Here"',
  about: 'messages that contain this text, as a word without a key',
  on: 'message',
  isList: false,
  read: (value) => ofMessage((message) => value.in(message.text, message.from, message.to)),
};

/** What is asked of the parsed message. */
export const messageKeys: readonly FilterKey[] = [call, has, header, body, text];
