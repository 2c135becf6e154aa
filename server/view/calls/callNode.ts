/** Which calls are listed, and in which order. */
export interface CallsView {
  readonly show: 'all' | 'failed' | 'in progress';
  /** By their first message, or the longest first. */
  readonly order: 'time' | 'duration';
}

export type CallOutcome = 'succeeded' | 'failed' | 'cancelled' | 'in progress' | 'unknown';

/** A node of the tree of calls: call, leg (Call-ID), dialog, transaction, message, with what links legs. */
export interface CallNode {
  /** Its name in questions about it, unique in the tree. */
  readonly id: string;
  readonly kind:
    | 'call'
    | 'conference'
    | 'subscription'
    | 'registration'
    | 'other'
    /** All calls of a conference. */
    | 'meeting'
    /** Several of one kind, and a part of a long list. */
    | 'fold'
    | 'range'
    | 'leg'
    | 'link'
    | 'guess'
    /** Linked by hand, and told apart by hand. */
    | 'linked'
    | 'cut'
    | 'dialog'
    | 'transaction'
    | 'request'
    | 'response';
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** Null where there is none to tell. */
  readonly outcome: CallOutcome | null;
  /** One-based number of the message that stands for it. */
  readonly message: number;
  readonly hasChildren: boolean;
}

export interface CallList {
  readonly nodes: readonly CallNode[];
  /** How many calls the whole list has, and how many the trace. */
  readonly shown: number;
  readonly all: number;
  /** How many links of legs are known. */
  readonly links: number;
}

/** A node whose messages alone the ladder shows. */
export interface ShownCall {
  readonly of: string;
  readonly view: CallsView;
  /** How the reader knows it. */
  readonly title: string;
}

/** What somebody told of two legs by hand, by their Call-IDs. */
export interface LinkDecision {
  readonly callIds: readonly [string, string];
  readonly are: 'one call' | 'not one call';
}

/** How far the legs of a trace are linked. */
export interface LinkingState {
  /** From 0 to 1: asked again, it goes on. Null where it does not go on. */
  readonly progress: number | null;
  /** How many links are known. */
  readonly links: number;
  readonly isStopped: boolean;
  /** What there is to know of it, in a sentence; '' where all is as it should be. */
  readonly note: string;
}

/** All of a call: its name in questions, how the reader knows it, and what makes one call of its legs. */
export interface WholeCall extends ShownCall {
  readonly legs: number;
  readonly links: readonly CallLink[];
  /** What may be further legs. */
  readonly guesses: readonly CallLink[];
  /** How many more links there are than are told. */
  readonly more: number;
}

/** Why two legs are one call, or may be. */
export interface CallLink {
  /** `Legs 1 and 2`, and of a guess the other call: `Carol → Bob`. */
  readonly of: string;
  readonly text: string;
  /** As it is shown: `0.95`; '' of what was told by hand. */
  readonly weight: string;
  /** One-based numbers of the messages that show it. */
  readonly messages: readonly [number, number];
}
