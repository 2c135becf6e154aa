import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bytesOf, writeTrace } from './generate.ts';

/** The generated trace of that size (`100M`), made once and kept in bench/data. */
export function traceFile(size: string): string {
  const file = fileURLToPath(new URL(`data/${size}.sip`, import.meta.url));
  if (existsSync(file)) return file;
  mkdirSync(new URL('data', import.meta.url), { recursive: true });
  writeTrace(`${file}.part`, bytesOf(size));
  renameSync(`${file}.part`, file);
  return file;
}

/** The same as text. */
export function traceText(size: string): string {
  return readFileSync(traceFile(size), 'latin1');
}
