// A file without imports, as `sip/characters.ts` is.

/** First number of a request in `Columns.kind`; below it stand status codes. */
export const REQUEST = 1000;
