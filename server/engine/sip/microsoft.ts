import type { HeaderField, SipMessage } from './message.ts';
import { authenticationScheme } from './values.ts';

const SCHEMES = ['ntlm', 'kerberos', 'tls-dsk'];

/**
 * Whether an authentication header holds a signature of Microsoft's (MS-SIPAE): clients sign their responses too, servers
 * their requests, with headers that RFC 3261 has in the opposite direction only.
 */
export function isMicrosoftSignature(message: SipMessage, field: HeaderField): boolean {
  return SCHEMES.includes(authenticationScheme(message.text, field.value).toLowerCase());
}
