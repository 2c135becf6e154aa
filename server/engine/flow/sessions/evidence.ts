import type { Attendance } from './attendance.ts';
import { EVIDENCE, type EvidenceKind } from './clues.ts';

/** Why two legs are taken for parts of one call. */
export interface LegEvidence {
  readonly kind: EvidenceKind;
  /** In words: `the same Session-ID (RFC 7989 §5)`. */
  readonly text: string;
  /** How sure it is, from 0 to 1. */
  readonly weight: number;
  /** The messages that show it, zero-based: of the first leg, of the other. */
  readonly messages: readonly [number, number];
}

/** Two legs, by the numbers of their Call-IDs, with all that speaks for their being one call. */
export interface LegLink {
  readonly from: number;
  readonly to: number;
  readonly evidence: readonly LegEvidence[];
  /** How sure all of it together is: 1 minus the chance that each piece deceives. */
  readonly weight: number;
}

/** All that speaks for legs being one call, weak or strong, and what is known of the legs: by their numbers. */
export interface LegLinks {
  readonly links: readonly LegLink[];
  readonly callIds: ReadonlyMap<number, string>;
  /** Their first messages that tell of legs, zero-based. */
  readonly firsts: ReadonlyMap<number, number>;
  /** The legs with conferences. */
  readonly conferences: ReadonlyMap<number, Attendance>;
}

/** A call of several legs. */
export interface LinkedCall {
  /** Numbers of Call-IDs in the order of their first message, and the Call-IDs. */
  readonly legs: readonly number[];
  readonly callIds: readonly string[];
  readonly links: readonly LegLink[];
}

export interface Legs {
  readonly calls: readonly LinkedCall[];
  /** What is too weak to make a call of two legs, or joins calls that were told apart by hand: to be shown as guesses only. */
  readonly guesses: readonly LegLink[];
  /** Legs that were told apart by hand, with what speaks for their being one call. */
  readonly cuts: readonly LegLink[];
  /** The legs with conferences, by their numbers: those of one conference belong together, though they are no call. */
  readonly conferences: ReadonlyMap<number, Attendance>;
}

/**
 * A piece of evidence, by its kind and the messages (zero-based) that show it.
 * @param detail more words for it; ''
 */
export function evidenceOf(kind: EvidenceKind, messages: readonly [number, number], detail = ''): LegEvidence {
  const { weight, says, spec } = EVIDENCE[kind];
  const told = detail ? `${says}, ${detail}` : says;
  const text = /^(?:-|de facto)$/.test(spec) ? told : `${told} (${spec})`;
  return { kind, text, weight, messages };
}

/** How sure several pieces of evidence are together. */
export function together(evidence: readonly LegEvidence[]): number {
  const doubt = evidence.reduce((product, { weight }) => product * (1 - weight), 1);
  return Math.round((1 - doubt) * 1000) / 1000;
}
