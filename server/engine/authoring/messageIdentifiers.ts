import { memo } from '../base/memo.ts';
import { type Span, slice } from '../base/text.ts';
import { addressesOf } from '../sip/addresses.ts';
import { grammarOf } from '../sip/grammar.ts';
import { type HeaderField, header, type SipMessage } from '../sip/message.ts';
import { address, type NameAddr, type Param, param, parseParams, splitList, vias } from '../sip/values.ts';
import { type Identifier, isPartyUri, plainIdentifier, unquotedSpan, uriIdentifier } from './identifiers.ts';

/** What the start line and the headers of a message name, in the order of the text; its bodies are documents of their own. */
export const messageIdentifiers: (message: SipMessage) => readonly Identifier[] = memo((message) => {
  const call = callIdOf(message);
  const found = [
    ...(message.kind === 'request' ? partyAt(message.text, message.at.uri) : []),
    ...addressesOf(message).flatMap((one) => inAddress(message.text, one.address)),
    ...(['from', 'to'] as const).flatMap((id) => tagIn(message, address(message, id), call)),
    ...vias(message).flatMap(({ params }) => paramIdentifier(message.text, params, 'branch', 'branch', call)),
    ...message.headers.flatMap((field) => callsIn(message.text, field)),
  ];
  return found.sort((a, b) => a.from - b.from);
});

function callIdOf(message: SipMessage): string {
  const field = header(message, 'call-id');
  return field ? slice(message.text, field.value) : '';
}

function partyAt(text: string, at: Span): Identifier[] {
  const value = slice(text, at);
  return isPartyUri(value) ? [uriIdentifier(at, value)] : [];
}

/** The URI, and what parameters of a Contact say beside it: `gruu="sip:…"` (RFC 5627, MS-CONMGMT). */
function inAddress(text: string, { uri, params }: NameAddr): Identifier[] {
  return [uri, ...params.flatMap(({ value }) => (value ? [unquotedSpan(text, value)] : []))].flatMap((at) =>
    partyAt(text, at),
  );
}

function tagIn(message: SipMessage, found: NameAddr | null, call: string): Identifier[] {
  return found ? paramIdentifier(message.text, found.params, 'tag', 'tag', call) : [];
}

function paramIdentifier(
  text: string,
  params: readonly Param[],
  name: string,
  kind: 'tag' | 'branch',
  call: string,
): Identifier[] {
  const value = param(params, name)?.value;
  return value && value.to > value.from ? [plainIdentifier(kind, value, slice(text, value), call)] : [];
}

/** Call-ID, In-Reply-To, and the headers that name another dialog: Replaces, Join, Target-Dialog (RFC 3891, 3911, 4538). */
function callsIn(text: string, field: HeaderField): Identifier[] {
  if (field.value.from === field.value.to) return [];
  switch (grammarOf(field)) {
    case 'call-id':
      return [plainIdentifier('call', field.value, slice(text, field.value))];
    case 'call-id-list':
      return splitList(text, field.value).map((at) => plainIdentifier('call', at, slice(text, at)));
    case 'callid-tags':
      return dialogIn(text, field.value);
    default:
      return [];
  }
}

function dialogIn(text: string, value: Span): Identifier[] {
  const [first, ...params] = parseParams(text, value.from, value.to);
  if (!first) return [];
  const call = slice(text, first);
  const tags = ['from-tag', 'to-tag', 'local-tag', 'remote-tag'];
  return [
    plainIdentifier('call', first, call),
    ...tags.flatMap((name) => paramIdentifier(text, params, name, 'tag', call)),
  ];
}
