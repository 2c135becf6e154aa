import { slice } from '../base/text.ts';
import { isoTime } from '../base/time.ts';
import { isCapture } from '../capture/capture.ts';
import { contentType, hasBody, headerName, unfold } from '../sip/message.ts';
import type { TextTrace } from '../trace/text.ts';
import type { ExportSource } from './export.ts';
import type { LadderRow, Lane } from './ladder.ts';

/** One JSON object a line, a message each. */
export function ndjsonLadder({ ladder, trace }: ExportSource): string {
  const noLines = isCapture(trace.format);
  const lines = ladder.rows.map((row) => messageJson(noLines ? { ...row, line: null } : row, trace, ladder.lanes));
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * A message with its arrow, as scripts read it:
 * - `index` (one-based), `line` (zero-based, of the start line; null in a capture), `time` (ISO 8601 or null)
 * - `from`, `to`: `{ id, label, uri }` of the lanes
 * - `source`, `destination` (`192.0.2.1:5060`), `direction` (`sent` or `received`, as the log's writer sees it), `transport`, `thread` (the
 *   log's own name for the call or the thread), `octets` (as announced): what the log tells, or null
 * - `startLine`, `type` (`request` or `response`), `method` (a response has the CSeq's), `status` and `reason` (null in a request)
 * - `headers`: `[name, value]` pairs in the order of the message, names as written, folding undone
 * - `callId`, `cseq` (the number, or null)
 * - `body`: `{ type, text }` or null; a multipart body is one text
 * - `problems`: how many the checks found in it
 */
export function messageJson(row: LadderRow, trace: TextTrace, lanes: readonly Lane[]): object {
  const { index, line, type, method, status, reason, callId, cseq, problems } = row;
  const { source, destination, direction, transport } = row;
  const message = trace.message(index - 1);
  const envelope = trace.envelope(index - 1);
  return {
    index,
    line,
    time: isoTime(row.time),
    from: laneOf(lanes[row.from]!),
    to: laneOf(lanes[row.to]!),
    source,
    destination,
    direction,
    transport,
    thread: envelope?.thread ?? null,
    octets: envelope?.octets ?? null,
    startLine: slice(message.text, message.startLine).trim(),
    type,
    method,
    status,
    reason,
    headers: message.headers.map((field) => [headerName(message, field), unfold(slice(message.text, field.value))]),
    callId,
    cseq,
    body: hasBody(message) ? { type: contentType(message), text: slice(message.text, message.body) } : null,
    problems: problems.error + problems.warning + problems.info + problems.hint,
  };
}

function laneOf({ id, label, uri }: Lane): object {
  return { id, label, uri };
}
