import type { Span } from '../base/text.ts';
import { isoTime } from '../base/time.ts';
import type { SipMessage } from '../sip/message.ts';
import { readText, type TextTrace } from '../trace/text.ts';

/** So many characters of a value show how it is written. */
const LOOK = 16;

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
  const values = message.headers.filter(({ value }) => value.to > value.from);
  return values.length > 0 && values.every(({ value }) => !isThere(trace.text, message.text, value, home));
}

/** Whether at least half of the first characters stand in the source one by one; between them there may be codes of a terminal, and others are escaped. */
function isThere(source: string, text: string, { from, to }: Span, home: (span: Span) => Span): boolean {
  const count = Math.min(LOOK, to - from);
  let same = 0;
  for (let at = from; at < from + count; at++) {
    const here = home({ from: at, to: at + 1 });
    if (here.to === here.from + 1 && source[here.from] === text[at]) same++;
  }
  return same * 2 >= count;
}
