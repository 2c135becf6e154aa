import { quote } from '../base/quote.ts';
import type { Severity, Span } from '../base/text.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const FORM = /^([A-Z][a-z]{2}), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (\S+)$/;
/** Other ways to say what GMT says, and offsets from it. */
const SAME_OR_OFFSET = /^(?:UTC?|Z|[+-]\d{2}:?\d{2})$/i;

/** What is wrong with a date: where in the value, in words, and the severity that this slip has at most. */
export interface DateFault {
  readonly at: Span;
  readonly text: string;
  readonly most?: Severity;
}

/** The first fault of a SIP-date, `Sat, 13 Nov 2010 23:29:00 GMT` (RFC 3261 §20.17, §25.1), or null. */
export function dateFault(value: string): DateFault | null {
  const found = FORM.exec(value);
  const all = { from: 0, to: value.length };
  if (!found) {
    return { at: all, text: `Date must be written as in “Sat, 13 Nov 2010 23:29:00 GMT”, not ${quote(value)}.` };
  }
  const [, weekday = '', day = '', month = '', year = '', hours, minutes, seconds, zone = ''] = found;
  const date = `${day} ${month} ${year}`;
  const real = new Date(Date.UTC(Number(year), MONTHS.indexOf(month), Number(day)));
  const zoneAt = { from: value.length - zone.length, to: value.length };
  if (!MONTHS.includes(month) || real.getUTCDate() !== Number(day)) {
    return { at: { from: 5, to: 5 + date.length }, text: `There is no day ${quote(date)}.` };
  }
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) {
    return { at: { from: 17, to: 25 }, text: `There is no time ${quote(value.slice(17, 25))}.` };
  }
  if (zone !== 'GMT') {
    const text = `The time zone of Date must be GMT, not ${quote(zone)}.`;
    return { at: zoneAt, text, ...(SAME_OR_OFFSET.test(zone) && { most: 'info' }) };
  }
  const wanted = DAYS[real.getUTCDay()];
  return weekday === wanted ? null : { at: { from: 0, to: 3 }, text: `${date} is a ${wanted}, not a ${weekday}.` };
}
