// Writes a capture of the messages of generate.ts: node --import tsx bench/captures.ts SIZE FILE (SIZE as 1M, 100M, 1G)
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Cost, costOf } from './child.ts';
import { bytesOf, scenarios } from './generate.ts';
import { printTable } from './table.ts';

const CLI = fileURLToPath(new URL('../dist/cli.mjs', import.meta.url));
const START = 1_700_000_000;
/** Tools that read captures, as they are called for the same work; those that are not installed are left out. */
const PEERS: Readonly<Record<string, (file: string) => string[]>> = {
  tshark: (file) => ['tshark', '-r', file, '-Y', 'sip', '-T', 'fields', '-e', 'sip.Method', '-e', 'sip.Status-Code'],
  sngrep: (file) => ['sngrep', '-N', '-q', '-I', file],
  sipgrep: (file) => ['sipgrep', '-I', file],
};

/** `sip-lens summary` over captures of several sizes as a whole process, beside the tools that are installed. */
export async function measureCaptures(sizes: string[]): Promise<void> {
  const rows: Record<string, string>[] = [];
  for (const size of sizes.length > 0 ? sizes : ['10M', '100M', '1G']) {
    const file = captureFile(size);
    const { size: bytes } = statSync(file);
    const own = [await ownCost(file), await ownCost(file), await ownCost(file)];
    rows.push(row(size, 'sip-lens summary', bytes, own.sort((a, b) => a.wall - b.wall)[0]!));
    for (const [name, call] of Object.entries(PEERS)) {
      const cost = bytes > 2e8 ? null : peerCost(call(file));
      if (cost) rows.push(row('', name, bytes, cost));
    }
  }
  printTable('Captures: a whole process, the best of three rounds; the other tools once, up to 100 MB', rows);
}

const ownCost = (file: string): Promise<Cost> => costOf([CLI, 'summary', '--format', 'json', file]);

/** Seconds and peak memory of a program, by the `time` of the system; null where it is not installed or fails. */
function peerCost([name, ...words]: string[]): Pick<Cost, 'wall' | 'peak'> | null {
  const began = performance.now();
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', 'peak %M', name!, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const peak = /peak (\d+)\s*$/.exec(stderr ?? '');
  return status === 0 && peak ? { wall: performance.now() - began, peak: Number(peak[1]) * 1024 } : null;
}

function row(size: string, what: string, bytes: number, { wall, peak }: Pick<Cost, 'wall' | 'peak'>) {
  return {
    size,
    what,
    seconds: (wall / 1000).toFixed(2),
    'MB/s': (bytes / 1000 / wall).toFixed(0),
    'peak MB': (peak / 1e6).toFixed(0),
  };
}

/** The generated capture of that size, made once and kept in bench/data. */
export function captureFile(size: string): string {
  const file = fileURLToPath(new URL(`data/${size}.pcap`, import.meta.url));
  if (existsSync(file)) return file;
  mkdirSync(new URL('data', import.meta.url), { recursive: true });
  writeCapture(`${file}.part`, bytesOf(size));
  renameSync(`${file}.part`, file);
  return file;
}

/** Writes a capture of about so many bytes; gives the number of its messages. */
export function writeCapture(file: string, bytes: number): number {
  const handle = openSync(file, 'w');
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt32LE(0x00040002, 4);
  head.writeUInt32LE(262_144, 16);
  head.writeUInt32LE(1, 20);
  let [left, messages, size] = [bytes, 0, head.length];
  let pending: Buffer[] = [head];
  for (const scenario of scenarios()) {
    for (const message of scenario) {
      const record = packet(Buffer.from(message), messages++);
      pending.push(record);
      size += record.length;
    }
    if (size < Math.min(left, 2_000_000)) continue;
    left -= writeSync(handle, Buffer.concat(pending));
    [pending, size] = [[], 0];
    if (left <= 0) break;
  }
  closeSync(handle);
  return messages;
}

/** A message as a record of libpcap: Ethernet, IPv4, UDP. */
function packet(payload: Buffer, number: number): Buffer {
  const bytes = Buffer.alloc(16 + 42 + payload.length);
  const at = number * 250;
  bytes.writeUInt32LE(START + Math.floor(at / 1e6), 0);
  bytes.writeUInt32LE(at % 1e6, 4);
  bytes.writeUInt32LE(bytes.length - 16, 8);
  bytes.writeUInt32LE(bytes.length - 16, 12);
  bytes.writeUInt16BE(0x0800, 28);
  bytes[30] = 0x45;
  bytes.writeUInt16BE(28 + payload.length, 32);
  bytes.writeUInt16BE(number & 0xffff, 34);
  bytes[38] = 64;
  bytes[39] = 17;
  bytes.set([10, 1, number & 127, 7, 10, 2, 0, 1 + (number & 3)], 42);
  bytes.writeUInt16BE(5060, 50);
  bytes.writeUInt16BE(5060, 52);
  bytes.writeUInt16BE(8 + payload.length, 54);
  payload.copy(bytes, 58);
  return bytes;
}

if (process.argv[1] === import.meta.filename) {
  const [size = '1M', file = 'trace.pcap'] = process.argv.slice(2);
  console.log(`${writeCapture(file, bytesOf(size))} messages in ${file}`);
}
