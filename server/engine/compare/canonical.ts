import { slice } from '../base/text.ts';
import { headerName, type SipMessage, unfold } from '../sip/message.ts';
import { type BodyPart, bodyParts } from '../sip/multipart.ts';
import { headerFacts } from '../sip/registry.ts';
import { beginsLikeSdp } from '../sip/sdp.ts';
import { type ValuePart, valueParts } from '../sip/valueParts.ts';
import { canonicalSdp } from './canonicalSdp.ts';
import { canonicalXml } from './canonicalXml.ts';
import { type Extent, isNoisyHeader, isNoisyParam, PLACEHOLDER } from './noise.ts';

/** A longer body is compared as it is written. */
const LONGEST_BODY = 1_000_000;

/** Headers in the order in which people look for them; all others follow by name, those of the body last. */
const FIRST = ['via', 'route', 'record-route', 'max-forwards', 'from', 'to', 'call-id', 'cseq', 'contact', 'event'];
/** Headers whose values are sets: their order says nothing, nor in how many rows they stand. */
const SETS = ['option-tag-list', 'method-list', 'event-type-list', 'media-range-list', 'coding-list'];

/**
 * A message as lines that can be compared with those of another one: headers by name with their full names, one value a line, parameters by
 * name; session descriptions by medium, XML by entity. What merely tells one message from the next is a placeholder.
 */
export function canonicalMessage(message: SipMessage, extent: Extent): string {
  const parts = [unfold(slice(message.text, message.startLine)).trim(), ...headerLines(message, extent)];
  for (const part of bodyParts(message)) parts.push('', ...bodyLines(message, part, extent));
  return `${parts.join('\n')}\n`;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly values: ValuePart[];
}

function headerLines(message: SipMessage, extent: Extent): string[] {
  const rows = new Map<string, Row>();
  for (const field of message.headers) {
    const name = headerFacts(field.id)?.name ?? headerName(message, field);
    const row = rows.get(field.id) ?? { id: field.id, name, values: [] };
    for (const part of valueParts(field.id, unfold(slice(message.text, field.value)))) row.values.push(part);
    rows.set(field.id, row);
  }
  return [...rows.values()].sort(byPlace).flatMap((row) => linesOf(row, extent));
}

function byPlace(a: Row, b: Row): number {
  return placeOf(a.id) - placeOf(b.id) || (a.id < b.id ? -1 : 1);
}

function placeOf(id: string): number {
  const first = FIRST.indexOf(id);
  if (first >= 0) return first;
  return id.startsWith('content-') || id === 'mime-version' ? FIRST.length + 1 : FIRST.length;
}

function linesOf({ id, name, values }: Row, extent: Extent): string[] {
  if (extent === 'what matters' && isNoisyHeader(id)) return [`${name}: ${PLACEHOLDER}`];
  const texts = values.map((part) => valueLine(id, part, extent));
  const isSet = SETS.includes(headerFacts(id)?.grammar ?? '');
  return isSet ? [`${name}: ${[...new Set(texts)].sort().join(', ')}`] : texts.map((text) => `${name}: ${text}`);
}

function valueLine(id: string, { main, joint, params }: ValuePart, extent: Extent): string {
  const hides = extent === 'what matters';
  const written = params
    .map(({ name, value }) => {
      const shown = hides && value !== null && isNoisyParam(name) ? PLACEHOLDER : value;
      return shown === null ? name : `${name}=${shown}`;
    })
    .sort();
  const head = hides && id === 'cseq' ? main.replace(/^\d+/, PLACEHOLDER) : main;
  return joint === ',' ? `${head} ${written.join(', ')}`.trim() : [head, ...written].join(';');
}

function bodyLines({ text }: SipMessage, { type, body, encoded }: BodyPart, extent: Extent): string[] {
  const isShort = !encoded && body.to - body.from <= LONGEST_BODY;
  if (isShort && /xml$/.test(type)) return canonicalXml(text, body, extent);
  if (isShort && type === 'application/sdp' && beginsLikeSdp(text, body)) return canonicalSdp(text, body, extent);
  return slice(text, body)
    .trim()
    .split(/\r\n|\r|\n/);
}
