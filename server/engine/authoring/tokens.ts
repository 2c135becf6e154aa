import type { Span } from '../base/text.ts';
import { xmlBodies } from '../flow/bodies.ts';
import { CCCP } from '../flow/cccp.ts';
import { roleOf } from '../flow/participants.ts';
import type { SipMessage } from '../sip/message.ts';
import { parseCSeq, parseUri } from '../sip/values.ts';
import { childModel, type ElementModel } from '../xml/model.ts';
import type { XmlDocument, XmlElement } from '../xml/xml.ts';
import { type Identifier, isPartyUri } from './identifiers.ts';
import { messageIdentifiers } from './messageIdentifiers.ts';
import { messagePlace, type Source } from './source.ts';
import { xmlIdentifiers } from './xmlIdentifiers.ts';

/** Sorts of tokens, as LSP and VS Code name them. */
export const TOKEN_TYPES = [
  'method',
  'number',
  'variable',
  'label',
  'function',
  'struct',
  'property',
  'class',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** What is said of a token besides. */
export const TOKEN_MODIFIERS = [
  'provisional',
  'success',
  'redirection',
  'clientError',
  'serverError',
  'globalFailure',
  'user',
  'focus',
  'mcu',
  'server',
  'unknown',
] as const;
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

/** A piece of text whose meaning a grammar cannot know. */
export interface Token extends Span {
  readonly type: TokenType;
  readonly modifier?: TokenModifier;
}

/**
 * What stands in a part of a source, in its order: methods, status codes by class, addresses by the role of the party (user, focus, MCU,
 * server), Call-IDs, tags and branches; in XML the commands, the keys and what they name, and elements that the schemas do not know. A
 * step of the generator is a message.
 */
export function* tokensIn(source: Source, part: Span): Generator<undefined, Token[]> {
  if (source.xml) return sorted(inDocument(source.xml, part));
  const tokens: Token[] = [];
  for (const index of source.reading.trace.within(part)) {
    for (const one of messageTokens(source, index, part)) tokens.push(one);
    yield;
  }
  return tokens;
}

function messageTokens(source: Source, index: number, part: Span): Token[] {
  const { message, editable, toSource } = messagePlace(source, index);
  const whole = { from: message.from, to: message.to };
  const bodies = xmlBodies(message).flatMap(({ document }) => inDocument(document, editable ? part : whole));
  const tokens = [...inHead(message), ...bodies].map((one) => ({ ...one, ...toSource(one) }));
  const isShown = ({ from, to }: Span) => from < to && from <= part.to && part.from <= to;
  return sorted(tokens.filter((one) => isShown(one) && !/[\r\n]/.test(source.text.slice(one.from, one.to))));
}

function sorted(tokens: Token[]): Token[] {
  return tokens.sort((a, b) => a.from - b.from);
}

function inHead(message: SipMessage): Token[] {
  const cseq = parseCSeq(message);
  return [
    ...inStartLine(message),
    ...(cseq ? [token(cseq.at.method, 'method')] : []),
    ...messageIdentifiers(message).flatMap((one) => nameToken(message.text, one)),
  ];
}

const CLASSES: readonly TokenModifier[] = [
  'provisional',
  'success',
  'redirection',
  'clientError',
  'serverError',
  'globalFailure',
];

function inStartLine(message: SipMessage): Token[] {
  if (message.kind === 'request') return [token(message.at.method, 'method')];
  if (message.kind === 'unknown') return [];
  return [token(message.at.status, 'number', CLASSES[Math.floor(message.status / 100) - 1])];
}

/** The address of a URI, by the role of the party; any other name as a label. */
function nameToken(text: string, { kind, value, from, to }: Identifier): Token[] {
  if ((kind !== 'party' && kind !== 'conference') || !isPartyUri(value)) return [token({ from, to }, 'label')];
  const { length, role } = addressIn(value);
  const isEscaped = to - from !== value.length;
  return [token({ from, to: isEscaped ? parseUri(text, { from, to }).host.to : from + length }, 'variable', role)];
}

interface Address {
  readonly length: number;
  readonly role: TokenModifier | undefined;
}

/** The same few URIs stand in all messages of a trace. */
const addresses = new Map<string, Address>();
const REMEMBERED = 1000;

/** How long `sip:user@host` is in a URI, and who that is. */
function addressIn(uri: string): Address {
  const known = addresses.get(uri);
  if (known) return known;
  const made = { length: parseUri(uri, { from: 0, to: uri.length }).host.to, role: roleIn(uri) };
  if (addresses.size >= REMEMBERED) addresses.clear();
  addresses.set(uri, made);
  return made;
}

/** What a URI says of its party; one of a scheme without parts of its own, as `pres:`, is a user's. */
function roleIn(uri: string): TokenModifier | undefined {
  const { kind } = roleOf(uri, undefined);
  if (kind === 'server' && uri.includes('@')) return 'user';
  return kind === 'unknown' || kind === 'address' ? undefined : kind;
}

function token({ from, to }: Span, type: TokenType, modifier?: TokenModifier): Token {
  return { from, to, type, ...(modifier && { modifier }) };
}

/** Names in a document, and its elements as far as the schemas know its root. */
function inDocument(document: XmlDocument, part: Span): Token[] {
  const touches = ({ from, to }: Span) => from <= part.to && part.from <= to;
  const names = xmlIdentifiers(document)
    .filter(touches)
    .flatMap((one) => nameToken(document.text, one));
  const model = document.root && childModel(null, document.root);
  const waiting = model ? [{ element: document.root, model: model as ElementModel | null }] : [];
  const tokens: Token[] = [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { element, model } = next;
    for (const one of inElement(element, model)) tokens.push(one);
    for (const child of element.children)
      if (touches(child)) waiting.push({ element: child, model: childModel(model, child) });
  }
  return [...names, ...tokens].filter(touches);
}

const NAMING = new Set(['requestId', 'confEntity', 'userEntity', 'endpointEntity', 'mediaId', 'entity']);

function inElement(element: XmlElement, model: ElementModel | null): Token[] {
  const type = typeOf(element);
  const names = type || !model ? tagNames(element) : [];
  const naming = element.attributes.filter(({ local }) => NAMING.has(local));
  return [
    ...names.map((at) => token(at, type ?? 'class', model ? undefined : 'unknown')),
    ...naming.map(({ nameAt }) => token(nameAt, 'property')),
  ];
}

function typeOf({ namespace, local, parent }: XmlElement): TokenType | null {
  if (namespace !== CCCP) return null;
  if (parent?.namespace === CCCP && parent.parent === null) return 'function';
  return local.endsWith('Keys') ? 'struct' : null;
}

function tagNames({ nameAt, closeTag, name }: XmlElement): Span[] {
  const end = closeTag && { from: closeTag.from + 2, to: Math.min(closeTag.to, closeTag.from + 2 + name.length) };
  return end ? [nameAt, end] : [nameAt];
}
