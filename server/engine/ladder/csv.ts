import { isoTime } from '../base/time.ts';
import type { Ladder, LadderRow } from './ladder.ts';

type Cell = string | number | null;

/** The columns of the table, by name. */
const COLUMNS: Readonly<Record<string, (row: LadderRow, ladder: Ladder) => Cell>> = {
  index: ({ index }) => index,
  time: ({ time }) => isoTime(time),
  from: ({ from }, { lanes }) => lanes[from]!.label,
  to: ({ to }, { lanes }) => lanes[to]!.label,
  source: ({ source }) => source,
  destination: ({ destination }) => destination,
  transport: ({ transport }) => transport,
  type: ({ type }) => type,
  method: ({ method }) => method,
  status: ({ status }) => status,
  reason: ({ reason }) => reason,
  summary: ({ summary }) => summary,
  callId: ({ callId }) => callId,
  cseq: ({ cseq }) => cseq,
  body: ({ body }) => body,
  dialog: ({ dialog }) => dialog,
  transaction: ({ transaction }) => transaction,
  respondsTo: ({ respondsTo }) => respondsTo,
  retransmissionOf: ({ retransmissionOf }) => retransmissionOf,
  errors: ({ problems }) => problems.error,
  warnings: ({ problems }) => problems.warning,
};

/** The messages as a table (RFC 4180): a head, a record each, CRLF. No cell is taken for a formula by a spreadsheet. */
export function csvLadder(ladder: Ladder): string {
  const reads = Object.values(COLUMNS);
  const records = ladder.rows.map((row) => reads.map((read) => cell(read(row, ladder))));
  return [Object.keys(COLUMNS), ...records].map((record) => `${record.join(',')}\r\n`).join('');
}

/** Text that begins as a formula would gets an apostrophe, with which spreadsheets take it for text. */
function cell(value: Cell): string {
  if (typeof value === 'number') return String(value);
  const text = /^\s*[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : (value ?? '');
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
