/** A whole trace at a glance: little of each message, so that all of them can be held at once. */
export interface TraceOverview {
  /** Of the trace as it was asked about. */
  readonly revision: number;
  /** Single messages are not told of: there are too many. */
  readonly isTooLong: boolean;
  /** A hexadecimal digit for each message, in order: the sum of its marks. '' where there are too many. */
  readonly marks: string;
  /** Milliseconds since 1970 of the first message that has a time, rounded; null where no message has one. */
  readonly firstTime: number | null;
  /**
   * For each message the whole milliseconds since the one before that has a time, 0 for the first; null for one without a time.
   * Null where no message has one, or there are too many.
   */
  readonly waits: readonly (number | null)[] | null;
}

/** What is told of a message at a glance. */
export const Mark = {
  /** It is a response of failure. */
  failure: 1,
  /** The checks found a warning in it, an error. */
  warning: 2,
  error: 4,
  /** The checks have looked at it: without this mark nothing is known of its problems. */
  checked: 8,
} as const;

const DIGITS = '0123456789abcdef';

/** The marks of all messages as digits. */
export function writeMarks(marks: Uint8Array): string {
  const letters = marks.map((sum) => DIGITS.charCodeAt(sum));
  return new TextDecoder('latin1').decode(letters);
}

/** The marks of all messages, from their digits; what is no digit is no mark. */
export function readMarks(digits: string): Uint8Array {
  const marks = new Uint8Array(digits.length);
  for (let index = 0; index < marks.length; index++) {
    const letter = digits.charCodeAt(index);
    const sum = letter >= 97 ? letter - 87 : letter - 48;
    marks[index] = sum >= 0 && sum < 16 ? sum : 0;
  }
  return marks;
}
