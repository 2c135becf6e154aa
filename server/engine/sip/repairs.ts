import { clipped, plain } from '../base/quote.ts';
import type { Confidence, Repair, RepairEdit } from '../base/repair.ts';
import { type Span, slice } from '../base/text.ts';
import { fieldAt, insertHeader, removeHeader, removeParam, removeValue, setContentLength, setHeader } from './edits.ts';
import { paramsOf, valuesOf } from './grammar.ts';
import { header, headers, type SipMessage } from './message.ts';
import { headerFacts } from './registry.ts';
import { type Param, parseCSeq } from './values.ts';

/** What was reported of a message, and where. */
export interface Faulty {
  readonly message: SipMessage;
  readonly at: Span;
}

/** One change. */
export function repair(title: string, edits: readonly RepairEdit[], confidence: Confidence = 'likely'): Repair[] {
  return [{ title, edits, confidence }];
}

/** The reported piece replaced by another one. */
export function replaced({ message, at }: Faulty, text: string, confidence: Confidence = 'likely'): Repair[] {
  const before = slice(message.text, at);
  const title = before.trim() ? `Replace ${called(before)} by ${called(text)}` : `Insert ${called(text)}`;
  return repair(title, [{ ...at, text }], confidence);
}

/** All rows of the reported header taken out: what is said of its first row is true of all of them. */
export function withoutHeader({ message, at }: Faulty): Repair[] {
  const field = fieldAt(message, at.from);
  if (!field) return [];
  const rows = headers(message, field.id).map((row) => removeHeader(message, row));
  return repair(`Remove the header ${called(slice(message.text, field.name))}`, rows);
}

/** The reported row taken out. */
export function withoutRow({ message, at }: Faulty, confidence: Confidence = 'likely'): Repair[] {
  const field = fieldAt(message, at.from);
  if (!field) return [];
  const title = `Remove this row of ${called(slice(message.text, field.name))}`;
  return repair(title, [removeHeader(message, field)], confidence);
}

/** The parameter taken out that begins where something was reported. */
export function withoutParam({ message, at }: Faulty): Repair[] {
  const found = paramAt(message, at.from);
  return repair(`Remove the parameter ${called(found?.name ?? slice(message.text, at))}`, [
    removeParam(message.text, found ?? at),
  ]);
}

/** The reported value taken out of its comma list. */
export function withoutValue({ message, at }: Faulty): Repair[] {
  const edit = removeValue(message, at);
  return edit ? repair(`Remove ${called(slice(message.text, at))}`, [edit]) : [];
}

/** A header inserted at its usual place. */
export function withHeader({ message }: Faulty, name: string, value: string, confidence?: Confidence): Repair[] {
  return repair(`Insert ${called(`${name}: ${value}`)}`, [insertHeader(message, name, value)], confidence);
}

/** A header set to a value, inserted where it is not there. */
export function withHeaderSet({ message }: Faulty, name: string, value: string, confidence?: Confidence): Repair[] {
  const verb = header(message, name.toLowerCase()) ? 'Set' : 'Insert';
  return repair(`${verb} ${called(`${name}: ${value}`)}`, [setHeader(message, name, value)], confidence);
}

/** Content-Length set to the length of the body, inserted where it is not there. */
export function withContentLength({ message }: Faulty): Repair[] {
  const edit = setContentLength(message);
  const length = /\d+$/.exec(edit.text)![0];
  const verb = header(message, 'content-length') ? 'Set' : 'Insert';
  return repair(`${verb} ${called(`Content-Length: ${length}`)}`, [edit], 'sure');
}

/** The request under another method, in its CSeq too where that had the same one. */
export function withMethod(message: SipMessage, method: string, confidence: Confidence): Repair[] {
  if (message.kind !== 'request') return [];
  const cseq = parseCSeq(message);
  const places = cseq?.method === message.method ? [message.at.method, cseq.at.method] : [message.at.method];
  const title = `Replace ${called(message.method)} by ${called(method)}`;
  return repair(
    title,
    places.map((place) => ({ ...place, text: method })),
    confidence,
  );
}

/** The reported header under the name that is meant. */
export function renamed(faulty: Faulty, name: string | undefined, confidence?: Confidence): Repair[] {
  const facts = name === undefined ? undefined : headerFacts(name);
  return facts ? replaced(faulty, facts.name, confidence) : [];
}

/** A piece of the message as a title names it. */
export function called(piece: string): string {
  return `'${clipped(plain(piece.replace(/\s+/g, ' ').trim()), 60)}'`;
}

function paramAt(message: SipMessage, offset: number): Param | undefined {
  const field = fieldAt(message, offset);
  const values = field ? valuesOf(message, field) : [];
  return values.flatMap((value) => paramsOf(message.text, value)).find(({ from }) => from === offset);
}
