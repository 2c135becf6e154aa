import { PairTable } from '../base/table.ts';
import type { Endpoints } from '../trace/endpoints.ts';
import { addressText, u32 } from './bytes.ts';

/** Addresses and ports of packets by number; names are made of those only that messages have. */
export class Addresses {
  private readonly endpoints: Endpoints;
  private readonly byIpv4 = new PairTable();
  private readonly byText = new Map<string, number>();
  /** Bytes of an IPv4 address and its port; a text where it is IPv6. */
  private readonly known: (string | number)[] = [''];
  private readonly ports: number[] = [0];
  private readonly named: number[] = [0];

  constructor(endpoints: Endpoints) {
    this.endpoints = endpoints;
  }

  /** The number of what stands there: an address of 4 or 16 bytes, and a port. */
  number(bytes: Uint8Array, at: number, length: number, port: number): number {
    if (length !== 4) return this.ofText(addressText(bytes, at, length, port));
    const address = u32(bytes, at);
    const known = this.byIpv4.get(address, port);
    if (known) return known;
    const made = this.add(address, port);
    this.byIpv4.set(address, port, made);
    return made;
  }

  /** The number in the trace's `Endpoints` of an address by its number here. */
  endpoint(number: number): number {
    const known = this.named[number]!;
    if (known) return known;
    const address = this.known[number]!;
    const text = typeof address === 'string' ? address : ipv4Text(address, this.ports[number]!);
    this.named[number] = this.endpoints.number(text);
    return this.named[number]!;
  }

  private ofText(text: string): number {
    const known = this.byText.get(text);
    if (known) return known;
    const made = this.add(text, 0);
    this.byText.set(text, made);
    return made;
  }

  private add(address: string | number, port: number): number {
    this.ports.push(port);
    this.named.push(0);
    return this.known.push(address) - 1;
  }
}

function ipv4Text(address: number, port: number): string {
  return addressText(Uint8Array.of(address >>> 24, address >>> 16, address >>> 8, address), 0, 4, port);
}
