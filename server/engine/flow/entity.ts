import { slice, span } from '../base/text.ts';
import { identity, parseUri } from '../sip/values.ts';

/** A URI as people say it: `user@host`, a number, or the URI itself where it has neither. */
export function shortUri(uri: string): string {
  const parsed = parseUri(uri, span(0, uri.length));
  const host = slice(uri, parsed.host);
  if (parsed.user) return `${slice(uri, parsed.user)}@${host}`;
  return parsed.scheme === 'tel' || parsed.scheme.startsWith('sip') ? host : uri;
}

/** The user part of a URI, or what is there instead. */
export function userOf(uri: string): string {
  return shortUri(uri).split('@')[0]!;
}

/** The user of a URI as numbers are dialled: the last nine digits count, other names as they are. */
export function dialledUser(uri: string): string {
  const user = userOf(uri);
  const digits = user.replace(/[-.() ]/g, '');
  return /^\+?\d{3,}$/.test(digits) ? digits.replace(/^\+/, '').slice(-9) : user.toLowerCase();
}

/** Whether two URIs of conference documents name the same user or conference; what a GRUU adds does not count. */
export function sameEntity(a: string, b: string): boolean {
  return entityKey(a) === entityKey(b);
}

/** What `sameEntity` compares. Microsoft's servers do not keep the letter case of users. */
export function entityKey(uri: string): string {
  return identity(uri.trim())
    .toLowerCase()
    .replace(/;opaque=user:.*$/, '');
}

/** The address of record that a focus or MCU bears: its organizer's. */
export function organizerKey(uri: string): string {
  return entityKey(uri).replace(/;opaque=app:conf:.*$/, '');
}

/** The id in the URI of a focus or MCU; undefined for the factory and any other URI. */
export function conferenceId(uri: string): string | undefined {
  return /;opaque=app:conf:[\w-]+:id:([^;\s]+)/i.exec(uri)?.[1]?.toLowerCase();
}

/** Names the conference that a focus or MCU URI belongs to: its id is common to them; any other URI names itself. */
export function conferenceKey(uri: string): string {
  return conferenceId(uri) ?? entityKey(uri);
}
