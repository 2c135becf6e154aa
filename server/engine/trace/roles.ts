// What a line of a head may be, by its first byte. A file without imports, as `sip/characters.ts` is.

/** A header that the index does not need. */
export const OTHER = 0;
/** A header that it may need. */
export const NEEDED = 1;
/** The end of the head, a mark, or a header. */
export const SPECIAL = 2;
