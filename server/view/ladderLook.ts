/** The user's settings of the ladder; times in seconds. */
export interface LadderSettings {
  readonly density: 'compact' | 'comfortable';
  /** The zone of the log where it names one, that of the user, or UTC. */
  readonly timeZone: 'log' | 'local' | 'utc';
  /** So long without a message is shown as a gap; 0: never. */
  readonly gap: number;
  /** From when on a wait is noticed, slow, too long. */
  readonly slow: readonly number[];
  /** Whether keep-alives that were answered with success are left out. */
  readonly hideKeepAlives: boolean;
  /** The overview strip is shown beside the ladder. */
  readonly scrubber: boolean;
}

/** How the reader wants the lanes. A lane is named by its URI, by its label where it has none, or by `host H` and `address A`. */
export interface LaneArrangement {
  /** Whether each participant, each host or each address has a lane, as far as the log tells addresses. */
  readonly group: 'participant' | 'host' | 'address';
  /** The lanes that come first, in this order. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** Those that come before all others, and stay in view. */
  readonly pinned: readonly string[];
  /** What lanes are called instead. */
  readonly names: Readonly<Record<string, string>>;
  /** Lanes whose messages are drawn at another one. */
  readonly merged: Readonly<Record<string, string>>;
  /** Participants whose addresses have a lane each. */
  readonly split: readonly string[];
  /** Guessed lanes whose messages are drawn at those whom their headers name; none in what earlier versions kept. */
  readonly undone?: readonly string[];
}
