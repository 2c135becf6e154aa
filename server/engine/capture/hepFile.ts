import type { Stretch } from '../trace/stretch.ts';
import { spells, u16 } from './bytes.ts';
import { type Container, DAMAGED } from './container.ts';
import type { Dissector } from './dissector.ts';

/** Whether a file that begins so holds packets of HEP 3, one behind the other. */
export function isHepFile(bytes: Uint8Array): boolean {
  return spells(bytes, 0, bytes.length, 'HEP3');
}

/** Reads files of HEP 3 packets without anything between them. */
export class HepReader implements Container {
  private readonly dissector: Dissector;

  constructor(dissector: Dissector) {
    this.dissector = dissector;
  }

  read(stretch: Stretch): number {
    const { bytes, base, end, last } = stretch;
    let at = 0;
    while (at + 6 <= end) {
      const length = u16(bytes, at + 4);
      if (!spells(bytes, at, end, 'HEP3') || length < 6) return DAMAGED;
      if (at + length > end && !last) break;
      this.dissector.takeHep(stretch, base, at, Math.min(end, at + length));
      at += length;
    }
    return last ? end : at;
  }
}
