import causes from './tables/causes.json' with { type: 'json' };

type Row = Readonly<Record<string, string>>;

/** What is usually behind a status of failure, as a phrase; '' where nothing is known. */
export function statusCause(status: number): string {
  return pick(causes.statuses, status);
}

/** What is usually behind an error id of Microsoft's diagnostics (MS-OCER); '' where nothing is known. */
export function diagnosticCause(id: number): string {
  return pick(causes.diagnostics, id);
}

/** What is usually behind a clearing cause of telephony (Q.850); '' where nothing is known. */
export function q850Cause(cause: number): string {
  return pick(causes.q850, cause);
}

export interface WarningFacts {
  readonly text: string;
  readonly cause: string;
  readonly ref: string;
}

/** A warn-code with its text (RFC 3261 §20.43, RFC 5630, RFC 8373); null for one that is not registered. */
export function warningFacts(code: number): WarningFacts | null {
  const rows: Readonly<Record<string, readonly string[]>> = causes.warnings;
  const row = Object.hasOwn(rows, String(code)) ? rows[String(code)] : undefined;
  const ref = code === 308 ? 'RFC 8373' : code === 380 || code === 381 ? 'RFC 5630' : 'RFC 3261 §20.43';
  return row ? { text: row[0]!, cause: row[1]!, ref } : null;
}

function pick(table: Row, key: number): string {
  return Object.hasOwn(table, String(key)) ? table[String(key)]! : '';
}
