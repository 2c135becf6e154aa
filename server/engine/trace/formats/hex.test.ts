import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readText } from '../text.ts';
import { readTrace } from '../trace.ts';

const MESSAGE = [
  'MESSAGE sip:bob@example.org SIP/2.0',
  'Via: SIP/2.0/UDP [2001:db8::1]:5060;branch=z9hG4bK1',
  'From: "Zoë 😀" <sip:zoe@example.org>;tag=1',
  'To: <sip:bob@example.org>',
  'Call-ID: 1',
  'CSeq: 1 MESSAGE',
  'Content-Type: text/plain',
  'Content-Length: 7',
  '',
  'größe',
].join('\r\n');
const payload = Buffer.from(MESSAGE);
/** IP version 6 and UDP before it. */
const packet = Buffer.concat([
  Buffer.from('60000000', 'hex'),
  Buffer.from([(payload.length + 8) >> 8, (payload.length + 8) & 255, 17, 64]),
  Buffer.from('20010db8000000000000000000000001', 'hex'),
  Buffer.from('20010db8000000000000000000000002', 'hex'),
  Buffer.from([19, 196, 19, 197, (payload.length + 8) >> 8, (payload.length + 8) & 255, 0, 0]),
  payload,
]);

/** Lines of sixteen bytes, each with its offset and the characters beside it. */
function dump(bytes: Buffer, line: (offset: number, digits: string[], shown: string) => string): string {
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += 16) {
    const part = bytes.subarray(offset, offset + 16);
    const digits = Array.from(part, (byte) => byte.toString(16).padStart(2, '0'));
    text += `${line(offset, digits, part.toString('latin1').replace(/[^ -~]/g, '.'))}\n`;
  }
  return text;
}

const hex = (offset: number, width: number) => offset.toString(16).padStart(width, '0');
const DUMPS: Readonly<Record<string, string>> = {
  tcpdump: `10:15:42.117000 IP6 2001:db8::1.5060 > 2001:db8::2.5061: SIP, length: ${payload.length}\n${dump(
    packet,
    (offset, digits, shown) =>
      `\t0x${hex(offset, 4)}:  ${digits
        .join('')
        .replace(/.{4}(?=.)/g, '$& ')
        .padEnd(39)}  ${shown}`,
  )}`,
  tshark: dump(packet, (offset, digits, shown) => `${hex(offset, 4)}  ${digits.join(' ').padEnd(47)}   ${shown}`),
  'Wireshark with a gap': dump(
    packet,
    (offset, digits, shown) =>
      `${hex(offset, 4)}  ${digits
        .join(' ')
        .replace(/^(.{23}) /, '$1  ')
        .padEnd(48)}   ${shown}`,
  ),
};

describe('bytes in hex', () => {
  for (const [name, text] of Object.entries(DUMPS)) {
    it(`are read as ${name} writes them, with the characters they are`, async () => {
      const trace = readText(text);
      assert.equal(trace.count, 1);
      const { text: view, from, to } = trace.view(0);
      assert.equal(view.slice(from, to), MESSAGE);
      assert.deepEqual([trace.way(0).source, trace.way(0).destination], ['[2001:db8::1]:5060', '[2001:db8::2]:5061']);
      const zoe = view.indexOf('oë');
      const place = trace.view(0).toSource({ from: zoe, to: zoe + 2 });
      assert.match(text.slice(place.from, place.to).replace(/\s+/g, ' '), /^6f ?c3 ?ab$/);
      const bytes = Buffer.from(text);
      const paged = await readTrace({ size: bytes.length, read: (at, into) => bytes.copy(into, 0, at) }, { page: 200 });
      assert.equal(paged.columns.count, 1);
      assert.equal(paged.columns.length[0], trace.columns.length[0]);
    });
  }

  it('are none where words only look like them', () => {
    for (const text of [
      '0000  cafe babe\n',
      '0x0000:  deed\n',
      '0000  49 4e\n0010  xx\n',
      'U 192.0.2.1:1 -> 192.0.2.2:2\n  49 4e 56\n',
    ])
      assert.equal(readText(text).count, 0);
  });
});
