// Four bytes in one number. A file without imports, as `characters.ts` is.

/** A line feed in each byte. */
export const LINE_FEEDS = 0x0a0a0a0a;
/** 1 in each byte; the highest bit of each byte. A byte of `w` is 0 where `(w - ONES) & ~w & HIGH_BITS` has its bit, the lowest at least. */
export const ONES = 0x01010101;
export const HIGH_BITS = -0x7f7f7f80;
