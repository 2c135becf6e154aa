import { type Span, trimmed } from '../base/text.ts';
import { conferenceKey, entityKey } from '../flow/entity.ts';

/** What something is called by: a user or server by a URI, a conference by the URI of its focus or an MCU, a transaction by its branch … */
export type IdentifierKind = 'party' | 'conference' | 'endpoint' | 'media' | 'request' | 'call' | 'tag' | 'branch';

/** A name of something, at one of the places where it stands. Offsets are those of the message or the XML document it was read from. */
export interface Identifier extends Span {
  readonly kind: IdentifierKind;
  /** As it is meant: without quotes, references of XML resolved. */
  readonly value: string;
  /** What tells it from others of its kind and scope. */
  readonly key: string;
  /** Within what the key is unique: a tag within its call, a medium within its endpoint; '' for a name of its own. */
  readonly scope: string;
  /** It is described here, not only named: the `user` of a roster, the requestId of a request. */
  readonly declares: boolean;
}

const URI = /^(?:sips?|tel|im|pres):[^\s<>"]+$/i;
/** What is longer names nobody. */
const LONGEST = 4000;
const CONFERENCE = /;opaque=app:conf:[\w-]+:id:[^;\s]/i;

/** Whether both name the same thing. A requestId whose sender or receiver is not told may be that of any. */
export function isSame(a: Identifier, b: Identifier): boolean {
  if (a.kind !== b.kind || a.key !== b.key) return false;
  return a.scope === b.scope || (a.kind === 'request' && (a.scope === '' || b.scope === ''));
}

/** Whether a value is a URI that names somebody. */
export function isPartyUri(value: string): boolean {
  return value.length <= LONGEST && URI.test(value);
}

/** The identifier that a URI is: of a conference where its opaque parameter has the conference's id (MS-SIPRE §2.2.3), else of a party. */
export function uriIdentifier(at: Span, value: string, declares = false): Identifier {
  const isConference = CONFERENCE.test(value);
  const key = isConference ? conferenceKey(value) : entityKey(value);
  return { ...placeOf(at), kind: isConference ? 'conference' : 'party', value, key, scope: '', declares };
}

/** An identifier that is compared as it is written. */
export function plainIdentifier(
  kind: IdentifierKind,
  at: Span,
  value: string,
  scope = '',
  declares = false,
): Identifier {
  return { ...placeOf(at), kind, value, key: value, scope, declares };
}

/** The identifier at an offset, its end included; where two touch, the one behind the offset. */
export function identifierIn(identifiers: readonly Identifier[], offset: number): Identifier | undefined {
  const around = identifiers.filter(({ from, to }) => from <= offset && offset <= to);
  return around.find(({ to }) => offset < to) ?? around[0];
}

/** The span without the blanks around it, and without quotes. */
export function unquotedSpan(text: string, value: Span): Span {
  const core = trimmed(text, value.from, value.to);
  const isQuoted = core.to - core.from >= 2 && text[core.from] === '"' && text[core.to - 1] === '"';
  return isQuoted ? { from: core.from + 1, to: core.to - 1 } : core;
}

function placeOf({ from, to }: Span): Span {
  return { from, to };
}
