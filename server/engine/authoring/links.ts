import { type Span, slice, trimmed } from '../base/text.ts';
import { xmlBodies } from '../flow/bodies.ts';
import { addressesIn } from '../sip/addresses.ts';
import { holdsBrackets, valuesOf } from '../sip/grammar.ts';
import type { SipMessage } from '../sip/message.ts';
import { parseNameAddr } from '../sip/values.ts';
import { attributeText, XMLNS } from '../xml/tree.ts';
import { textOf, walk, type XmlDocument } from '../xml/xml.ts';
import { type MessagePlace, messagePlace, type Source } from './source.ts';

/** An address of the web in a source. */
export interface Link {
  readonly at: Span;
  /** Without the escapes of its place. */
  readonly target: string;
}

const START = /\bhttps?:\/\//gi;
/** Nothing else is ever opened. */
const TARGET = /^https?:\/\/[\w[][^\s<>"\\]*$/i;
const LONGEST = 4000;
/** Names of namespaces look like addresses and lead nowhere: most of them are passed over without a look at the document. */
const DECLARATION = /\bxmlns(?::[\w.-]+)?\s*=\s*["']\s*$/;

/**
 * The addresses of the web that headers (Call-Info, Error-Info, Alert-Info, Refer-To …) and the values of XML hold as a whole. A step
 * of the generator is a message; only those that may have one are parsed.
 * @param most so many at most
 */
export function* linksIn(source: Source, most: number): Generator<undefined, Link[]> {
  const links: Link[] = [];
  const add = (found: Iterable<Link>) => {
    for (const one of found) if (links.length < most) links.push(one);
  };
  if (source.xml) add(inDocument(source.xml));
  const { trace } = source.reading;
  const start = new RegExp(START);
  for (let hit = start.exec(trace.text); hit && links.length < most; hit = start.exec(trace.text)) {
    if (DECLARATION.test(trace.text.slice(Math.max(0, hit.index - 100), hit.index))) continue;
    const index = trace.indexAt(hit.index);
    if (index < 0 || trace.span(index).to <= hit.index) continue;
    add(inMessage(messagePlace(source, index)));
    start.lastIndex = trace.span(index).to;
    yield;
  }
  return links;
}

function* inMessage({ message, toSource }: MessagePlace): Generator<Link> {
  const found = [...inHeaders(message), ...xmlBodies(message).flatMap(({ document }) => [...inDocument(document)])];
  for (const { at, target } of found.sort((a, b) => a.at.from - b.at.from)) yield { at: toSource(at), target };
}

function* inHeaders(message: SipMessage): Generator<Link> {
  for (const field of message.headers.filter(holdsBrackets)) {
    const known = addressesIn(message, field).map(({ address }) => address);
    const all = known.length > 0 ? known : valuesOf(message, field).map((one) => parseNameAddr(message.text, one));
    for (const { uri } of all) yield* link(message.text, uri, (at) => slice(message.text, at));
  }
}

function* inDocument(document: XmlDocument): Generator<Link> {
  for (const element of walk(document)) {
    for (const one of element.attributes)
      if (one.namespace !== XMLNS) yield* link(document.text, one.value, () => attributeText(document, one));
    const [run, ...others] = element.texts;
    if (run && others.length === 0) yield* link(document.text, run, () => textOf(document, element));
  }
}

/** The link that a value is as a whole. */
function* link(text: string, value: Span, meaning: (at: Span) => string): Generator<Link> {
  const at = trimmed(text, value.from, value.to);
  if ((text.charCodeAt(at.from) | 32) !== 104 || at.to - at.from > LONGEST) return;
  const target = meaning(at).trim();
  if (TARGET.test(target)) yield { at, target };
}
