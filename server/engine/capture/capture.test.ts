import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isoTime } from '../base/time.ts';
import { readText } from '../trace/text.ts';
import { captureKind } from './capture.ts';
import { indexCapture } from './indexCapture.ts';
import {
  ascii,
  be16,
  be32,
  ethernet,
  fragment6,
  frame,
  hep2,
  hep3,
  ipv4,
  ipv6,
  le16,
  le32,
  message,
  ngBlock,
  pcap,
  sctp,
  tcp,
  udp,
} from './testing.ts';
import { captureText } from './text.ts';

type Bytes = readonly number[];

const WAY = 'UDP 192.0.2.1:5060 → 192.0.2.2:5060';
const TIME = '2023-11-14T22:13:20.000Z';
const one = ipv4(17, udp(ascii(message(1))));
const six = ipv6(17, udp(ascii(message(1))));
const zeros = (count: number): Bytes => new Array<number>(count).fill(0);

/** What a capture holds: a line a message, and what was not read. The index must say the same as the text. */
async function read(bytes: Uint8Array): Promise<string[]> {
  const kind = captureKind(bytes);
  assert.ok(kind);
  const source = {
    size: bytes.length,
    read: (from: number, into: Uint8Array) => {
      const part = bytes.subarray(from, from + into.length);
      into.set(part);
      return part.length;
    },
  };
  const trace = readText(await captureText(source, kind));
  const index = await indexCapture(source, kind, { page: 100 });
  assert.equal(index.columns.count, trace.count);
  assert.deepEqual(counts(index.skipped), counts(trace.built.skipped));
  const lines = Array.from({ length: trace.count }, (_, at) => {
    const { transport, source, destination } = trace.way(at);
    const copies = trace.columns.copiesOf(at);
    const time = isoTime(trace.columns.timeOf(at));
    assert.equal(isoTime(index.columns.timeOf(at)), time);
    assert.equal(index.columns.cseq[at], trace.columns.cseq[at]);
    return `${trace.columns.cseq[at]} ${time} ${transport} ${source} → ${destination}${copies > 1 ? ` ×${copies}` : ''}`;
  });
  return [...lines, ...counts(trace.built.skipped)];
}

function counts(skipped: ReadonlyMap<string, { count: number }>): string[] {
  return [...skipped].map(([why, { count }]) => `${count} ${why}`).sort();
}

describe('link types', () => {
  const cases: [string, number, Bytes][] = [
    ['Ethernet', 1, ethernet(be16(0x800), one)],
    ['a VLAN', 1, ethernet([...be16(0x8100), 0, 5, ...be16(0x800)], one)],
    ['two VLANs', 1, ethernet([...be16(0x88a8), 0, 5, ...be16(0x8100), 0, 6, ...be16(0x800)], one)],
    ['MPLS', 1, ethernet([...be16(0x8847), 0, 1, 0, 64, 0, 2, 1, 64], one)],
    ['PPPoE', 1, ethernet([...be16(0x8864), 0x11, 0, 0, 1, ...be16(one.length + 2), 0, 0x21], one)],
    ['Linux cooked', 113, [...zeros(14), ...be16(0x800), ...one]],
    ['Linux cooked, version 2', 276, [...be16(0x800), ...zeros(18), ...one]],
    ['raw IP', 101, one],
    ['IPv4', 228, one],
    ['BSD loopback', 0, [...le32(2), ...one]],
    ['OpenBSD loopback', 108, [...be32(2), ...one]],
    ['PPP', 9, [0xff, 3, 0, 0x21, ...one]],
    ['PPP with one byte for the protocol', 9, [0x21, ...one]],
    ['IP in IP', 101, ipv4(4, one)],
    ['GRE', 101, ipv4(47, [0, 0, ...be16(0x800), ...one])],
    ['GRE with a key, bridged', 101, ipv4(47, [0x20, 0, ...be16(0x6558), 0, 0, 0, 9, ...ethernet(be16(0x800), one)])],
    ['VXLAN', 101, ipv4(17, udp([8, 0, 0, 0, 0, 0, 1, 0, ...ethernet(be16(0x800), one)], 4000, 4789))],
    ['GTP-U', 101, ipv4(17, udp([0x30, 0xff, ...be16(one.length), 0, 0, 0, 1, ...one], 2152, 2152))],
    [
      'GTP-U, extended',
      101,
      ipv4(17, udp([0x34, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 0, 0, ...one], 2152, 2152)),
    ],
  ];
  for (const [name, link, packet] of cases)
    it(name, async () => assert.deepEqual(await read(pcap(link, [packet])), [`1 ${TIME} ${WAY}`]));
  const way6 = 'UDP [2001:db8::1]:5060 → [2001:db8::2]:5060';
  const sixes: [string, number, Bytes][] = [
    ['IPv6', 229, six],
    ['6in4', 101, ipv4(41, six)],
    ['IPv6 on BSD loopback of Darwin', 0, [...le32(30), ...six]],
    ['IPv6 with options', 101, ipv6(0, [17, 0, ...zeros(6), ...udp(ascii(message(1)))])],
  ];
  for (const [name, link, packet] of sixes)
    it(name, async () => assert.deepEqual(await read(pcap(link, [packet])), [`1 ${TIME} ${way6}`]));
  it('says which it does not know', async () =>
    assert.deepEqual(await read(pcap(147, [one, one])), ['2 packets of a link type that is not read: 147']));
});

describe('IP and datagrams', () => {
  it('puts fragments together in whatever order they come', async () => {
    const whole = udp(ascii(message(1, 'x'.repeat(2000))));
    const parts = [whole.slice(0, 800), whole.slice(800, 1600), whole.slice(1600)];
    const [first, second, third] = parts.map((part, at) => ipv4(17, part, (at < 2 ? 0x2000 : 0) | (at * 100)));
    assert.deepEqual(await read(pcap(101, [third!, first!, second!])), [`1 2023-11-14T22:13:20.002Z ${WAY}`]);
    const [a, b, c] = parts.map((part, at) => fragment6(17, at * 800, at === 2, part));
    const way = 'UDP [2001:db8::1]:5060 → [2001:db8::2]:5060';
    assert.deepEqual(await read(pcap(101, [b!, a!, c!])), [`1 2023-11-14T22:13:20.002Z ${way}`]);
    const lost = await read(pcap(101, [first!, third!]));
    assert.match(
      lost.join('\n'),
      /^1 .* UDP 192\.0\.2\.1:5060 → 192\.0\.2\.2:5060\n1 messages .* in part.*\n1 packets with a fragment missing$/,
    );
  });
  it('says what the snapshot length cuts', async () => {
    const lines = await read(pcap(101, [one], 200));
    assert.match(lines.join('\n'), /^1 .*\n1 messages that the capture holds only in part/);
  });
  it('knows a packet that was seen twice, and a true retransmission', async () => {
    const file = pcap(101, [one, one, ...zeros(9).map(() => ipv4(17, udp([0]))), one]);
    assert.deepEqual(await read(file), [`1 ${TIME} ${WAY} ×2`, `1 2023-11-14T22:13:20.011Z ${WAY}`]);
  });
  it('takes no ICMP, RTP, DNS, HTTP or keep-alive for a message', async () => {
    const others = [
      ascii('\r\n\r\n'),
      zeros(4),
      ascii('jaK'),
      [0x80, 0, ...zeros(170)],
      ascii('GET / HTTP/1.1\r\nHost: a\r\n\r\n'),
    ];
    const icmp = ipv4(1, [3, 3, 0, 0, 0, 0, 0, 0, ...one]);
    assert.deepEqual(await read(pcap(101, [icmp, ...others.map((other) => ipv4(17, udp(other)))])), []);
  });
  it('reads SCTP', async () =>
    assert.deepEqual(await read(pcap(101, [ipv4(132, sctp(ascii(message(1))))])), [
      `1 ${TIME} ${WAY.replace('UDP', 'SCTP')}`,
    ]));
});

describe('TCP', () => {
  const text = ascii(message(1, 'a'.repeat(50)) + message(2) + message(3, 'b'.repeat(500)));
  const start = 0xffffff80;
  const part = (from: number, to: number) => ipv4(6, tcp((start + from) >>> 0, text.slice(from, to)));
  const syn = ipv4(6, tcp(start - 1, [], 2));
  const numbers = async (packets: Bytes[]) =>
    (await read(pcap(101, packets))).map((line) =>
      line
        .split(' ')
        .slice(0, line.includes('TCP 192') ? 1 : 9)
        .join(' '),
    );
  const cuts = [part(0, 100), part(100, 300), part(300, 301), part(301, 900), part(900, text.length)];
  it('reads several messages of a segment, and a message of several, across the end of the numbers', async () => {
    assert.deepEqual(await numbers([syn, part(0, text.length)]), ['1', '2', '3']);
    assert.deepEqual(await numbers([syn, ...cuts]), ['1', '2', '3']);
  });
  it('puts segments in order, and drops what comes again', async () => {
    const [a, b, c, d, e] = cuts;
    assert.deepEqual(await numbers([syn, a!, c!, e!, b!, a!, d!, d!, part(80, 320)]), ['1', '2', '3']);
    assert.deepEqual(await numbers([syn, part(0, 200), part(100, 400), part(350, text.length)]), ['1', '2', '3']);
  });
  it('begins in the middle of a stream, and goes on behind a gap', async () => {
    assert.deepEqual(await numbers([part(100, 300), part(300, text.length)]), ['2', '3']);
    const headless = await read(pcap(101, [syn, part(0, 280), part(281, text.length)]));
    assert.equal(headless.at(-1), '1 messages on TCP of which the capture has no header');
    assert.deepEqual(await numbers([syn, part(0, 280), part(281, text.length)]).then((all) => all.slice(0, 2)), [
      '1',
      '3',
    ]);
    const cut = await read(pcap(101, [syn, part(0, 400), part(401, text.length)]));
    assert.equal(cut.length, 4);
    assert.equal(cut.at(-1), '1 messages on TCP that lack a part in the capture (shown as far as they go)');
  });
  it('passes over keep-alives, and says what is encrypted', async () => {
    const alive = [...ascii('\r\n\r\n'), ...ascii(message(1)), ...ascii('\r\n')];
    assert.deepEqual(await numbers([ipv4(6, tcp(1, alive))]), ['1']);
    assert.deepEqual(await read(pcap(101, [ipv4(6, tcp(1, [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]))])), [
      '1 packets with encrypted TLS',
    ]);
  });
  it('reads WebSocket: masked, in fragments, from its middle on', async () => {
    const head = ascii(
      'GET / HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: sip\r\nSec-WebSocket-Key: x\r\n\r\n',
    );
    const all = ascii(message(2));
    const frames = [
      ...frame(0x81, ascii(message(1))),
      ...frame(0x89, [1]),
      ...frame(1, all.slice(0, 90)),
      ...frame(0x80, all.slice(90)),
      ...frame(0xc1, [1, 2, 3]),
    ];
    const ws = (line: number) => `${line} ${TIME} WS 192.0.2.1:5060 → 192.0.2.2:5060`;
    const why = '1 messages on WebSocket that are compressed (permessage-deflate)';
    assert.deepEqual(await read(pcap(101, [ipv4(6, tcp(1, [...head, ...frames]))])), [ws(1), ws(2), why]);
    assert.deepEqual(await read(pcap(101, [ipv4(6, tcp(1, frames))])), [ws(1), ws(2), why]);
  });
});

describe('HEP', () => {
  const way = 'UDP 10.0.0.1:5070 → 10.0.0.2:5080';
  it('has the time and the addresses that stand inside, and their order', async () => {
    const packets = [hep3(message(2), 1_600_000_001), hep3(message(1), 1_600_000_000)];
    const times = ['2020-09-13T12:26:40.250Z', '2020-09-13T12:26:41.250Z'];
    const expected = [`1 ${times[0]} ${way}`, `2 ${times[1]} ${way}`];
    assert.deepEqual(
      await read(
        pcap(
          101,
          packets.map((packet) => ipv4(17, udp(packet, 40_000, 9060))),
        ),
      ),
      expected,
    );
    assert.deepEqual(await read(Uint8Array.from(packets.flat())), expected);
    assert.deepEqual(await read(pcap(101, [ipv4(6, tcp(1, packets.flat()))])), expected);
  });
  it('of version 1 and 2', async () => {
    const packets = [hep2(1, message(1)), hep2(2, message(2))].map((packet) => ipv4(17, udp(packet, 40_000, 9060)));
    assert.deepEqual(await read(pcap(101, packets)), [`2 2020-09-13T12:26:40.500Z ${way}`, `1 ${TIME} ${way}`]);
  });
});

describe('pcapng', () => {
  const section = ngBlock(0x0a0d0d0a, [...le32(0x1a2b3c4d), 1, 0, 0, 0, ...zeros(8).map(() => 255)]);
  const interfaceOf = (link: number, options: Bytes = []) => ngBlock(1, [...le16(link), 0, 0, ...le32(0), ...options]);
  const packet = (number: number, high: number, low: number, bytes: Bytes) =>
    ngBlock(6, [...le32(number), ...le32(high), ...le32(low), ...le32(bytes.length), ...le32(bytes.length), ...bytes]);
  it('has interfaces with clocks and link types of their own', async () => {
    const nanoseconds = [...le16(9), ...le16(1), 9, 0, 0, 0, ...zeros(4)];
    const later = [...le16(9), ...le16(1), 0x80, 0, 0, 0, ...le16(14), ...le16(8), ...le32(1_700_000_000), ...zeros(4)];
    const two = ethernet(be16(0x800), ipv4(17, udp(ascii(message(2)))));
    const file = Uint8Array.from([
      ...section,
      ...interfaceOf(101, nanoseconds),
      ...interfaceOf(1, later),
      ...ngBlock(0x0bad, ascii('something')),
      ...packet(0, Math.floor(17e17 / 2 ** 32), 17e17 % 2 ** 32, one),
      ...packet(1, 0, 1, two),
      ...packet(7, 0, 1, two),
    ]);
    assert.deepEqual(await read(file), [`1 ${TIME} ${WAY}`, `2 2023-11-14T22:13:21.000Z ${WAY}`]);
  });
  it('has packets without times, and old ones', async () => {
    const old = ngBlock(2, [
      0,
      0,
      0,
      0,
      ...le32(0),
      ...le32(5_000_000),
      ...le32(one.length),
      ...le32(one.length),
      ...one,
    ]);
    const simple = ngBlock(3, [...le32(one.length), ...one]);
    assert.deepEqual(await read(Uint8Array.from([...section, ...interfaceOf(101), ...simple])), [`1 null ${WAY}`]);
    assert.deepEqual(await read(Uint8Array.from([...section, ...interfaceOf(101), ...old])), [
      `1 1970-01-01T00:00:05.000Z ${WAY}`,
    ]);
  });
  it('has sections of either byte order', async () => {
    const other = ngBlock(0x0a0d0d0a, [...be32(0x1a2b3c4d), 0, 1, 0, 0, ...zeros(8).map(() => 255)], be32);
    const link = ngBlock(1, [...be16(101), 0, 0, ...be32(0)], be32);
    const simple = ngBlock(3, [...be32(one.length), ...one], be32);
    const first = [...section, ...interfaceOf(101), ...ngBlock(3, [...le32(six.length), ...six])];
    assert.equal((await read(Uint8Array.from([...first, ...other, ...link, ...simple]))).length, 2);
  });
  it('may be an exported packet', async () => {
    const tag = (type: number, value: Bytes) => [...be16(type), ...be16(value.length), ...value];
    const tags = [
      ...tag(12, ascii('sip\0')),
      ...tag(20, [10, 0, 0, 1]),
      ...tag(21, [10, 0, 0, 2]),
      ...tag(24, be32(3)),
      ...tag(25, be32(5070)),
      ...tag(26, be32(5080)),
      0,
      0,
      0,
      0,
    ];
    const file = Uint8Array.from([
      ...section,
      ...interfaceOf(252),
      ...packet(0, 0, 1, [...tags, ...ascii(message(1))]),
    ]);
    assert.deepEqual(await read(file), ['1 1970-01-01T00:00:00.000001Z UDP 10.0.0.1:5070 → 10.0.0.2:5080']);
  });
});
