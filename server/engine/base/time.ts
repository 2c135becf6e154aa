/** Milliseconds since 1970 as ISO 8601 in UTC, with microseconds where there are any. */
export function isoTime(time: number): string;
export function isoTime(time: number | null): string | null;
export function isoTime(time: number | null): string | null {
  if (time === null) return null;
  const micros = Math.round((time - Math.floor(time)) * 1000);
  const iso = new Date(Math.floor(time) + (micros === 1000 ? 1 : 0)).toISOString();
  return micros % 1000 === 0 ? iso : `${iso.slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}

/** A length of time as it is said in passing: `4 ms`, `0.3 s`, `1 min 5 s`, `2 h 3 min`. */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 99.5) return `${Number(milliseconds.toFixed(milliseconds < 10 ? 1 : 0))} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
}
