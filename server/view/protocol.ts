import type { Problem } from '../engine/base/text.ts';
import type { Extent } from '../engine/compare/noise.ts';
import type { Context } from '../engine/filter/filter.ts';
import type { LadderRow, Lane } from '../engine/ladder/ladder.ts';
import type { LaneEvidence, LaneStory } from '../engine/ladder/laneStory.ts';
import type { ValuePart } from '../engine/sip/valueParts.ts';

import type {
  CallList,
  CallNode,
  CallsView,
  LinkDecision,
  LinkingState,
  ShownCall,
  WholeCall,
} from './calls/callNode.ts';
import type { MergeParams } from './editorRequests.ts';
import type { LadderSettings, LaneArrangement } from './ladderLook.ts';

import type { PageActionId } from './pageActions.ts';
import type { RosterTimeline } from './rosterView.ts';
import type { TraceOverview } from './traceOverview.ts';

export * from './editorRequests.ts';
export { packMessages } from './messageBits.ts';
export type { RosterEventView, RosterMark, RosterSpan, RosterTimeline, RosterUserView } from './rosterView.ts';
export * from './templateRequests.ts';
export { Mark, readMarks, type TraceOverview } from './traceOverview.ts';
export type {
  CallList,
  CallNode,
  CallsView,
  Context,
  Extent,
  LadderRow,
  LadderSettings,
  Lane,
  LaneArrangement,
  LaneEvidence,
  LaneStory,
  LinkDecision,
  LinkingState,
  Problem,
  ShownCall,
  ValuePart,
  WholeCall,
};

/** What the page shows before any row: asked again whenever the trace changes. */
export interface TraceSummary {
  /** Rises with each change of the trace; replies for an older revision are dropped. */
  readonly revision: number;
  /** The file's name, for the page's title and for messages. */
  readonly title: string;
  readonly format: string;
  /** How the file is judged, as `doc + ms`. */
  readonly profile: string;
  readonly lanes: readonly Lane[];
  readonly rows: number;
  /** One-based numbers, ascending, of the messages whose row has captions: the page keeps a row above each of them. */
  readonly captionRows: readonly number[];
  /** The messages that repeat another, and which, one-based, in order; empty where there are too many to be folded. */
  readonly retransmissions: readonly (readonly [message: number, of: number])[];
  /**
   * The messages that only ask whether the other side is there, and the answers to them: two bits a message, the first in the lowest bits
   * of an octet, in base64. 1 is a request, 2 a response. Null where there are none.
   */
  readonly keepAlives: string | null;
  /** Milliseconds since 1970 of the first message that has a time; null where no message has one. */
  readonly firstTime: number | null;
  /** The time zone that the log names, in minutes east of UTC; null where it names none. */
  readonly logZone: number | null;
  /** The trace may show a conference: its roster can be asked for. */
  readonly roster: boolean;
  /** Something the user must know of the whole trace: truncated, nothing found, unreadable. In sentences. */
  readonly notices: readonly string[];
  /** Of several files as one trace: how far their clocks are apart; null where they are not, and of any other trace. */
  readonly clocks: Clocks | null;
  /** What the trace holds beside its messages, the most frequent first. */
  readonly skipped: readonly SkippedView[];
  /** How far a file is read that is read by ranges; null where the trace is an open document. */
  readonly reading: FileReading | null;
}

/** How far the clocks of merged files are apart, in sentences, and whether the times are put right for it. */
export interface Clocks {
  readonly notes: readonly string[];
  readonly times: MergeParams['times'];
}

/** Something that is not shown, or not as a whole. */
export interface SkippedView {
  /** In words that follow the count. */
  readonly why: string;
  readonly count: number;
  /** Where the first of it begins: `first at line 12`, `first at byte 4,096`; '' where that is not known. */
  readonly where: string;
  /** Zero-based; null where the source has no lines. */
  readonly line: number | null;
}

/** How far a file is read, in bytes. */
export interface FileReading {
  readonly read: number;
  readonly size: number;
  /** It is being read; the user has stopped it; all is read and what is appended will be, too; all is read for good. */
  readonly state: 'reading' | 'paused' | 'following' | 'done';
}

/** Messages of a trace as a text of their own. */
export interface TraceText {
  readonly text: string;
  /** Where each message stands in the text: its one-based number in the trace, its first line and the one behind it, zero-based. */
  readonly places: readonly { readonly index: number; readonly from: number; readonly to: number }[];
}

export interface HeaderView {
  readonly name: string;
  readonly value: string;
  /** The value taken apart: each value of a list with its parameters. */
  readonly parts: readonly ValuePart[];
  /** What the header means, with its source; '' where it is not known. */
  readonly meaning: string;
}

export interface BodyView {
  /** Media type, as `application/cccp+xml`. */
  readonly type: string;
  /** Pretty-printed for reading; plain text, never markup. */
  readonly text: string;
}

/** One message for the details pane. */
export interface MessageDetail {
  readonly index: number;
  readonly startLine: string;
  readonly headers: readonly HeaderView[];
  readonly bodies: readonly BodyView[];
  readonly problems: readonly ProblemView[];
  /** Other messages worth a jump: `answered by 2`, `answers 1`, `retransmission of 7`. One-based. */
  readonly links: readonly MessageLink[];
}

export interface ProblemView extends Pick<Problem, 'rule' | 'severity' | 'message' | 'spec'> {
  /** Where it lies in the source document; null where that has no lines. */
  readonly range: SourceRange | null;
}

/** Another message that a message belongs together with. */
export interface MessageLink {
  readonly text: string;
  /** One-based. */
  readonly index: number;
  /** `hop`: the same message before or behind a proxy. */
  readonly relation: 'answer' | 'retransmission' | 'hop' | 'command';
}

/** A zero-based range of the source document, as in LSP. */
export interface SourceRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** What a filter gives: one-based numbers of messages, ascending; null where it has no condition. */
export interface FilterAnswer {
  readonly messages: readonly number[] | null;
  /** What is wrong with it, in a sentence, with its place in the text; then nothing is filtered. */
  readonly problem: { readonly from: number; readonly to: number; readonly message: string } | null;
  /** How far it was looked for, from 0 to 1: asked again, it goes on. Null where these are all. */
  readonly progress: number | null;
}

/** What may stand at a place of a filter: what of its text is replaced, by what. */
export interface FilterCompletion {
  readonly from: number;
  readonly to: number;
  readonly items: readonly { readonly text: string; readonly about: string }[];
}

/** A filter with what is shown around the messages that fit. */
export interface Scope {
  readonly filter: string;
  readonly context: Context;
  /** Only the messages of this call, or part of one, where it alone is shown. */
  readonly call?: ShownCall;
}

/** A form in which a ladder leaves the editor: its name, as a list says it, and what files in it end with. */
export interface ExportOffer {
  readonly format: string;
  readonly title: string;
  readonly extension: string;
}

/** A file as it travels: octets are letters in base 64. `pictures`: a list of pictures (SVG) in JSON, each to be drawn as a file (PNG). */
export interface ExportedFile {
  readonly content: string;
  readonly encoding: 'utf8' | 'base64' | 'pictures';
}

/** What the page that draws pictures is given, and what it answers: that it is there, a picture, or why there is none. */
export interface ToPictures {
  readonly svg: string;
  readonly number: number;
  readonly count: number;
}
export interface FromPictures {
  readonly ready?: true;
  readonly png?: ArrayBuffer;
  readonly failure?: string;
}

/** What the page (and the client for it) may ask about one open trace. A throw on the server arrives as a throw here. */
export interface TraceApi {
  summary(): Promise<TraceSummary>;
  /** Rows `from` (inclusive) to `to` (exclusive), zero-based; fewer at the end of the trace. */
  rows(from: number, to: number): Promise<readonly LadderRow[]>;
  /** One-based number of a message. */
  message(index: number): Promise<MessageDetail>;
  /** Why a lane (its zero-based number in the summary) is one. */
  lane(number: number): Promise<LaneStory>;
  /** All messages at a glance, with what the checks have found so far. */
  overview(): Promise<TraceOverview>;
  /** The dialog of each message, in order, as a number that only tells dialogs apart; 0 is none. */
  dialogs(): Promise<readonly number[]>;
  /** The next message (one-based) whose text holds the words, from `after` on in the direction, going round; null if none. */
  search(words: string, after: number, direction: 1 | -1): Promise<number | null>;
  /**
   * The next message (one-based) in which the checks found something, or that tells of a failure; the same way.
   * @param among the messages of which it is one, as `packMessages` tells them; null for all
   */
  finding(after: number, direction: 1 | -1, among: string | null): Promise<number | null>;
  /** The messages that a filter leaves, with what belongs to them, or what is wrong with it. */
  filter(text: string, context: Context): Promise<FilterAnswer>;
  /** What may stand at an offset of a filter. */
  completions(text: string, offset: number): Promise<FilterCompletion>;
  /** A message (one-based), or all messages with its Call-ID, as a text that can be compared with that of another one. */
  comparable(index: number, of: 'message' | 'call', extent: Extent): Promise<string>;
  /** The message's place in the source document. */
  range(index: number): Promise<SourceRange>;
  /** One-based number of the message at a zero-based position of the document, or the one before it; null if none. */
  messageAt(line: number, character: number): Promise<number | null>;
  /** A conference over time: one of the roster's choices, the first where there is none such. */
  roster(choice: number): Promise<RosterTimeline>;
  /** The children of a node of the tree of calls, 500 at most; of '' the calls themselves. None where there is no such node. */
  calls(of: string, view: CallsView): Promise<CallList>;
  /** The nodes from a call down to a message (one-based); none where the view does not list its call. */
  callPath(index: number, view: CallsView): Promise<readonly CallNode[]>;
  /** One-based numbers of the messages of a node, ascending. */
  callMessages(of: string, view: CallsView): Promise<readonly number[]>;
  /** What is to be said of the call of a node, as Markdown. */
  callSummary(of: string): Promise<string>;
  /** All legs of the call of a node, and what makes one call of them. */
  wholeCall(of: string): Promise<WholeCall>;
  /** Calls that begin near that of a node, in order. */
  callsNear(of: string): Promise<readonly CallNode[]>;
  /** How far the legs of calls are linked: of a large file that begins when it is asked, and ends with the file or when it is stopped. */
  linkLegs(how: 'look' | 'stop' | 'resume'): Promise<LinkingState>;
  /** What was told of legs by hand, once nodes are linked, told apart, or what was told of them is taken back. It has to be told by `LINK_DECISIONS`. */
  decideLinks(nodes: readonly string[], how: 'link' | 'cut' | 'undo'): Promise<readonly LinkDecision[]>;
  /** A message, or its call with all of its legs, as a trace of their own: as sent, without the words of a log or a capture. */
  text(index: number, of: 'message' | 'call'): Promise<TraceText>;
  /** Stops reading and following a file; resumes it where it was stopped. An open document does neither. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** The ladder as text, ready to paste. */
  export(format: 'text' | 'mermaid' | 'svg'): Promise<string>;
  /**
   * The forms in which the ladder can be had as a file, and one of them: of the trace as it is, or redacted with a key (null: as it is); all of
   * it, or the messages of a scope (null: all).
   */
  exports(): Promise<readonly ExportOffer[]>;
  file(format: string, key: string | null, scope: Scope | null): Promise<ExportedFile>;
  /** The trace itself, redacted with a key. */
  redacted(key: string): Promise<string>;
}

/** All there is of it: nothing else can be asked. */
const METHODS: Record<keyof TraceApi, true> = {
  summary: true,
  rows: true,
  message: true,
  lane: true,
  overview: true,
  dialogs: true,
  search: true,
  finding: true,
  filter: true,
  completions: true,
  comparable: true,
  range: true,
  messageAt: true,
  roster: true,
  calls: true,
  callPath: true,
  callMessages: true,
  callSummary: true,
  wholeCall: true,
  callsNear: true,
  linkLegs: true,
  decideLinks: true,
  text: true,
  pause: true,
  resume: true,
  export: true,
  exports: true,
  file: true,
  redacted: true,
};

export type TraceCall = {
  [K in keyof TraceApi]: { readonly method: K; readonly args: Parameters<TraceApi[K]> };
}[keyof TraceApi];

/** What the page posts to the extension. */
export type FromPage =
  | { readonly type: 'call'; readonly id: number; readonly call: TraceCall }
  | { readonly type: 'reveal'; readonly index: number; readonly focusEditor: boolean }
  /** Opens a message, or all messages of its call, as a text of their own. */
  | { readonly type: 'openText'; readonly index: number; readonly of: 'message' | 'call' }
  /** Offers what mends a problem in the source document. */
  | { readonly type: 'fix'; readonly range: SourceRange; readonly rule: string; readonly message: string }
  /** Shows two messages, or the calls that they belong to, side by side. */
  | { readonly type: 'compare'; readonly left: number; readonly right: number; readonly of: 'message' | 'call' }
  /** Offers to write the ladder to a file: all of it, what is shown of it, or what belongs to the selected message. */
  | { readonly type: 'export'; readonly scope: Scope | null; readonly selected: number | null }
  /** Opens what is shown of the ladder as text; null is all of it. */
  | { readonly type: 'ladderText'; readonly scope: Scope | null }
  /** Offers the saved filters, and to save the one in force. */
  | { readonly type: 'savedFilters'; readonly scope: Scope | null }
  /** Shows merged files with their times as written or put right. */
  | { readonly type: 'times'; readonly times: MergeParams['times'] }
  /** Shows a line of the text, zero-based. */
  | { readonly type: 'goToLine'; readonly line: number }
  /** Copies a link to the message, which others can open. */
  | { readonly type: 'copyLink'; readonly index: number }
  /** The reader has arranged the lanes; null: as the trace tells them. */
  | { readonly type: 'lanes'; readonly lanes: LaneArrangement | null }
  | { readonly type: 'copy'; readonly text: string };

/** What the extension posts to the page. */
export type ToPage =
  | { readonly type: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }
  | { readonly type: 'changed' }
  | { readonly type: 'settings'; readonly settings: LadderSettings; readonly lanes: LaneArrangement | null }
  /** Shows only what a scope leaves; null shows all. */
  | { readonly type: 'filter'; readonly scope: Scope | null }
  /** Shows only the messages of a call, and selects one (one-based). */
  | { readonly type: 'showCall'; readonly call: ShownCall; readonly index: number }
  /** A command of VS Code asks for an action of the page. */
  | { readonly type: 'do'; readonly action: PageActionId }
  /** Something else is told of the legs of calls by hand. */
  | { readonly type: 'relinked' }
  /** The document is no longer there; in a sentence. */
  | { readonly type: 'gone'; readonly message: string }
  | { readonly type: 'select'; readonly index: number };

/** A `TraceApi` made of a channel: each call is posted, each reply resolves or rejects it. Give every message from the other side to `receive`. */
export function remote(post: (message: { type: 'call'; id: number; call: TraceCall }) => void): {
  api: TraceApi;
  receive(message: ToPage): void;
} {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  const ask =
    (method: keyof TraceApi) =>
    (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        post({ type: 'call', id: last, call: { method, args } as unknown as TraceCall });
      });
  return {
    api: Object.fromEntries(
      Object.keys(METHODS).map((name) => [name, ask(name as keyof TraceApi)]),
    ) as unknown as TraceApi,
    receive(message) {
      if (message.type !== 'reply' && message.type !== 'failure') return;
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.type === 'reply') call?.resolve(message.value);
      else call?.reject(new Error(message.message));
    },
  };
}

/** Answers one call with a `TraceApi`; only the methods of the interface can be named. A throw is passed on. */
export async function serve(api: TraceApi, call: TraceCall): Promise<unknown> {
  if (!Object.hasOwn(METHODS, call.method))
    throw new Error(`The ladder asked for something unknown: ${String(call.method)}.`);
  return (api[call.method] as (...args: unknown[]) => Promise<unknown>)(...call.args);
}

/** The LSP request by which the client relays a call, and the notification that a trace has changed. */
export const TRACE_REQUEST = 'sip/trace';
export const TRACE_CHANGED = 'sip/changed';
export interface TraceRequestParams {
  readonly uri: string;
  readonly call: TraceCall;
  /** What is asked about: a document that the editor has opened, or a file that the server reads itself, by ranges. */
  readonly of?: 'document' | 'file';
}
export interface TraceChangedParams {
  readonly uri: string;
}
