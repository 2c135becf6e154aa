// What reading gives where it gives no offset. A file without imports, as `sip/characters.ts` is.

/** The stretch ends too early: more of the source is needed. */
export const MORE = -1;
/** Nothing begins there. */
export const NONE = -2;
