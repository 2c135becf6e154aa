/** The user's settings of the ladder; times in seconds. */
export interface LadderSettings {
  readonly density: 'compact' | 'comfortable';
  /** The zone of the log where it names one, that of the user, or UTC. */
  readonly timeZone: 'log' | 'local' | 'utc';
  /** So long without a message is shown as a gap; 0: never. */
  readonly gap: number;
  /** From when on a wait is noticed, slow, too long. */
  readonly slow: readonly number[];
}
