import { type Span, slice } from '../base/text.ts';
import { keepContentLength } from './contentLength.ts';
import type { Identifier } from './identifiers.ts';
import { type NamePieces, nameIn, namePieces, refusalOf, withScheme } from './names.ts';
import { type Occurrence, occurrenceAt, occurrencesOf } from './occurrences.ts';
import type { Source, TextEdit } from './source.ts';

/** What can be renamed at a place. */
export interface Renaming {
  /** The name in the source. */
  readonly at: Span;
  /** The name as it is meant, without escapes. */
  readonly name: string;
}

/** What a rename changes, or why it cannot be done, in a sentence. */
export type Renamed = { readonly edits: readonly TextEdit[] } | { readonly refusal: string };

/** The name of a user, a conference or a CCCP request at an offset; null where nothing can be renamed. */
export function renamingAt(source: Source, offset: number): Renaming | null {
  const found = occurrenceAt(source, offset);
  const pieces = found && namePieces(found.identifier);
  if (!pieces) return null;
  const name = nameIn(found.identifier.value, pieces);
  return { name, at: isEscaped(found) ? found.at : sourceSpan(found, { from: 0, to: name.length }) };
}

/**
 * Gives another name to what stands at an offset, wherever it is named: in request lines, headers and XML, each with the escapes of its
 * place, and with the Content-Length of the bodies that change. What a URI says beside the name, as its parameters, stays.
 * A step of the generator is a message.
 */
export function* rename(source: Source, offset: number, name: string): Generator<undefined, Renamed> {
  const asked = occurrenceAt(source, offset);
  const pieces = asked && namePieces(asked.identifier);
  if (!pieces) return { refusal: 'There is no user, conference or request here to rename.' };
  const before = nameIn(asked.identifier.value, pieces);
  const wanted = withScheme(name.trim(), before);
  const refusal = refusalOf(asked.identifier.kind, before, wanted);
  if (refusal) return { refusal };
  const change = readChange(asked.identifier, before, wanted);
  const found = yield* occurrencesOf(source, asked.identifier);
  const edits = found.flatMap((one) => editsOf(one, change).map((edit) => ({ ...edit, one })));
  const broken = edits.find(({ from, to, was }) => source.text.slice(from, to) !== was);
  if (broken) return { refusal: `The name is broken into two lines in message ${broken.one.message!.index + 1}.` };
  return {
    edits: keepContentLength(
      source,
      edits.map(({ from, to, text }) => ({ from, to, text })),
    ),
  };
}

/** What becomes of the parts of a name; null for one that stays. */
interface Change {
  readonly scheme: string;
  readonly address: string | null;
  readonly id: string | null;
}

function readChange(identifier: Identifier, before: string, name: string): Change {
  const pieces = namePieces({ ...identifier, value: name })!;
  return {
    scheme: schemeOf(before),
    address: pieces.address && slice(name, pieces.address),
    id: pieces.id && slice(name, pieces.id),
  };
}

interface NameEdit extends TextEdit {
  /** What should stand there now. */
  readonly was: string;
}

function editsOf(one: Occurrence, change: Change): NameEdit[] {
  const { identifier } = one;
  const pieces = namePieces(identifier);
  if (!pieces) return [];
  const changed = changedPieces(identifier.value, pieces, change);
  if (!isEscaped(one))
    return changed.map(({ from, to, text }) => {
      const was = identifier.value.slice(from, to);
      return { ...sourceSpan(one, { from, to }), was, text: escaped(one, text) };
    });
  const apply = (value: string, edit: TextEdit) => value.slice(0, edit.from) + edit.text + value.slice(edit.to);
  const was = one.document!.text.slice(identifier.from, identifier.to);
  return [{ ...one.at, was, text: escaped(one, changed.reduceRight(apply, identifier.value)) }];
}

/** The parts of a value that the change makes another, in their order. */
function changedPieces(value: string, { address, id }: NamePieces, change: Change): TextEdit[] {
  const edits: TextEdit[] = [];
  if (address && change.address !== null)
    edits.push({ ...address, text: addressFor(value, change.address, change.scheme) });
  if (id && change.id !== null) edits.push({ ...id, text: change.id });
  return edits.filter((edit) => value.slice(edit.from, edit.to) !== edit.text);
}

/** `sips` of one place stays `sips` where the name that was chosen had `sip`. */
function addressFor(value: string, address: string, chosen: string): string {
  const scheme = schemeOf(value);
  return scheme.toLowerCase() === chosen.toLowerCase() ? address : scheme + address.slice(schemeOf(address).length);
}

function schemeOf(uri: string): string {
  return uri.slice(0, uri.indexOf(':') + 1);
}

/** Whether the value stands in the text with references of XML: then its parts have no places of their own. */
function isEscaped({ identifier: { from, to, value }, document }: Occurrence): boolean {
  return document !== null && document.text.slice(from, to) !== value;
}

/** The place in the source of a part of an identifier's value. */
function sourceSpan({ identifier, message }: Occurrence, part: Span): Span {
  const at = { from: identifier.from + part.from, to: identifier.from + part.to };
  return message ? message.toSource(at) : at;
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escaped({ document, identifier }: Occurrence, text: string): string {
  if (!document || isInCdata(document.text, identifier.from)) return text;
  return text.replace(/[&<>"']/g, (character) => REFERENCES[character]!);
}

/** CDATA knows no references. What begins it stands right before a name, or white space away. */
function isInCdata(text: string, at: number): boolean {
  return text
    .slice(Math.max(0, at - 200), at)
    .trimEnd()
    .endsWith('<![CDATA[');
}
