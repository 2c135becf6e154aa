import type { LinkDecision } from './calls/callNode.ts';

// What editor and server ask and tell each other besides the questions about one trace.

/** The notification of what was told of legs by hand, of all traces of the workspace: a `LinkDecisions`. */
export const LINK_DECISIONS = 'sip/linkDecisions';
/** By the trace's URI. */
export type LinkDecisions = Readonly<Record<string, readonly LinkDecision[]>>;
/** The notification that nobody looks at a file any more, with `{ uri }`. */
export const FILE_CLOSED = 'sip/fileClosed';
/** The scheme of several files as one trace: its query is what was asked for, as `[uris, times]`. */
export const MERGED_SCHEME = 'sip-lens-merged';
/** The request for several files as one trace. */
export const MERGE_REQUEST = 'sip/merge';
export interface MergeParams {
  readonly uris: readonly string[];
  /** Whether clocks that differ are put right, by the messages that several files have. */
  readonly times: 'as written' | 'aligned';
}
export interface MergeResult {
  readonly text: string;
  /** By how much clocks differ, in sentences. */
  readonly notes: readonly string[];
}
/** The request of a language model: one of the tools in `package.json`, asked about a document or a file. The answer is a text. */
export const TOOL_REQUEST = 'sip/tool';
export interface ToolParams {
  readonly uri: string;
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** How long the answer may be, in characters. */
  readonly longest?: number;
}
/** The server asks the editor for bytes of a file that it cannot read itself. */
export const READ_BYTES_REQUEST = 'sip/readBytes';
export interface ReadBytesParams {
  readonly uri: string;
  readonly from: number;
  readonly length: number;
}
export interface ReadBytesResult {
  /** Of the whole file. */
  readonly size: number;
  /** The bytes, in base64; fewer at the end of the file. */
  readonly base64: string;
}
/** The server asks the editor for the text of a file, with `{ uri }`: in a browser only the editor can read one. */
export const READ_FILE_REQUEST = 'sip/readFile';

/** The editor's command that shows a message in the ladder: its argument is a `MessagePlace`. The client says in its options that it has it. */
export const SHOW_IN_LADDER = 'sipLens.showInLadder';
export interface MessagePlace {
  readonly uri: string;
  /** One-based number of the message. */
  readonly index: number;
}
/** The editor's command that opens a new text: its argument is a `FilledTemplate`. */
export const OPEN_TEXT = 'sipLens.openText';
/** VS Code's command that shows the next completions at once. */
export const SUGGEST = 'editor.action.triggerSuggest';

/** What the client says of itself when it starts the server. */
export interface ClientOptions {
  /** Commands of the editor that a code lens, a completion or a code action may name. */
  readonly commands?: readonly string[];
  readonly links?: LinkDecisions;
}
