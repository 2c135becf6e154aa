import { readFileSync } from 'node:fs';
import { URL } from 'node:url';
import type { Problem } from '../../server/engine/base/text.ts';
import { buildLadder, lintText, type Reading, read } from '../../server/engine/engine.ts';
import { ladderExports } from '../../server/engine/ladder/exports.ts';
import { provideSchemas } from '../../server/engine/xml/schemas.ts';

const SERVER = new URL('../../server/', import.meta.url);
provideSchemas((file) => readFileSync(new URL(`schemas/${file}`, SERVER), 'utf8'));

/** An arrow as `--format json` tells of it, with the names of its lanes. */
export interface Row {
  readonly index: number;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly isFailed: boolean;
}

/** A trace in every form, and what JSON tells of it, which the others are held against. */
export interface Exported {
  /** The whole file in the form of this name. */
  write(format: string): string;
  /** The same where it is no text. */
  bytes(format: string): Uint8Array;
  /** What `--format json` has. */
  readonly json: Readonly<Record<'participants' | 'messages' | 'dialogs', readonly Told[]>>;
  readonly rows: readonly Row[];
  readonly lanes: readonly string[];
}

type Told = Readonly<Record<string, unknown>>;

/** Exports the ladder of a trace. */
export function exported(text: string): Exported {
  return exportedOf(read(text), []);
}

/** The same with what the checks find in it. */
export async function exportedChecked(text: string): Promise<Exported> {
  const { reading, lint } = await lintText(text);
  return exportedOf(reading, lint.problems);
}

function exportedOf(reading: Reading, problems: readonly Problem[]): Exported {
  const source = { ladder: buildLadder(reading, problems), ...reading, problems };
  const write = (format: string) => String(ladderExports[format]!.write(source));
  const bytes = (format: string) => ladderExports[format]!.write(source) as Uint8Array;
  const json: Exported['json'] = JSON.parse(write('json'));
  const nameOf = new Map(json.participants.map(({ id, label }) => [id, String(label)]));
  const rows = json.messages.map(({ index, from, to, label, status }) => ({
    index: Number(index),
    from: nameOf.get(from)!,
    to: nameOf.get(to)!,
    label: String(label),
    isFailed: Number(status) >= 400,
  }));
  return { write, bytes, json, rows, lanes: json.participants.map(({ label }) => String(label)) };
}

/** A row as a diagram can show it. */
export function shown(row: Row): Row {
  return { ...row, from: shownText(row.from), to: shownText(row.to), label: shownText(row.label) };
}

/** Text as a diagram can show it: blanks are one, what XML does not allow is replaced. */
export function shownText(text: string): string {
  return text
    .replace(/\p{Surrogate}|[\ufffe\uffff]/gu, '\ufffd')
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim();
}
