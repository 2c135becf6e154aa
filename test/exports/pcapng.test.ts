import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { debianPackage } from '../../scripts/vscode/debian.mjs';
import { type Exported, exported } from './exported.ts';
import { TRACES } from './traces.ts';

/** What tshark is asked of each message; the second of two where packets of both kinds occur. */
const FIELDS = ['frame.time_epoch', 'ip.src', 'ipv6.src', 'udp.srcport', 'tcp.srcport', 'ip.dst', 'ipv6.dst'];
FIELDS.push('udp.dstport', 'tcp.dstport', 'sip.Method', 'sip.Status-Code', 'sip.CSeq.seq', 'sip.CSeq.method');
/** 1 is right; empty where a packet has no such sum. */
const SUMS = ['ip.checksum.status', 'udp.checksum.status', 'tcp.checksum.status'];

type Told = Exported['json']['messages'][number];

describe('pcapng', () => {
  it('is read by tshark, packet by packet as JSON tells', async () => {
    const { program, env } = await debianPackage('tshark', 'tshark');
    const folder = mkdtempSync(join(tmpdir(), 'sip-lens-pcapng-'));
    try {
      for (const [name, text] of Object.entries(TRACES)) {
        const { bytes, json } = exported(text);
        const file = join(folder, 'ladder.pcapng');
        writeFileSync(file, bytes('pcapng'));
        const asked = [...FIELDS, ...SUMS].flatMap((field) => ['-e', field]);
        const checks = ['ip', 'udp', 'tcp'].flatMap((one) => ['-o', `${one}.check_checksum:TRUE`]);
        const words = ['-r', file, '-Y', 'sip', ...checks, '-T', 'fields', '-E', 'occurrence=f', ...asked];
        const { stdout, stderr } = spawnSync(program, words, { env, encoding: 'utf8' });
        const packets = stdout.split('\n').slice(0, -1).map(packetOf);
        assert.equal(packets.length, json.messages.length, `${name}: ${stderr}`);
        const hosts = new Map<unknown, string>();
        for (const [at, packet] of packets.entries()) {
          const message = json.messages[at]!;
          assert.deepEqual(packet.told, toldOf(message), `${name}, message ${at + 1}`);
          if (message.time) assert.ok(Math.abs(packet.time - Date.parse(String(message.time))) <= 1, name);
          assert.ok(
            packet.sums.every((sum) => sum === '' || sum === '1'),
            `${name}, sums of ${at + 1}: ${packet.sums}`,
          );
          for (const [lane, told, end] of [
            [message.from, message.source, packet.source],
            [message.to, message.destination, packet.destination],
          ] as const) {
            if (told) assert.equal(end, told, `${name}, message ${at + 1}`);
            // What the trace does not tell is made up, for each lane another.
            else if (!hosts.has(lane)) hosts.set(lane, end);
            else assert.equal(end, hosts.get(lane), `${name}, message ${at + 1}`);
          }
        }
        assert.equal(new Set(hosts.values()).size, hosts.size, name);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function packetOf(line: string) {
  const [time, ip, ipv6, udp, tcp, toIp, toIpv6, toUdp, toTcp, method, status, seq, cseqMethod, ...sums] =
    line.split('\t');
  const end = (address: string, other: string, port: string) => (other ? `[${other}]:${port}` : `${address}:${port}`);
  return {
    time: Number(time) * 1000,
    source: end(ip!, ipv6!, udp || tcp!),
    destination: end(toIp!, toIpv6!, toUdp || toTcp!),
    told: { method: cseqMethod || method, status: status ? Number(status) : null, cseq: Number(seq) },
    sums,
  };
}

function toldOf({ method, status, cseq }: Told) {
  return { method, status, cseq };
}
