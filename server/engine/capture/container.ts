import type { Stretch } from '../trace/stretch.ts';

/** A file holds no packet, and no block, that is longer; what says so is damaged. */
export const LARGEST = 64 * 1024 * 1024;
/** What follows cannot be read. */
export const DAMAGED = -1;

/** A kind of file that holds packets. */
export interface Container {
  /**
   * Reads what is whole at the beginning of the stretch, and all of it where that is the last.
   * @returns how far the stretch is done, or `DAMAGED`
   */
  read(stretch: Stretch): number;
}
