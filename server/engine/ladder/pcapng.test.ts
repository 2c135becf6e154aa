import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath, URL } from 'node:url';
import { captureText } from '../capture/text.ts';
import { buildLadder, read } from '../engine.ts';
import { pcapngLadder } from './pcapng.ts';

/** A capture of the trace, and what is read from it again. */
async function written(text: string) {
  const reading = read(text);
  const capture = pcapngLadder({ ladder: buildLadder(reading), ...reading, problems: [] });
  const source = {
    size: capture.length,
    read: (from: number, into: Uint8Array) => {
      const part = capture.subarray(from, from + into.length);
      into.set(part);
      return part.length;
    },
  };
  return { before: reading, capture, after: read(await captureText(source, 'pcapng')) };
}

function fixture(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../fixtures/traces/${name}`, import.meta.url)), 'utf8');
}

describe('a ladder as pcapng', () => {
  it('reads as the same messages, addresses and times', async () => {
    for (const name of [
      'asterisk-pjsip/full-log-tls-from-facts.log',
      'sipp-trace-msg/uac-udp.log',
      'baresip/tcp-call.txt',
    ]) {
      const { before, after } = await written(fixture(name));
      assert.equal(after.trace.count, before.trace.count, name);
      for (let index = 0; index < before.trace.count; index++) {
        const [one, other] = [before.trace, after.trace].map((trace) => ({
          method: trace.method(index),
          headers: trace.message(index).headers.length,
          kind: trace.columns.kind[index],
        }));
        assert.deepEqual(other, one, `${name}, message ${index + 1}`);
        const [source, told] = [before.trace.way(index).source, after.trace.way(index).source];
        if (source && /:\d+$/.test(source)) assert.equal(told, source, name);
        const time = before.trace.columns.timeOf(index);
        if (time !== null) assert.ok(Math.abs(after.trace.columns.timeOf(index)! - time) < 0.001, name);
      }
    }
  });

  it('holds messages of any size, between addresses of both kinds', async () => {
    const text = `OPTIONS sip:b@[2001:db8::2] SIP/2.0
Via: SIP/2.0/UDP [2001:db8::1];branch=z9hG4bK1
From: <sip:a@[2001:db8::1]>;tag=1
To: <sip:b@[2001:db8::2]>
Call-ID: 1
CSeq: 1 OPTIONS
Content-Type: text/plain
Content-Length: 200000

${'x'.repeat(200_000)}`;
    const { after } = await written(text);
    assert.equal(after.trace.count, 1);
    assert.equal(after.trace.message(0).body.to - after.trace.message(0).body.from, 200_000);
  });
});
