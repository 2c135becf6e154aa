import { slice } from '../engine/base/text.ts';
import { isoTime } from '../engine/base/time.ts';
import { isCapture } from '../engine/capture/capture.ts';
import { lintText, rowSource } from '../engine/engine.ts';
import type { LadderRow, Lane } from '../engine/ladder/ladder.ts';
import { readRow } from '../engine/ladder/rows.ts';
import { contentType, hasBody, headerName, unfold } from '../engine/sip/message.ts';
import type { TextTrace } from '../engine/trace/text.ts';
import { type Command, Failure } from './command.ts';
import { chosen, filteringOf, filterOptions } from './filtering.ts';

const BATCH = 200;

/**
 * `messages FILE`: one JSON object a line, a message each:
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
export const messages: Command = {
  name: 'messages',
  usage: 'messages FILE',
  about: 'one JSON object a line, a message each, for jq',
  formats: ['ndjson'],
  options: filterOptions,
  files: [1, 1],
  async run(args, io) {
    const path = args.files[0]!;
    const filtering = filteringOf(args);
    const { reading, lint } = await lintText(await io.text(path));
    const { trace } = reading;
    if (trace.count === 0) throw new Failure(`${path}: no SIP message was found`);
    const source = rowSource(reading, lint.problems);
    const noLines = isCapture(trace.format);
    const rowOf = (index: number) => (noLines ? { ...readRow(source, index), line: null } : readRow(source, index));
    const wanted = [...chosen(filtering, reading, lint.problems).entries()].flatMap(([index, fits]) =>
      fits ? index : [],
    );
    for (let from = 0; from < wanted.length; from += BATCH) {
      const batch = wanted.slice(from, from + BATCH);
      const lines = batch.map((index) => JSON.stringify(asJson(rowOf(index), trace, source.lanes.lanes)));
      await io.print(`${lines.join('\n')}\n`);
    }
    return 0;
  },
};

function asJson(row: LadderRow, trace: TextTrace, lanes: readonly Lane[]): object {
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
