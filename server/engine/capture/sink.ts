import type { Block } from '../sip/frame.ts';
import type { Endpoints } from '../trace/endpoints.ts';

/** What a packet tells of the message in it. */
export interface Facts {
  /** Milliseconds since 1970 with fractions; NaN where the capture has no times. */
  readonly time: number;
  /** Numbers in the sink's `Endpoints`. */
  readonly source: number;
  readonly destination: number;
  /** As a number of `TRANSPORTS`. */
  readonly transport: number;
  /** Where the packet stands in the file; of a message in several packets the last. */
  readonly place: number;
}

/** Who takes the messages of a capture. Messages are numbered from 0 on as they come. */
export interface Sink {
  readonly endpoints: Endpoints;
  /**
   * A message from its start line to its end; the block is used again afterwards.
   * @param at where it stands in the file; -1 where it was put together of parts
   */
  message(memory: Block, from: number, to: number, facts: Facts, at: number): void;
  /** A message came once more. */
  copy(number: number): void;
  /** Something that cannot be read, in words that follow a number, and where it stands in the file. */
  skip(why: string, place: number): void;
}
