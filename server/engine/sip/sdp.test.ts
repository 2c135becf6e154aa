import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { slice } from '../base/text.ts';
import { parseMessage } from './message.ts';
import { attributes, isRtp, payloadType, portOf, readSdp, sessionDescriptions } from './sdp.ts';

const SDP = `v=0
o=alice 2890844526 2890844527 IN IP4 host.example.org
s= 
c=IN IP4 192.0.2.4
t=0 0
a=sendonly
m=audio 49170/2 RTP/AVP 0 97
a=rtpmap:97 iLBC/8000
m=video 0 UDP/TLS/RTP/SAVPF 31
m=message 5060 sip null
`;

describe('a session description', () => {
  for (const [name, text] of Object.entries({
    LF: SDP,
    CRLF: SDP.replace(/\n/g, '\r\n'),
    CR: SDP.replace(/\n/g, '\r'),
  })) {
    it(`is read with ${name}`, () => {
      const found = readSdp(text);
      const { session, media, origin, whole } = found;
      const shown = (piece: { from: number; to: number } | undefined) => (piece ? slice(text, piece) : null);
      assert.equal(whole, true);
      assert.deepEqual(
        session.lines.map(({ type, value }) => `${type}|${shown(value)}`),
        [
          'v|0',
          'o|alice 2890844526 2890844527 IN IP4 host.example.org',
          's| ',
          'c|IN IP4 192.0.2.4',
          't|0 0',
          'a|sendonly',
        ],
      );
      assert.deepEqual(Object.values(origin!).map(shown), [
        ...['alice', '2890844526', '2890844527', 'IN', 'IP4', 'host.example.org'],
      ]);
      assert.deepEqual(
        media.map((medium) => [shown(medium.media), portOf(text, medium), shown(medium.ports), isRtp(text, medium)]),
        [
          ['audio', 49170, '2', true],
          ['video', 0, null, true],
          ['message', 5060, null, false],
        ],
      );
      assert.deepEqual(media[0]!.formats.map(shown), ['0', '97']);
      const [map] = attributes(media[0]!, 'rtpmap');
      assert.equal(shown(map!.value), '97 iLBC/8000');
      assert.equal(shown(payloadType(text, map!)), '97');
    });
  }

  it('is found in a multipart, unless it is encoded', () => {
    const part = (head: string) => `--b\nContent-Type: application/sdp\n${head}\nv=0\ns=-\n`;
    const read = parseMessage(
      `INVITE sip:a@b SIP/2.0\nContent-Type: multipart/mixed;boundary=b\n\n${part('')}${part('Content-Transfer-Encoding: base64\n')}--b--\n`,
    );
    const found = sessionDescriptions(read);
    assert.equal(found.length, 1);
    assert.equal(slice(read.text, found[0]!), 'v=0\ns=-');
  });

  it('is not whole where something was left out or cut off', () => {
    const message = (length: string) =>
      parseMessage(`INVITE sip:a@b SIP/2.0\nContent-Type: application/sdp\n${length}\n\nv=0\ns=-\n`);
    const whole = (length: string) => sessionDescriptions(message(length))[0]!.whole;
    assert.deepEqual([whole('l: 10'), whole('l: 8'), whole('l: 142')], [true, true, false]);
    assert.equal(readSdp('v=0\n...\n').whole, false);
  });

  it('that is only told of is none', () => {
    const told = 'INVITE sip:a@b SIP/2.0\nContent-Type: application/sdp\n\n';
    for (const body of ["(Alice's SDP not shown)", '...', '{"a":1}', ''])
      assert.deepEqual(sessionDescriptions(parseMessage(told + body)), []);
  });

  it('may hold anything', () => {
    for (const text of [
      '',
      '=',
      '=\n=',
      'm=',
      'm',
      'm=a',
      'm=a /',
      'm=a 1/',
      'o=',
      'a=:',
      'a=',
      '\0',
      'v=0\r\r\nm=\t\t',
      'a=\ud800',
    ]) {
      const { lines, media, session } = readSdp(text);
      for (const { from, to, value } of lines) assert.ok(from <= value.from && value.to <= to && to <= text.length);
      for (const medium of media) assert.ok(Number.isNaN(portOf(text, medium)) || portOf(text, medium) >= 0);
      for (const { value } of session.attributes) assert.ok(value.from <= value.to);
    }
  });
});
