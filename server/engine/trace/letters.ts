// The first four letters of names as numbers, as `lettersAt` gives them. A file without imports, as `sip/characters.ts` is.

/** `via:` */
export const VIA = 0x3a616976;
/** `from` */
export const FROM = 0x6d6f7266;
/** `call` */
export const CALL = 0x6c6c6163;
/** `cseq` */
export const CSEQ = 0x71657363;
/** `cont` */
export const CONTENT = 0x746e6f63;
/** `type` */
export const TYPE = 0x65707974;
/** `leng` */
export const LENGTH = 0x676e656c;
/** `rout` */
export const ROUTE = 0x74756f72;
/** `bran` */
export const BRANCH = 0x6e617262;
/** `to:`, of three letters. */
export const TO = 0x003a6f74;
