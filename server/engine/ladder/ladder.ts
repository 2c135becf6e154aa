import type { Session } from '../flow/sessions/session.ts';

/** One lane of the ladder. */
export interface Lane {
  /** `p1`, `p2`, … in the order of first appearance. */
  readonly id: string;
  readonly label: string;
  readonly kind: 'user' | 'focus' | 'mcu' | 'server' | 'address' | 'unknown';
  readonly uri: string | null;
  readonly addresses: readonly string[];
  /** The evidence for this lane, in a sentence. */
  readonly why: string;
  /** No header names it as the one who sends or gets a message: that it stands between users is guessed. */
  readonly isGuess?: true;
}

/** One arrow. Plain values only: it travels to the page. */
export interface LadderRow {
  /** One-based number of the message. */
  readonly index: number;
  /** Zero-based line of the start line in the source; null where the source has no lines. */
  readonly line: number | null;
  /** Milliseconds since 1970 (with fractions), or null. */
  readonly time: number | null;
  /** Lane numbers, zero-based. */
  readonly from: number;
  readonly to: number;
  /** Where one of them is a guess: the lanes of those whom the headers name there, −1 where they have none. */
  readonly named?: { readonly from: number; readonly to: number };
  readonly type: 'request' | 'response';
  /** For a response the CSeq's method. */
  readonly method: string;
  readonly status: number | null;
  readonly reason: string | null;
  /** What the arrow says: `INFO deleteUser carol@contoso.com`, `202 Accepted`. */
  readonly label: string;
  /** The label without method or status: `deleteUser carol@contoso.com`; '' where there is nothing to add. */
  readonly summary: string;
  /** What else matters, as a second line: `offer · audio PCMU/PCMA · at 192.0.2.1:49170`; '' where there is nothing. */
  readonly facts: string;
  /** What the log tells of the way: `192.0.2.1:5060`, `sent` or `received` as its writer sees it, `UDP`; null where it does not. */
  readonly source: string | null;
  readonly destination: string | null;
  readonly direction: 'sent' | 'received' | null;
  readonly transport: string | null;
  readonly callId: string;
  readonly cseq: number | null;
  /** Media type of the body, or null. */
  readonly body: string | null;
  /** How long the message is in its source: characters of a text, octets of a file. */
  readonly length: number;
  /** `d1`, `d2`, …; `t1`, `t2`, …; null where the message belongs to none. */
  readonly dialog: string | null;
  readonly transaction: string | null;
  /** One-based numbers of other messages. */
  readonly respondsTo: number | null;
  readonly retransmissionOf: number | null;
  /** How many messages are retransmissions of this one. */
  readonly retransmissions: number;
  /** How often the capture shows it: 2 where the same observer saw it on its way in and on its way out. */
  readonly copies: number;
  /** A final response that is no success (4xx to 6xx). */
  readonly failed: boolean;
  /** Prose that a documented trace says before this message. */
  readonly captions: readonly string[];
  /** How many problems the checks found in this message. */
  readonly problems: { readonly error: number; readonly warning: number; readonly info: number; readonly hint: number };
}

/** A dialog, and how it went: times in milliseconds, null where the trace does not tell. */
export interface LadderDialog extends Omit<Session, 'ending'> {
  readonly id: string;
  readonly callId: string;
  readonly participants: readonly string[];
  /** One-based numbers. */
  readonly messages: readonly number[];
  /** The id of the lane that ended it, the message (one-based) with which it did, and why as the messages say. */
  readonly endedBy: string | null;
  readonly endedIn: number | null;
  readonly why: readonly string[];
}

/** Why two dialogs' Call-IDs are taken for legs of one call; messages are one-based. */
export interface LadderLink {
  readonly from: string;
  readonly to: string;
  /** How sure it is, from 0 to 1. */
  readonly weight: number;
  readonly evidence: readonly {
    readonly kind: string;
    readonly text: string;
    readonly weight: number;
    readonly messages: readonly number[];
  }[];
}

/** A call of several legs. */
export interface LadderCall {
  /** `c1`, `c2`, … */
  readonly id: string;
  readonly callIds: readonly string[];
  /** Ids of its dialogs. */
  readonly dialogs: readonly string[];
  readonly links: readonly LadderLink[];
}

/** A conference: the dialogs that its users have with its focus and MCUs. They are several calls. */
export interface LadderConference {
  /** Of its focus, or the MCU that is seen first. */
  readonly uri: string;
  readonly callIds: readonly string[];
  /** Ids of its dialogs. */
  readonly dialogs: readonly string[];
}

/** A whole ladder, as the command line and the exports take it. */
export interface Ladder {
  readonly format: string;
  readonly lanes: readonly Lane[];
  readonly rows: readonly LadderRow[];
  readonly dialogs: readonly LadderDialog[];
  /** Calls of more than one leg, and links that are no more than guesses. */
  readonly calls: readonly LadderCall[];
  readonly guesses: readonly LadderLink[];
  readonly conferences: readonly LadderConference[];
  /** Records of the log that hold no message. */
  readonly skipped: readonly { readonly why: string; readonly count: number; readonly line: number | null }[];
}
