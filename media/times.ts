import type { TimeMode, ZoneMode } from './host.ts';

/** How times are to be read. */
export interface TimeLook {
  readonly mode: TimeMode;
  readonly zone: ZoneMode;
  /** The time of the row that is marked, in milliseconds since 1970. */
  readonly marked: number | null;
  /** Of the log itself: minutes east of UTC; null where it names no zone. */
  readonly logZone: number | null;
  /** Milliseconds without a message that are worth a bar; 0 for none. */
  readonly gap: number;
  /** From so many milliseconds on a wait is noticed, slow, too long. */
  readonly slow: readonly number[];
}

/** What the time column of a row shows. */
export interface RowTime {
  readonly text: string;
  /** The whole time, with its day; '' where there is none. */
  readonly title: string;
  /** How slow the message is, from 0 to 3: only where differences are told. */
  readonly slow: number;
  /** How long nothing came before it, in words, where that is worth a bar; ''. */
  readonly gap: string;
  /** Rows above it show the gap: there need be no bar. */
  readonly inRows: boolean;
}

/** Of a row without a time. */
export const NO_TIME: RowTime = { text: '', title: '', slow: 0, gap: '', inRows: false };
const MINUTE = 60_000;
/** Years of four digits. */
const [EARLIEST, LATEST] = [Date.UTC(1000, 0), Date.UTC(9999, 11, 31)];

/** The time of a row; that of the row above it and of the first message in milliseconds since 1970, or null. */
export function rowTime(look: TimeLook, time: number | null, previous: number | null, first: number | null): RowTime {
  if (time === null) return NO_TIME;
  const wait = previous === null ? 0 : time - previous;
  const since = { absolute: null, previous, first, marked: look.marked }[look.mode];
  const gap = look.gap > 0 && wait >= look.gap ? waitWords(wait) : '';
  const whole = zoned(time, look);
  const told = { title: titleOf(whole, look, time), gap, inRows: false };
  if (look.mode === 'absolute') return { ...told, text: whole.slice(11, 23), slow: 0 };
  const slow = look.mode === 'previous' ? look.slow.filter((least) => wait >= least).length : 0;
  return { ...told, text: since === null ? '' : difference(time - since), slow };
}

/** How the header calls the times, and what it says of them. */
export function timeWords(look: TimeLook): { readonly words: string; readonly title: string } {
  if (look.mode === 'previous') return { words: 'Δ before', title: 'Seconds since the message above' };
  if (look.mode === 'first') return { words: 'Δ first', title: 'Seconds since the first message' };
  if (look.mode === 'marked') return { words: 'Δ mark', title: 'Seconds since the marked message' };
  return { words: 'Time', title: `Time of day, ${zoneWords(look)}` };
}

/** `UTC`, `UTC+02:00`, `local time (UTC+01:00)`, `as the log writes it`. */
export function zoneWords({ zone, logZone }: Pick<TimeLook, 'zone' | 'logZone'>, at = Date.now()): string {
  if (zone === 'utc') return 'UTC';
  if (zone === 'local') return `local time (${offsetWords(-new Date(at).getTimezoneOffset())})`;
  return logZone === null ? 'as the log writes it' : `as the log writes it (${offsetWords(logZone)})`;
}

function offsetWords(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const two = (part: number) => String(part).padStart(2, '0');
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** As ISO 8601 without a zone, in the zone that is wanted. A time that no calendar has reads as one at its edge. */
function zoned(time: number, { zone, logZone }: TimeLook): string {
  const minutes = zone === 'utc' ? 0 : zone === 'local' ? -new Date(time).getTimezoneOffset() : (logZone ?? 0);
  return new Date(Math.max(EARLIEST, Math.min(time + minutes * MINUTE, LATEST))).toISOString();
}

function titleOf(whole: string, look: TimeLook, time: number): string {
  const [day = '', clock = ''] = whole.slice(0, 23).split('T');
  return `${time < 366 * 24 * 60 * MINUTE ? '' : `${day} `}${clock}, ${zoneWords(look, time)}`;
}

function difference(milliseconds: number): string {
  const sign = milliseconds < 0 ? '−' : '+';
  const size = Math.abs(milliseconds);
  if (size < MINUTE) return `${sign}${(size / 1000).toFixed(3)}`;
  const seconds = ((size / 1000) % 60).toFixed(1).padStart(4, '0');
  return `${sign}${Math.floor(size / MINUTE)}:${seconds}`;
}

/** `4.8 s`, `2 min 5 s`, `3 h 20 min`. */
export function waitWords(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${(milliseconds / 1000).toFixed(1)} s`;
  const minutes = Math.floor(milliseconds / MINUTE);
  if (minutes < 60) return `${minutes} min ${Math.floor((milliseconds % MINUTE) / 1000)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}
