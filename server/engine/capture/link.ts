import type { Order } from './bytes.ts';
import { u16, u32 } from './bytes.ts';

/** The packet carries something else than IP. */
export const NO_IP = -1;
/** Nobody here knows the link type. */
export const UNKNOWN_LINK = -2;

type Link = (bytes: Uint8Array, at: number, to: number, order: Order) => number;

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
/** Address families of IPv6: Linux, BSD, Darwin. */
const FAMILIES_OF_IPV6 = [10, 24, 28, 30];

/** Link types by their number in captures (https://www.tcpdump.org/linktypes.html): where the header of IP begins. */
const LINKS: Readonly<Record<number, Link>> = {
  0: (bytes, at, _to, order) => family(order.u32(bytes, at), at + 4),
  1: ethernet,
  9: (bytes, at, to) => ppp(bytes, bytes[at] === 0xff && bytes[at + 1] === 3 ? at + 2 : at, to),
  12: raw,
  14: raw,
  50: (bytes, at, to) => ppp(bytes, at + 2, to),
  101: raw,
  108: (bytes, at) => family(u32(bytes, at), at + 4),
  113: (bytes, at, to) => etherType(bytes, at + 14, to),
  228: raw,
  229: raw,
  276: (bytes, at, to) => (u16(bytes, at) === 0 ? NO_IP : typed(bytes, u16(bytes, at), at + 20, to)),
};

/** Where in the packet of a link type the header of IP begins: an offset, `NO_IP` or `UNKNOWN_LINK`. */
export function networkAt(type: number, bytes: Uint8Array, at: number, to: number, order: Order): number {
  const link = LINKS[type];
  if (!link) return UNKNOWN_LINK;
  const network = link(bytes, at, to, order);
  return network < to ? network : NO_IP;
}

/** Where behind a header of Ethernet that of IP begins. */
export function ethernet(bytes: Uint8Array, at: number, to: number): number {
  return etherType(bytes, at + 12, to);
}

/** The same behind the two bytes that say what follows, as in Ethernet. */
export function etherType(bytes: Uint8Array, at: number, to: number): number {
  return at + 2 > to ? NO_IP : typed(bytes, u16(bytes, at), at + 2, to);
}

/** Tags of VLANs, labels of MPLS and PPPoE may stand between. */
function typed(bytes: Uint8Array, type: number, at: number, to: number): number {
  while (type === 0x8100 || type === 0x88a8 || type === 0x9100) {
    if (at + 4 > to) return NO_IP;
    type = u16(bytes, at + 2);
    at += 4;
  }
  if (type === IPV4 || type === IPV6) return at;
  if (type === 0x8847 || type === 0x8848) return mpls(bytes, at, to);
  return type === 0x8864 ? ppp(bytes, at + 6, to) : NO_IP;
}

function mpls(bytes: Uint8Array, at: number, to: number): number {
  while (at + 4 <= to && (bytes[at + 2]! & 1) === 0) at += 4;
  return raw(bytes, at + 4, to);
}

/** The protocol's number stands in two bytes, or in one that is odd (RFC 1661 §2). */
function ppp(bytes: Uint8Array, at: number, _to: number): number {
  if (bytes[at] === 0x21 || bytes[at] === 0x57) return at + 1;
  const protocol = u16(bytes, at);
  return protocol === 0x21 || protocol === 0x57 ? at + 2 : NO_IP;
}

function raw(bytes: Uint8Array, at: number, to: number): number {
  const version = bytes[at]! >> 4;
  return at < to && (version === 4 || version === 6) ? at : NO_IP;
}

function family(number: number, at: number): number {
  return number === 2 || FAMILIES_OF_IPV6.includes(number) ? at : NO_IP;
}
