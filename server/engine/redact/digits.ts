import { type Span, slice } from '../base/text.ts';
import { isoTime } from '../base/time.ts';
import type { SipMessage } from '../sip/message.ts';
import { readText, type TextTrace } from '../trace/text.ts';

/** A shorter value may stand in digits by chance. */
const TELLING = 4;

/**
 * Whether messages stand in the text in digits, as in a dump of bytes: no character of them can be exchanged there, and what stands
 * around them may repeat what they say.
 */
export function isInDigits(trace: TextTrace): boolean {
  for (let index = 0; index < trace.count; index++)
    if (standsElsewise(trace, trace.message(index), trace.view(index).toSource)) return true;
  return false;
}

/** The messages alone as plain text, each with its time. */
export function asPlainTrace(trace: TextTrace): TextTrace {
  let text = '';
  for (let index = 0; index < trace.count; index++) {
    const time = isoTime(trace.columns.timeOf(index));
    text += `${time && /^\d{4}-/.test(time) ? `# ${time}\n` : ''}${trace.view(index).text}\n\n`;
  }
  return readText(text);
}

/** Whether none of the values of a message stands in the source where it comes from. */
function standsElsewise(trace: TextTrace, message: SipMessage, home: (span: Span) => Span): boolean {
  const values = message.headers.filter(({ value }) => value.to - value.from >= TELLING);
  return values.length > 0 && values.every(({ value }) => !isThere(trace.text, message.text, value, home));
}

/** Whether the first characters stand in the source as they are read; more of them may be folded there, or escaped. */
function isThere(source: string, text: string, value: Span, home: (span: Span) => Span): boolean {
  const start = { from: value.from, to: value.from + TELLING };
  return slice(source, home(start)) === slice(text, start);
}
