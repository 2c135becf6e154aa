import { attributeValue, child, childrenOf, textOf, type XmlDocument, type XmlElement } from '../xml/xml.ts';
import { CCCP_EXTENSIONS, CONFERENCE_INFO, CONFINFO_EXTENSIONS, readCccp } from './cccp.ts';
import { conferenceId, entityKey, organizerKey, userOf } from './entity.ts';

/** That somebody asks a conference to call a user (MS-CONFBAS §2.2.3.15). */
export interface DialOut {
  readonly requestId: string;
  /** The conference by its organizer and id, and the URIs by which the user may be called, as `calledKey` writes both. */
  readonly keys: readonly string[];
}

/** The users that the commands of a CCCP request ask a conference to call. */
export function dialOutsIn(document: XmlDocument | null): DialOut[] {
  if (!document) return [];
  const cccp = readCccp(document);
  if (cccp?.kind !== 'request') return [];
  return cccp.commands
    .filter(({ name }) => name === 'addUser')
    .flatMap(({ element, confEntity, users }) => {
      const endpoints = childrenOf(element, 'user', CONFERENCE_INFO).flatMap((user) =>
        childrenOf(user, 'endpoint', CONFERENCE_INFO),
      );
      if (!endpoints.some((endpoint) => isDialedOut(document, endpoint)) && !mcuOf(document, element)) return [];
      const conference = confEntity?.value || cccp.to?.value || '';
      const uris = [...users.map(({ value }) => value), ...endpoints.flatMap((one) => urisOf(document, one))];
      const keys = [...new Set(uris.map((uri) => calledKey(conference, uri)))].filter(Boolean);
      return keys.length > 0 ? [{ requestId: cccp.requestId?.value ?? '', keys }] : [];
    });
}

/** A user that a focus or MCU calls; '' where the caller is none. */
export function calledKey(caller: string, called: string): string {
  const conference = conferenceId(caller);
  return conference && called ? `${organizerKey(caller)} ${conference} ${numberIn(called) || entityKey(called)}` : '';
}

/** The digits of a telephone number, whichever kind of URI it is in; '' of anything else. */
function numberIn(uri: string): string {
  const number = userOf(uri).replace(/[-.() ]/g, '');
  return /^\+?\d{3,}$/.test(number) ? number.replace('+', '') : '';
}

function isDialedOut(document: XmlDocument, endpoint: XmlElement): boolean {
  const method = child(endpoint, 'joining-method', CONFERENCE_INFO);
  return method !== undefined && textOf(document, method).trim() === 'dialed-out';
}

/** The MCU that is to call: it stands there with a namespace or without one. */
function mcuOf(document: XmlDocument, command: XmlElement): string {
  return (
    attributeValue(document, command, 'mcuUri', CCCP_EXTENSIONS) ?? attributeValue(document, command, 'mcuUri') ?? ''
  );
}

function urisOf(document: XmlDocument, endpoint: XmlElement): string[] {
  const names = ['endpoint-uri', 'refer-to-uri'] as const;
  return names.flatMap((name) => attributeValue(document, endpoint, name, CONFINFO_EXTENSIONS)?.trim() || []);
}
