import type { Confidence } from '../base/repair.ts';
import type { Severity, Span, TextEdit } from '../base/text.ts';
import { xmlBodies } from '../flow/bodies.ts';
import type { Reading } from '../reading.ts';
import type { SipMessage } from '../sip/message.ts';
import type { XmlDocument } from '../xml/xml.ts';

export type { TextEdit } from '../base/text.ts';

/** A document somebody writes or reads: a trace, or one XML document. Offsets are UTF-16 units of `text`. */
export interface Source {
  readonly uri: string;
  readonly text: string;
  readonly kind: 'trace' | 'xml';
  /** What the editor calls the language. */
  readonly language?: string;
  /** The messages and what they mean together; there are none in an XML document. */
  readonly reading: Reading;
  /** The XML document; null in a trace. Parsed when it is first asked for. */
  readonly xml: XmlDocument | null;
}

/** A place in one message of a trace, in the lines of the message as it is parsed. */
export interface MessagePlace {
  readonly index: number;
  readonly message: SipMessage;
  /** The place in `message.text`. */
  readonly offset: number;
  /** The message stands in the source as it is parsed, so that it can be edited: not on one line, not indented. */
  readonly editable: boolean;
  /** The place in the source of a span of `message.text`. */
  toSource(span: Span): Span;
}

/** A place in an XML document or in an XML body of a message. */
export interface XmlPlace {
  readonly document: XmlDocument;
  /** The place in `document.text`. */
  readonly offset: number;
  /** The message that carries the body; null for a document of its own. */
  readonly within: MessagePlace | null;
  readonly editable: boolean;
  toSource(span: Span): Span;
}

/** Something to choose while typing. `insert` is a snippet (`${1:name}`, `$0`; `$`, `}` and `\` of plain text are escaped). */
export interface Completion {
  readonly label: string;
  readonly kind:
    | 'element'
    | 'closing'
    | 'attribute'
    | 'value'
    | 'namespace'
    | 'identifier'
    | 'command'
    | 'header'
    | 'parameter'
    | 'method'
    | 'status'
    | 'snippet';
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What it takes the place of, in the source. */
  readonly replace: Span;
  /** What is typed to find it; the label where absent. */
  readonly filter?: string;
  readonly insert: string;
  /** Further changes, as a namespace declaration at the root. */
  readonly also?: readonly TextEdit[];
  /** Items are shown in the order of these; the label counts where there is none. */
  readonly sort?: string;
  /** What is inserted asks for the next choice at once. */
  readonly retrigger?: boolean;
}

/** A change that mends a problem, or that the place offers. */
export interface Fix {
  /** In the imperative: `Insert the missing attribute 'userEntity'`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The problem it mends; absent for what the place merely offers. */
  readonly problem?: FixedProblem;
  /** Of what mends a problem, how sure it is that it is wanted. */
  readonly confidence?: Confidence;
  /** A new text that it opens, instead of changing this one. */
  readonly opens?: { readonly text: string; readonly languageId: string };
}

/** A diagnostic as an editor gives it back. */
export interface FixedProblem extends Span {
  readonly rule: string;
  readonly message: string;
  /** Other places that explain it, in the source. */
  readonly related?: readonly Span[];
  readonly severity?: Severity;
}

/** The message at an offset of a trace; null outside of messages and in an XML document. */
export function messageAt(source: Source, offset: number): MessagePlace | null {
  const { trace } = source.reading;
  const index = trace.indexAt(offset);
  if (index < 0 || offset > trace.span(index).to) return null;
  return messagePlace(source, index, offset);
}

/** A message of a trace, at one of its offsets. */
export function messagePlace(
  { reading: { trace } }: Source,
  index: number,
  offset = trace.span(index).from,
): MessagePlace {
  const view = trace.view(index);
  return {
    index,
    message: trace.message(index),
    offset: fromSource(view, offset),
    editable: view.text === trace.text,
    toSource: (span) => view.toSource(span),
  };
}

/** The XML document, or the XML body of a message, that an offset lies in; its end belongs to it. */
export function xmlAt(source: Source, offset: number): XmlPlace | null {
  if (source.kind === 'xml')
    return source.xml && { document: source.xml, offset, within: null, editable: true, toSource: (span) => span };
  const within = messageAt(source, offset);
  const body = within && xmlBodies(within.message).find(({ document }) => isIn(document, within.offset));
  return body ? { ...within, document: body.document, within } : null;
}

/** All XML documents of a source: itself, or the bodies of its messages from the first to the last. */
export function* xmlDocuments(source: Source): Generator<XmlPlace> {
  if (source.kind === 'xml') {
    const whole = xmlAt(source, 0);
    if (whole) yield whole;
    return;
  }
  for (let index = 0; index < source.reading.trace.count; index++) {
    const within = messagePlace(source, index);
    for (const { document } of xmlBodies(within.message)) yield { ...within, document, offset: document.from, within };
  }
}

function isIn({ from, to }: Span, offset: number): boolean {
  return from <= offset && offset <= to;
}

/** The offset in the message's lines of an offset in the source: the last one that does not lie behind it. */
function fromSource(view: Span & { toSource(span: Span): Span }, offset: number): number {
  let low = view.from;
  let high = view.to;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (view.toSource({ from: middle, to: middle }).from <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
