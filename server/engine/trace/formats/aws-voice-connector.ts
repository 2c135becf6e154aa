import { quotedPeel } from './escapes.ts';
import type { Lines, TraceFormat } from './format.ts';
import { timeOf } from './times.ts';

const MESSAGE = /"sip_message" ?: ?"(?:\\[rn])*/;
/** What stands beside the message on its line; in laid out JSON, so many lines around it. */
const LONGEST = 16 * 1024;
const LINES_AROUND = 10;

/** Amazon Chime Voice Connector: an event in JSON, from CloudWatch. */
export const awsVoiceConnector: TraceFormat = {
  id: 'aws-voice-connector',
  title: 'Amazon Chime Voice Connector: SIP messages in JSON',
  rank: 2,
  marks: ['p_message"'],
  announce(lines) {
    const line = lines.text(0);
    const found = MESSAGE.exec(line);
    if (!found) return null;
    const column = found.index + found[0].length;
    const field = (name: string) => fieldOf(lines, name);
    return {
      time: timeOf(field('event_timestamp') ?? ''),
      thread: field('call_id'),
      line: 0,
      column,
    };
  },
  peel: quotedPeel,
};

/** A field of the same object: on the line, or, where that is no list of objects, in the lines around up to those that begin or end one. */
function fieldOf(lines: Lines, name: string): string | undefined {
  const form = new RegExp(`"${name}" ?: ?"([^"]*)"`);
  const line = lines.text(0, LONGEST);
  const own = form.exec(line)?.[1];
  if (own !== undefined || line.length === LONGEST) return own;
  for (const step of [-1, 1]) {
    for (let line = step; Math.abs(line) < LINES_AROUND; line += step) {
      const text = lines.text(line);
      const value = form.exec(text)?.[1];
      if (value !== undefined) return value;
      if (/^\s*[{}]/.test(text) || text === '') break;
    }
  }
  return undefined;
}
