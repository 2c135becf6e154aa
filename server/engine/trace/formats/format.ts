import type { Block } from '../../sip/frame.ts';

/**
 * A log format: how its records are known and what they tell. Its functions see lines as Latin-1 or as a picture of their
 * characters, so that columns are offsets; they never fail, whatever a line holds, and are linear.
 */
export interface TraceFormat {
  /** As the command line shows it: `asterisk-pjsip`. The name of its file. */
  readonly id: string;
  readonly title: string;
  /** 1 for a format of the first rank, which tells all that its log knows; 2 for one that is read, but poorer. */
  readonly rank: 1 | 2;
  /**
   * Words one of which stands in the line that announces a message, in any letter case: what makes a line worth a look. Four ASCII
   * characters at least; the first four should be rare.
   */
  readonly marks: readonly string[];
  /** Reads the line that bears a mark; null where it announces nothing. */
  announce(lines: Lines): Envelope | null;
  /**
   * Whether a line behind the message's first does not belong to it any more: an end mark, or what the log writes next. Without it a
   * message ends before the next announcement at the latest.
   */
  ends?(bytes: Uint8Array, at: number, end: number): boolean;
  /** The log writes an end mark behind every message: all before it is the message's, whatever it looks like. */
  readonly closed?: boolean;
  /** Its messages are made again of what it tells of them: their line ends and the lengths of their bodies are not the sender's. */
  readonly isRebuilt?: boolean;
  /** It tells little more of a message than its start line: what is missing says nothing, and nothing is checked. */
  readonly isOutline?: boolean;
  /** Its files are no text; what is announced stands in the text that is made of them. */
  readonly isBinary?: boolean;
  /** Takes the message out of the text that begins with its start line, where it does not stand there as it was sent. */
  readonly peel?: Peel;
}

/** The line that bears a mark, and those around it. */
export interface Lines {
  /**
   * The text of a line without its line end, at most so many characters of it, 1000 if left out: 0 is the line with the mark, 1 the
   * next, -1 the one before; '' where there is none.
   */
  text(line: number, most?: number): string;
  /** The text from the beginning of a line on, line ends and all, at most so many characters. For announcements of several lines. */
  passage(line: number, most: number): string;
  /** The text right above the line with the mark, at most so many characters, and none that a message before it took. */
  above(most: number): string;
}

/** What an announcement tells of the message behind it. One for each record: a plain literal is made several times as fast as one with `...`. */
export interface Envelope {
  /** Milliseconds since 1970, or null where the log has none. Left out: the last time in the lines before it. */
  readonly time?: number | null;
  /** `192.0.2.1:5060`, `[2001:db8::1]:5060`, or what else the log calls the place. */
  readonly source?: string | undefined;
  readonly destination?: string | undefined;
  /** As the side that wrote the log sees it. */
  readonly direction?: Direction | undefined;
  /** `UDP`, `TCP`, `TLS`, …, in any letter case. */
  readonly transport?: string | undefined;
  /** The log's own name for the call, the thread or the session. */
  readonly thread?: string | undefined;
  /** The octets that the log announces. */
  readonly octets?: number | undefined;
  /**
   * Where the message begins: the line as `Lines` counts, 1 if left out, and the column in it. Empty lines there are passed over.
   * Where the column is left out, the start line is looked for on the line, and words before it may be a prefix of all lines.
   */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** Why the message is not to be shown, in words that follow a number: `messages printed twice`. It is passed over and counted. */
  readonly skip?: string | undefined;
  /** The line stands for so many records that are passed over, and for no message. */
  readonly skipped?: number | undefined;
  /** The line stands for no message: what the log calls places from there on, which it gives here. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** So often the message was captured, 1 if left out. */
  readonly copies?: number | undefined;
}

export type Direction = 'sent' | 'received';

/**
 * Tells which parts of a block, from `from` to `to`, make up the text that counts. It must tell the same of them when more or less
 * stands behind them.
 * @returns where the record ends: `to`, or before it where something else follows; what it passes over is not looked at again
 */
export type Peel = (block: Block, from: number, to: number, into: PieceSink) => number;

export interface PieceSink {
  /** The text goes on with a part of the block. Parts come in rising order. */
  keep(from: number, to: number): void;
  /** The text goes on with what does not stand there: it stands for the block from `from` to `to`. */
  put(text: string, from: number, to: number): void;
  /** What stands before this offset and was not kept tells of the messages once more: nothing is looked for there. */
  pass(to: number): void;
}
