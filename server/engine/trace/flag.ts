// Bits of `Columns.flags`.

/** The whole message stands on one line of a web page. */
export const flattened = 1;
/** The body's type is cccp+xml, conference-info+xml or another XML. */
export const xml = 2;
/** The body ends where Content-Length says. */
export const measured = 4;
/** The To header has no tag. */
export const initial = 8;
/** A request whose To is its From: who sends and who gets it is told by other things. */
export const toSelf = 16;
/** The message was changed for print: its lines are indented, or bear the marks of RFC 4475 §2.1 for broken ones. */
export const joined = 32;
/** Codes of a terminal stand in the message: colours, a CR written as `^M`. */
export const coloured = 64;
/** Its line ends and other characters are written as escapes. */
export const escaped = 128;
/** Each of its lines begins with the same words as the first. */
export const prefixed = 256;
/** An empty line stands behind each of its lines. */
export const spaced = 512;
/** What its log says of its direction. */
export const sent = 1024;
export const received = 2048;
/** Four bits: what its log says of the transport, as a number of `TRANSPORTS`. */
export const transportShift = 12;
/** The break between pages of a document may stand in the message. */
export const paged = 1 << 16;
/** The body's type is application/sdp, or multipart, in which one may be. */
export const described = 1 << 17;
/** Eight bits: the number of the log format, 0 where there is none. */
export const formatShift = 24;
/** The message does not stand in the source as it was sent. */
export const altered = flattened | joined | coloured | escaped | prefixed | spaced | paged;
