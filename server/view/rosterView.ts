/** A conference over time, as one of its subscribers learned of it. */
export interface RosterTimeline {
  /** What can be chosen, in words, and which of it this is. */
  readonly choices: readonly string[];
  readonly chosen: number;
  /** How far the trace was read for it, from 0 to 1: asked again, it goes on. Null where this is all. */
  readonly progress: number | null;
  /** The notifications, in order: spans and events name them by their place here. */
  readonly marks: readonly RosterMark[];
  readonly users: readonly RosterUserView[];
}

/** A notification of the conference's state. */
export interface RosterMark {
  /** One-based number of its message. */
  readonly message: number;
  /** Milliseconds since 1970, or null. */
  readonly time: number | null;
  readonly version: number | null;
  /** `full`, `partial` or `deleted`. */
  readonly state: string;
  /** The versions that are missing before it, or null. */
  readonly gap: { readonly from: number; readonly to: number } | null;
  /** A version is missing since the last full one. */
  readonly stale: boolean;
  /** Null where it was not said. */
  readonly locked: boolean | null;
  /** How many users are listed, and whether these are all. */
  readonly users: number;
  readonly isWhole: boolean;
  /** The MCUs that were named up to here, by what they are for. */
  readonly mcus: readonly string[];
  /** What it changed, in words. */
  readonly changes: readonly string[];
  /** One-based number of the message that caused the first change of which that is known, or null. */
  readonly cause: number | null;
}

export interface RosterUserView {
  readonly label: string;
  readonly entity: string;
  /** When the user was listed, and how; they do not overlap. */
  readonly spans: readonly RosterSpan[];
  readonly events: readonly RosterEventView[];
}

/** From one mark (inclusive) to another (exclusive) nothing changed for a user. */
export interface RosterSpan {
  readonly from: number;
  readonly to: number;
  readonly role: string;
  readonly endpoints: readonly { readonly name: string; readonly status: string }[];
}

/** Something that changed for a user at a mark. */
export interface RosterEventView {
  readonly at: number;
  readonly kind: string;
  readonly text: string;
  /** One-based number of the notification, and of the message that caused it, or null. */
  readonly message: number;
  readonly cause: number | null;
}
