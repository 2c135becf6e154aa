/** Names of transports by the number in `Columns.flags`; others than these are not kept. */
export const TRANSPORTS = ['', 'UDP', 'TCP', 'TLS', 'SCTP', 'WS', 'WSS', 'TLS-SCTP', 'DTLS'] as const;

/** The number of a transport, 0 where it is none of the known ones. */
export function transportNumber(name: string | undefined): number {
  return name === undefined ? 0 : Math.max(0, TRANSPORTS.indexOf(name.toUpperCase() as (typeof TRANSPORTS)[number]));
}

/** A hostile log may name a new address in every message. */
const MOST = 2_000_000;
const LONGEST = 100;

/** The addresses that logs tell, as `192.0.2.1:5060`, by number; 0 is none. */
export class Endpoints {
  readonly names: string[] = [''];
  private readonly numbers = new Map<string, number>([['', 0]]);

  /** The number of an address; made on first sight. */
  number(name: string | undefined): number {
    if (!name) return 0;
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    if (this.names.length >= MOST || name.length > LONGEST) return 0;
    // A copy: a part of a line would keep the whole line in memory.
    const own = Array.from(name).join('');
    const made = this.names.push(own) - 1;
    this.numbers.set(own, made);
    return made;
  }
}
