// What a header line is; in brackets, what `first` and `second` of its reader are then.

/** A header that has been read before in this message: the first counts. */
export const repeated = 0;
/** Nothing that the index keeps. */
export const other = 1;
/** One Via (its branch, a hash of the host with its port). */
export const via = 2;
/** Several Vias on one line (the first two branches). */
export const vias = 3;
/** An address (party, tag). */
export const from = 4;
/** The same. */
export const to = 5;
/** (the number of the Call-ID) */
export const call = 6;
/** (number, method) */
export const cseq = 7;
/** (length, or -1) */
export const length = 8;
/** (bits of `BodyType`) */
export const type = 9;
/** (where the host of the first Route stands, and its end) */
export const route = 10;
/** (a hash of the line; 0 where it is folded) */
export const contact = 11;
