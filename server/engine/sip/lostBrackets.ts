import { memo } from '../base/memo.ts';
import { search, slice } from '../base/text.ts';
import { addressesOf } from './addresses.ts';
import type { SipMessage } from './message.ts';

const ROUTES = ['route', 'record-route', 'path', 'service-route'];
/** Every message has two headers with addresses; of a line alone nothing can be told. */
const LEAST = 2;

/**
 * Whether a page took the angle brackets out of the message: none stands in its head, though several addresses do, and one of them cannot
 * do without (RFC 3261 §20.10, §25.1).
 */
export const hasLostBrackets: (message: SipMessage) => boolean = memo((message) => {
  const { text, headers } = message;
  const last = headers.at(-1);
  if (!last || search(text, 60, message.startLine.to, last.to) < last.to) return false;
  const addresses = addressesOf(message).filter(({ address }) => /^[a-z][a-z0-9+.-]*:/i.test(slice(text, address.uri)));
  return (
    new Set(addresses.map(({ field }) => field)).size >= LEAST &&
    addresses.some(
      ({ field, address }) =>
        ROUTES.includes(field.id) ||
        address.display !== null ||
        (field.id === 'contact' && address.params.some(({ name }) => name !== 'expires' && name !== 'q')),
    )
  );
});
