import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const USERS = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];

/** Number `n` of short messages, a request and its answer by turns: every hundredth request is refused. */
function message(n: number): string {
  const call = n >> 1;
  const [from, to] = [USERS[call % 6]!, USERS[(call + 1 + (call % 5)) % 6]!];
  const start =
    n % 2 === 0
      ? `OPTIONS sip:${to}@example.org SIP/2.0`
      : call % 100 === 99
        ? 'SIP/2.0 486 Busy Here'
        : 'SIP/2.0 200 OK';
  const tag = n % 2 === 0 ? '' : ';tag=b';
  return `${start}\r\nVia: SIP/2.0/UDP 192.0.2.${call % 6};branch=z9hG4bK${call}\r\nFrom: <sip:${from}@example.org>;tag=a\r\nTo: <sip:${to}@example.org>${tag}\r\nCall-ID: ${call}@example.org\r\nCSeq: 1 OPTIONS\r\nUser-Agent: bench ${call}\r\nContent-Length: 0\r\n\r\n`;
}

/** So many short messages between six users, as text. */
export function shortTrace(count: number): string {
  return Array.from({ length: count }, (_, n) => message(n)).join('');
}

/** The same as a file, made once and kept in bench/data. */
export function shortTraceFile(count: number): string {
  const file = fileURLToPath(new URL(`data/short-${count}.sip`, import.meta.url));
  if (existsSync(file)) return file;
  mkdirSync(new URL('data', import.meta.url), { recursive: true });
  const handle = openSync(`${file}.part`, 'w');
  for (let n = 0; n < count; n += 10_000)
    writeSync(handle, Array.from({ length: Math.min(10_000, count - n) }, (_, at) => message(n + at)).join(''));
  closeSync(handle);
  renameSync(`${file}.part`, file);
  return file;
}
