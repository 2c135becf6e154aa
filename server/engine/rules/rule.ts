import type { Repair } from '../base/repair.ts';
import type { Profile, Severity, Span } from '../base/text.ts';
import type { Call, FlowMessage } from '../flow/call.ts';
import type { Notice, Notices } from '../flow/notices.ts';
import type { SipMessage } from '../sip/message.ts';
import type { XmlDocument } from '../xml/xml.ts';
import type { RuleGroup } from './groups.ts';

/** What every rule carries: enough for the settings, the README, the hover and its own test. */
export interface RuleFacts {
  /** As users write it in settings: `max-forwards-range`. */
  readonly id: string;
  /** What it is about: severities may be chosen for all rules of a group at once. */
  readonly group: RuleGroup;
  /** One sentence: what it finds. */
  readonly title: string;
  /** Where it stands: `RFC 3261 §20.22`, `MS-CONFBAS §2.2.3.14`; several joined by `; `, the first is linked. */
  readonly spec: string;
  readonly severity: Readonly<Record<Profile, Severity | 'off'>>;
  /**
   * A text on which the rule must be silent, as close to real traffic as is short: one or more SIP messages, or for a rule about
   * XML one document.
   */
  readonly good: string;
  /** A text on which it must speak. Under a faulty line, `^^^ message` marks what is reported and how. */
  readonly bad: string;
  /** How to mend what the rule reports. What it gives removes the problem and brings no other; it is tried on `bad`. */
  readonly fix?: (reported: Reported) => readonly Repair[];
}

/** What a rule has reported of a message, to be mended. */
export interface Reported {
  readonly message: SipMessage;
  /** The place in the message. */
  readonly at: Span;
  /** What was said. */
  readonly text: string;
  /** The message among those of its call. */
  flow(): FlowMessage;
  /** The messages of the same Call-ID. */
  call(): Call;
  /** Messages of the same dialog or transaction, the nearest first, also where the Call-ID is what is missing. */
  neighbours(): readonly SipMessage[];
}

/**
 * Says that something is wrong at a place of the message being checked. `most` lowers the rule's severity for this finding: it is
 * shown at that severity at most.
 */
export type Report = (at: Span, text: string, most?: Severity) => void;

/** What a rule may know besides the message itself. */
export interface MessageContext {
  readonly profiles: readonly Profile[];
  /** The message was put together from one line of a web page: its line structure and lengths are not the sender's. */
  readonly reflowed: boolean;
  /** It is a response, and the request that it answers is in the trace: what it repeats of it was judged there. */
  readonly answers: boolean;
}

/**
 * What of a message decides whether a rule is silent. What it was silent on it is not asked about again, and most lines of a trace come
 * back in other messages: a rule that says what it reads costs next to nothing.
 */
export interface Reads {
  /**
   * The rule is silent on a message if it is on each of these lines alone: a message of which nothing else is known but whether it is a
   * request, and the context. Headers (lower-case full names) and `start-line`; or `field`: each header; `line`: each header and the
   * start line; `address`: the headers that hold addresses, and the start line.
   */
  readonly each?: readonly string[] | 'field' | 'line' | 'address';
  /**
   * Characters one of which must be in such a line for the rule to speak: of `"%,;<>?@`, and `\n` for a line break in a header, `\0` for
   * a control character, `\u0080` for anything that is not ASCII.
   */
  readonly having?: string;
  /**
   * Of such a line only the form counts (`sip/lineForm.ts`): which number or made-up word stands in it does not matter, only how long
   * it is, and whether a letter begins it.
   */
  readonly form?: true;
  /** The rule is silent on a message if it is on another one of the same outline (`sip/outline.ts`) in which these headers, and `start-line`, are the same. */
  readonly outline?: readonly string[];
}

/**
 * What a message must have for a rule to say anything: a header (its lower-case full name), any `body`, a body that may be `xml` or `sdp`;
 * several that will do are parted by `|`. In a call some message must have it; there a method, a status (`487`), a class of them (`2xx`), a
 * `response`, something `repeated`, and a document of `cccp` or `conference-info` may be needed, too.
 */
export type Need = string;

/** A rule about one message. It must not throw on any message, and runs in time linear in the message. */
export interface MessageRule extends RuleFacts {
  readonly scope: 'message';
  /** It judges start lines that cannot be read; all other rules are silent on such a message. */
  readonly onUnreadable?: boolean;
  /** Where it is not given, the rule is asked about every message that has what it `needs`. */
  readonly reads?: Reads;
  /** All of these. */
  readonly needs?: readonly Need[];
  check(message: SipMessage, report: Report, context: MessageContext): void;
}

/** What explains a finding, and how grave it is. */
export interface DocumentRemark {
  readonly related?: readonly { readonly at: Span; readonly text: string }[];
  /** The finding is shown at that severity at most. */
  readonly most?: Severity;
}

/** Says that something is wrong at a place of the document being checked. */
export type DocumentReport = (at: Span, text: string, remark?: DocumentRemark) => void;

/** What a rule about an XML document may know besides the document itself. */
export interface DocumentContext {
  /** The message whose body the document is; null where it is a text of its own. */
  readonly carrier: SipMessage | null;
  /** The media type of the body, in lower case; null where there is no message. */
  readonly type: string | null;
}

/** A rule about one XML document, be it the body of a message or a text of its own. It must not throw, and runs in linear time. */
export interface DocumentRule extends RuleFacts {
  readonly scope: 'document';
  /** The severity in a text of its own, where it is another than the strict one: nobody knows there who sends it, and when. */
  readonly alone?: Severity;
  check(document: XmlDocument, report: DocumentReport, context: DocumentContext): void;
}

/** A message that explains the problem, and the place in it. */
export interface RelatedMessage {
  readonly in: FlowMessage;
  readonly at: Span;
  readonly text: string;
}

/** Says that something is wrong at a place of one message of the call. */
export type CallReport = (where: FlowMessage, at: Span, text: string, related?: readonly RelatedMessage[]) => void;

/** A rule about the messages of one Call-ID together. Time linear in their number, but for small factors. */
export interface CallRule extends RuleFacts {
  readonly scope: 'call';
  /** All of these; a rule without is asked about every call. */
  readonly needs?: readonly Need[];
  check(call: Call, report: CallReport): void;
}

/** A notice that explains the problem, and what it shows. */
export interface RelatedNotice {
  readonly notice: Notice;
  readonly text: string;
}

/** Says that something is wrong at the place of a notice. */
export type TraceReport = (notice: Notice, text: string, related?: readonly RelatedNotice[]) => void;

/** A rule about what several calls have in common: a conference, an association. Gets what is remembered of all messages, in trace order. */
export interface TraceRule extends RuleFacts {
  readonly scope: 'trace';
  /** What it looks at; it must look at nothing else. */
  readonly about: keyof Notices;
  check(notices: Notices, report: TraceReport): void;
}

export type Rule = MessageRule | DocumentRule | CallRule | TraceRule;
