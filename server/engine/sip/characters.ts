// Characters by their codes. A file without imports: of such the bundler puts numbers in their places, and loops need that.

export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const BLANK = 32;
export const COMMA = 44;
export const HYPHEN = 45;
export const COLON = 58;
export const SEMICOLON = 59;
