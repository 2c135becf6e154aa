import { buildLadder, lintText } from '../engine/engine.ts';
import { CONTEXTS } from '../engine/filter/filter.ts';
import { parseFilter } from '../engine/filter/parse.ts';
import { ladderExports } from '../engine/ladder/exports.ts';
import { selectRows } from '../engine/ladder/select.ts';
import { redactText } from '../engine/redact/redact.ts';
import { selectMessages } from '../engine/selection.ts';
import type { OpenTrace } from './openTrace.ts';
import type { ExportedFile, ExportOffer, Scope } from './protocol.ts';

/** Every form in which the ladder of an open trace can be had. */
export function exportOffers(): ExportOffer[] {
  return Object.entries(ladderExports).map(([format, { title, extension }]) => ({ format, title, extension }));
}

/** The ladder in a form, of the trace as it is or redacted with a key: all of it, or what a scope leaves. Throws, in a sentence, where there is none. */
export async function exportedFile(
  trace: OpenTrace,
  format: string,
  key: string | null,
  scope: Scope | null,
): Promise<ExportedFile> {
  const known = Object.hasOwn(ladderExports, format) ? ladderExports[format] : undefined;
  if (!known) throw new Error(`There is no export named “${String(format)}”.`);
  const { reading, problems } = key === null ? trace : await redactedTrace(trace, key);
  const whole = buildLadder(reading, problems);
  // Names that the filter asks for are gone from what is redacted, and numbers stay.
  const ladder = scope === null ? whole : selectRows(whole, messagesOf(trace, scope));
  if (ladder.rows.length === 0) throw new Error('Nothing was exported: no message fits the filter.');
  const made = known.write({ ladder, ...reading, problems });
  if (typeof made === 'string') return { content: made, encoding: 'utf8' };
  if ('why' in made) throw new Error(`Nothing was exported: ${made.why}.`);
  return { content: base64(made), encoding: 'base64' };
}

/** The messages of a scope: 1 for each (zero-based). */
function messagesOf({ reading, problems }: OpenTrace, scope: Scope): Uint8Array {
  const { filter, problems: faults } = parseFilter(String(scope.filter));
  if (faults[0]) throw new Error(`The filter cannot be read: ${faults[0].message}.`);
  const context = CONTEXTS.find((one) => one === scope.context) ?? 'message';
  return selectMessages(reading, problems, filter, context);
}

async function redactedTrace({ reading }: OpenTrace, key: string): Promise<Pick<OpenTrace, 'reading' | 'problems'>> {
  const { reading: redacted, lint } = await lintText(redactText(reading.trace, key));
  return { reading: redacted, problems: lint.problems };
}

const AT_ONCE = 8192;

/** Octets as letters that travel in JSON. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) text += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  return btoa(text);
}
