import { type Cipher, HashState } from './cipher.ts';

/** An IPv4 address as it stands in a text. */
export const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d]|\.\d)/g;
/** An IPv6 address: eight groups, or fewer with `::`; never a time of day. */
export const IPV6 =
  /(?<![\w:.])(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,6}(?::[\da-f]{1,4}){1,6})(?![\w:])/gi;

/** Addresses that say nothing of a network: of the host itself, to all, to groups. */
const GENERAL = /^(?:0\.0\.0\.0|127\.|255\.255\.255\.255$|22[4-9]\.|23\d\.|2[45]\d\.)/;

/** Numbers of one to three digits that may stand for each other. */
const NUMBERS = [
  [0, 9],
  [10, 99],
  [100, 255],
] as const;

/**
 * Another IPv4 address of the same length: each number depends on those before it, so that addresses of one network stay in one. Those that name no
 * network stay.
 */
export function otherIpv4(address: string, key: string): string {
  if (GENERAL.test(address)) return address;
  const state = stateOf(key);
  const parts = address.split('.').map((part, at) => {
    const [least, last] = NUMBERS[part.length - 1]!;
    const most = at === 0 && last === 255 ? 223 : last;
    const size = most - least + 1;
    const number = least + ((Number(part) - least + (state.value() % size)) % size);
    state.take(Number(part));
    return String(number);
  });
  // What stood for a network must not become the host itself.
  return GENERAL.test(parts.join('.')) ? ['126', ...parts.slice(1)].join('.') : parts.join('.');
}

/** Another IPv6 address of the same length, by groups that depend on those before them; the first group stays where it tells the kind of address. */
export function otherIpv6(address: string, cipher: Cipher): string {
  if (/^(?:::1?|f[ef])/i.test(address)) return address.replace(/(?<=^f\w*:.*)[\da-f]+/gi, cipher);
  return address.replace(/[\da-f]+/gi, cipher);
}

function stateOf(key: string): HashState {
  const state = new HashState([0x49507634, key.length]);
  for (let at = 0; at < key.length; at++) state.take(key.charCodeAt(at));
  return state;
}
