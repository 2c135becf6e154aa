import type { TextEdit } from './text.ts';

/** An edit of a message, or of another one that must change with it. */
export interface RepairEdit extends TextEdit {
  /** Zero-based number of the message, where it is another one than the one that is mended. */
  readonly in?: number;
}

/**
 * How sure it is that a change is wanted. `sure`: it loses nothing and makes nothing up, so that it may be done unseen with all
 * others; `likely`: the one that is meant most likely; `possible`: one of several.
 */
export type Confidence = 'sure' | 'likely' | 'possible';

/** A change that mends a problem. */
export interface Repair {
  /** In the imperative: `Insert 'Max-Forwards: 70'`. */
  readonly title: string;
  /** In any order; they do not overlap. Their offsets are those of the message or the document. */
  readonly edits: readonly RepairEdit[];
  readonly confidence: Confidence;
}
