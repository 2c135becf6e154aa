import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readText } from '../text.ts';

const ROW = '    1 2026-11-22 19:43:09.782220   127.0.0.12 → 127.0.0.20   SIP 395 Request: REGISTER sip:lab.invalid | ';

describe("Wireshark's lists of packets", () => {
  it('tell start lines in the words of any version', () => {
    for (const [info, start] of [
      ['Request: REGISTER sip:lab.invalid  (1 binding) | ', 'REGISTER sip:lab.invalid SIP/2.0'],
      ['Request: INVITE sip:b@example.com, with session description', 'INVITE sip:b@example.com SIP/2.0'],
      ['Status: 200 OK (INVITE) | ', 'SIP/2.0 200 OK'],
      ['Status: 200 OK    (1 bindings)', 'SIP/2.0 200 OK'],
      ['Status: 183 Session Progress, with session description', 'SIP/2.0 183 Session Progress'],
      ['Status: 100 trying -- your call is important to us | ', 'SIP/2.0 100 trying -- your call is important to us'],
      ['Status: 480 Temporarily Unavailable (Callee, busy)', 'SIP/2.0 480 Temporarily Unavailable (Callee, busy)'],
    ]) {
      const text = `1 0.000000 192.0.2.1 192.0.2.2 SIP 395 ${info}\n`;
      const message = readText(text).message(0);
      assert.equal(message.text.slice(message.startLine.from, message.startLine.to), start);
    }
  });

  it('give way to the packets themselves', () => {
    assert.equal(readText(`${ROW}\n`).count, 1);
    assert.equal(readText(`${ROW}\n\nFrame 1: 395 bytes on wire\n`).count, 0);
    assert.equal(readText(`${ROW}\n0000  00 00 00 00\n`).count, 0);
  });

  it('are not seen where other logs have the same words', () => {
    for (const line of [
      'Request: GET http://example.com/ HTTP/1.1',
      '12 2026-11-22 19:43:09 192.0.2.1 192.0.2.2 HTTP 395 Status: 200 OK',
      'The phone said: Status: 180 Ringing',
      '"12","0.1","192.0.2.1","192.0.2.2","HTTP","395","Status: 200 OK"',
      '<section>Status: 200 OK</section>',
      '|0.000000 |         Status: 200 OK          |SIP: Status: 200 OK | ',
      '2026-11-29\t10:17:29.526692\t1795947449.526692\tS\t1@127.0.0.1\tCSeq:1 INVITE\tGET / HTTP/1.1',
    ])
      assert.equal(readText(`${line}\n`).count, 0, line);
  });
});
