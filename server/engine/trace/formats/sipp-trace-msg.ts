import type { TraceFormat } from './format.ts';
import { timeOf } from './times.ts';

const RECORD = /^(\S+) message (sent|received) [[(](\d+)[\])]? ?bytes[)]? ?:/;

/** What came instead of the message that was expected is printed once more. */
const AGAIN = /^Unexpected (\S+) message received:/;

/** sipp's `-trace_msg`. */
export const sippTraceMsg: TraceFormat = {
  id: 'sipp-trace-msg',
  title: 'sipp -trace_msg',
  rank: 1,
  marks: ['message sent (', 'message received [', 'Unexpected '],
  announce(lines) {
    const found = RECORD.exec(lines.text(0));
    if (!found) return AGAIN.test(lines.text(0)) ? { skip: 'messages printed twice' } : null;
    const before = lines.text(-1);
    return {
      direction: found[2] === 'sent' ? 'sent' : 'received',
      transport: found[1],
      octets: Number(found[3]),
      time: /^-{20,} /.test(before) ? timeOf(before) : null,
    };
  },
  ends: isHead,
};

/** `----------------------------------------------- 2026-11-22 19:41:42.467542`, or the rule alone. */
function isHead(bytes: Uint8Array, at: number, end: number): boolean {
  let dash = at;
  while (dash < end && bytes[dash] === 45) dash++;
  return dash - at >= 40 && (dash === end || bytes[dash]! <= 32);
}
