const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ISO = /\b(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?/;
const ALL_ISO = new RegExp(ISO, 'g');
const US = /\b(\d\d)\/(\d\d)\/(\d{4})[-| ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?/;
const SYSLOG = /\b([A-Z][a-z]{2})\s+(\d{1,2})\s+(?:(\d{4})\s+)?(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?/;
/** Android's logcat: month and day, no year. */
const LOGCAT = /(?:^|[ \t])(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3})\b/;
const EPOCH = /(?:^|[ \t[(])(1\d{9})\.(\d{3,9})\b/;
const CLOCK = /(?:^|[ \t[(|])(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\b/;

/**
 * The time that a line before a message gives, in milliseconds since 1970 with fractions, or null. Without a zone it is taken as
 * UTC, without a date as the first of January 1970.
 */
export function timeOf(line: string): number | null {
  const epoch = EPOCH.exec(line);
  if (epoch) return Number(epoch[1]) * 1000 + fraction(epoch[2]);
  const iso = ISO.exec(line);
  if (iso) return at(+iso[1]!, +iso[2]! - 1, +iso[3]!, iso.slice(4)) - zone(iso[8]);
  const us = US.exec(line);
  if (us) return at(+us[3]!, +us[1]! - 1, +us[2]!, us.slice(4));
  const syslog = SYSLOG.exec(line);
  const month = syslog ? MONTHS.indexOf(syslog[1]!.toLowerCase()) : -1;
  if (syslog && month >= 0) return at(+(syslog[3] ?? 1970), month, +syslog[2]!, syslog.slice(4));
  const logcat = LOGCAT.exec(line);
  if (logcat) return at(1970, +logcat[1]! - 1, +logcat[2]!, logcat.slice(3));
  const clock = CLOCK.exec(line);
  return clock ? at(1970, 0, 1, clock.slice(1)) : null;
}

function at(year: number, month: number, day: number, clock: (string | undefined)[]): number {
  return Date.UTC(year, month, day, Number(clock[0]), Number(clock[1]), Number(clock[2])) + fraction(clock[3]);
}

function fraction(digits: string | undefined): number {
  return digits ? Number(`0.${digits}`) * 1000 : 0;
}

/** The time zone that the last time in a text names, in minutes east of UTC; null where none is named. */
export function zoneIn(text: string): number | null {
  const named = [...text.matchAll(ALL_ISO)].at(-1)?.[8];
  return named === undefined ? null : zone(named) / 60_000;
}

function zone(text: string | undefined): number {
  const found = text && /([+-])(\d\d):?(\d\d)/.exec(text);
  if (!found) return 0;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000;
}

/** A line between messages that says nothing but a time, an address or a rule of dashes: no caption. */
export function isBareMark(line: string): boolean {
  const rest = line
    .replace(EPOCH, '')
    .replace(ISO, '')
    .replace(US, '')
    .replace(SYSLOG, '')
    .replace(LOGCAT, '')
    .replace(CLOCK, '');
  return !/[A-Za-z]{3}/.test(rest) && (rest !== line || !/\w/.test(rest));
}
