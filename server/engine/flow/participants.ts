import { paramValue, parseUri } from '../sip/values.ts';
import { ADDRESS } from '../trace/parties.ts';

export type Role = {
  readonly kind: 'user' | 'focus' | 'mcu' | 'server' | 'address' | 'unknown';
  readonly label: string;
};

/** What the service word of `opaque=app:conf:…` stands for (MS-SIPRE §2.2.3). */
const CONFERENCE_ROLES: Record<string, Role> = {
  focus: { kind: 'focus', label: 'Focus' },
  focusfactory: { kind: 'focus', label: 'Focus Factory' },
  chat: { kind: 'mcu', label: 'IM MCU' },
  'audio-video': { kind: 'mcu', label: 'A/V MCU' },
  audiovideo: { kind: 'mcu', label: 'A/V MCU' },
  applicationsharing: { kind: 'mcu', label: 'Sharing MCU' },
  meeting: { kind: 'mcu', label: 'Data MCU' },
  'data-conf': { kind: 'mcu', label: 'Data MCU' },
  'phone-conf': { kind: 'mcu', label: 'Phone MCU' },
};

/** What a URI (and the display name seen with it) says of a party: its kind and what to call it. */
export function roleOf(uri: string, displayName: string | undefined): Role {
  if (uri.startsWith(ADDRESS)) return { kind: 'address', label: uri.slice(ADDRESS.length + 1, -1) };
  const parsed = parseUri(uri, { from: 0, to: uri.length });
  const opaque = paramValue(uri, parsed.params, 'opaque')?.toLowerCase() ?? '';
  const service = /^app:conf:([\w-]+)/.exec(opaque)?.[1];
  if (service) return CONFERENCE_ROLES[service] ?? { kind: 'mcu', label: `MCU (${service})` };
  const host = uri.slice(parsed.host.from, parsed.host.to);
  if (parsed.user)
    return { kind: 'user', label: displayName ?? capitalised(safeDecode(uri.slice(parsed.user.from, parsed.user.to))) };
  if (!host) return { kind: 'unknown', label: 'Unknown' };
  return parsed.scheme === 'tel'
    ? { kind: 'user', label: displayName ?? host }
    : { kind: 'server', label: displayName ?? host };
}

function capitalised(user: string): string {
  return /^[a-z]+$/.test(user) ? user[0]!.toUpperCase() + user.slice(1) : user;
}

function safeDecode(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
