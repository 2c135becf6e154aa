// What hashes are made with. A file without imports, as `sip/characters.ts` is.

/** A hash made byte by byte (FNV-1a) begins with the seed; for each byte it becomes `imul(hash ^ byte, PRIME)`. */
export const SEED = -0x7ee3623b;
export const PRIME = 0x01000193;
export const OTHER_PRIME = 0x5bd1e995;
