import assert from 'node:assert/strict';
import { it } from 'node:test';
import { LineMap } from '../engine/base/text.ts';
import { lintText } from '../engine/engine.ts';
import { createTraceApi } from './traces.ts';

/** OPTIONS and its response; a head of which more can be said is in order. */
function keepAlive(n: number, more = 'Max-Forwards: 70\n'): string {
  const head = (tag: string) =>
    `Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK${n}\nFrom: <sip:a@example.org>;tag=a${n}\nTo: <sip:b@example.org>${tag}\nCall-ID: c${n}@192.0.2.1\nCSeq: 1 OPTIONS\n`;
  const end = 'Content-Length: 0\n\n';
  return `OPTIONS sip:b@example.org SIP/2.0\n${head('')}Contact: <sip:a@192.0.2.1>\n${more}${end}SIP/2.0 200 OK\n${head(`;tag=b${n}`)}${end}`;
}

it('tells the page two bits a message, and keeps to itself those in which an error or a warning was found', async () => {
  const told = async (text: string) => {
    const { reading, lint } = await lintText(text);
    const trace = {
      ...lint,
      reading,
      revision: 1,
      title: 'x',
      lines: new LineMap(text),
      offsetAt: () => 0,
      notices: [],
    };
    const { keepAlives } = await createTraceApi(async () => trace).summary();
    return keepAlives && Buffer.from(keepAlives, 'base64').toString('hex');
  };
  assert.equal(await told([1, 2, 3].map((n) => keepAlive(n)).join('')), '9909');
  assert.equal(await told(keepAlive(1) + keepAlive(2, 'Max-Forwards: 700\n') + keepAlive(3)), '0909');
  assert.equal(await told(keepAlive(1, 'Max-Forwards: 700\n')), null);
});
