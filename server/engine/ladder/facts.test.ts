import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { buildLadder, read } from '../engine.ts';

/** A message of one dialog: its start line, the lines that make it what it is, and a body. */
function message(start: string, cseq: string, lines: readonly string[] = [], body: readonly string[] = []): string {
  const to = lines.some((line) => line === 'in a dialog') || start.startsWith('SIP/') ? ';tag=2' : '';
  const head = [
    start,
    'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
    'From: <sip:alice@example.org>;tag=1',
    `To: <sip:bob@example.org>${to}`,
    'Call-ID: c1',
    `CSeq: ${cseq}`,
    ...lines.filter((line) => line !== 'in a dialog'),
    ...(body.length > 0 ? ['Content-Type: application/sdp'] : []),
    `Content-Length: ${body.join('\r\n').length}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body.join('\r\n')}\n`;
}

const sdp = (...media: string[]) => ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', ...media];
const factsIn = (...messages: string[]) => buildLadder(read(messages.join('\n'))).rows.map(({ facts }) => facts);
const INVITE = 'INVITE sip:bob@example.org SIP/2.0';

it('tells of a session what is offered and answered, where, and whether it holds', () => {
  const audio = ['m=audio 4000 RTP/AVP 0 8 101', 'a=rtpmap:101 telephone-event/8000'];
  assert.deepEqual(
    factsIn(
      message(INVITE, '1 INVITE', [], sdp(...audio, 'm=video 4002 RTP/SAVP 96', 'a=rtpmap:96 H264/90000')),
      message('SIP/2.0 200 OK', '1 INVITE', [], sdp('m=audio 5000 RTP/AVP 8', 'm=video 0 RTP/SAVP 96')),
      message(INVITE, '2 INVITE', ['in a dialog'], sdp(...audio, 'a=sendonly')),
      message('SIP/2.0 200 OK', '2 INVITE', [], sdp('m=audio 5000 RTP/AVP 8', 'a=recvonly')),
    ),
    [
      'offer · audio PCMU/PCMA/telephone-event · video H264 SRTP · at 192.0.2.1:4000',
      'answer · audio PCMA · video off · at 192.0.2.1:5000',
      'offer · audio PCMU/PCMA/telephone-event · hold (sendonly) · at 192.0.2.1:4000',
      'answer · audio PCMA · recvonly · at 192.0.2.1:5000',
    ],
  );
});

it('takes the description in the answer to an INVITE without one for the offer', () => {
  const audio = sdp('m=audio 4000 RTP/AVP 0');
  const all = factsIn(
    message(INVITE, '1 INVITE'),
    message('SIP/2.0 200 OK', '1 INVITE', [], audio),
    message('ACK sip:bob@example.org SIP/2.0', '1 ACK', ['in a dialog'], audio),
  );
  assert.deepEqual(
    all.map((facts) => facts.split(' ·')[0]),
    ['', 'offer', 'answer'],
  );
});

it('tells why, for whom, where to and how long', () => {
  const cases: [string, string][] = [
    [
      message('SIP/2.0 401 Unauthorized', '1 REGISTER', ['WWW-Authenticate: Digest realm="a, b", algorithm=MD5']),
      'Digest MD5 for “a, b”',
    ],
    [
      message('REGISTER sip:example.org SIP/2.0', '1 REGISTER', ['Contact: <sip:alice@192.0.2.1>', 'Expires: 60']),
      'Contact sip:alice@192.0.2.1 · expires in 60 s',
    ],
    [
      message('BYE sip:bob@example.org SIP/2.0', '3 BYE', ['in a dialog', 'Reason: Q.850;cause=16;text="normal"']),
      'Reason Q.850 16 “normal”',
    ],
    [
      message('REFER sip:bob@example.org SIP/2.0', '4 REFER', ['Refer-To: <sip:carol@example.org>']),
      'Refer-To sip:carol@example.org',
    ],
    [
      message('NOTIFY sip:bob@example.org SIP/2.0', '5 NOTIFY', [
        'Event: dialog',
        'Subscription-State: active;expires=9',
      ]),
      'subscription active, 9 s left',
    ],
    [message('OPTIONS sip:bob@example.org SIP/2.0', '6 OPTIONS'), ''],
  ];
  for (const [text, expected] of cases) assert.deepEqual(factsIn(text), [expected]);
});

it('tells of conferences which command is meant and what changed', () => {
  const sample = readFileSync(new URL('../../../samples/eject-user.sip', import.meta.url), 'utf8');
  const { rows } = buildLadder(read(sample));
  assert.match(rows[0]!.facts, /^CCCP request 63022864 · conference of alice, 7ECB5F9B/);
  assert.match(rows[13]!.facts, /^CCCP answer to request 63022864 · code success/);
  assert.match(rows[15]!.facts, /^carol removed · /);
});

it('counts the retransmissions of a message', () => {
  const invite = message(INVITE, '1 INVITE');
  const rows = buildLadder(read([invite, invite, invite].join('\n'))).rows;
  assert.deepEqual(
    rows.map(({ retransmissions }) => retransmissions),
    [2, 0, 0],
  );
});
