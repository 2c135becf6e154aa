import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMessage } from '../sip/message.ts';
import { canonicalMessage } from './canonical.ts';
import type { Extent } from './noise.ts';

const OFFER = `INVITE sip:bob@example.org SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport
f: "Alice" <sip:alice@example.org;lr>;tag=1;epid=7
To: <sip:bob@example.org>
Supported: timer, 100rel
i: a1@example.org
CSeq: 1 INVITE
Date: Thu, 01 Jan 2026 10:00:00 GMT
Allow: INVITE, ACK
Allow: BYE
Content-Type: application/sdp
Content-Length: 5

v=0
o=- 77 1 IN IP4 192.0.2.1
s=-
t=0 0
a=x
m=audio 4000 RTP/AVP 0 8
a=sendrecv
a=rtpmap:0 PCMU/8000
`;

/** The same, as another hop might write it. */
const AGAIN = `INVITE sip:bob@example.org SIP/2.0
Content-Length: 99
Content-Type: application/sdp
Allow: BYE, INVITE,ACK
Date: Thu, 01 Jan 2026 10:00:01 GMT
CSeq: 9 INVITE
Call-ID: b2@example.org
Require: x
k: 100rel,timer
To: <sip:bob@example.org>
From: "Alice" <sip:alice@example.org;lr>;epid=7
 ;tag=2
Via: SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bK2

v=0
o=- 78 2 IN IP4 192.0.2.1
s=-
t=0 0
a=x
m=audio 4000 RTP/AVP 0 8
a=rtpmap:0 PCMU/8000
a=sendonly
`;

const lines = (text: string, extent: Extent = 'what matters') =>
  canonicalMessage(parseMessage(text), extent).split('\n');

describe('messages that are compared', () => {
  it('differ in what matters only', () => {
    const [one, other] = [lines(OFFER), lines(AGAIN)];
    assert.deepEqual(
      one.filter((line) => !other.includes(line)),
      ['a=sendrecv'],
    );
    assert.deepEqual(
      other.filter((line) => !one.includes(line)),
      ['Require: x', 'a=sendonly'],
    );
    assert.ok(one.includes('From: "Alice" <sip:alice@example.org;lr>;epid=7;tag=‹…›'));
    assert.ok(one.includes('Allow: ACK, BYE, INVITE'));
    assert.ok(one.includes('o=- ‹…› ‹…› IN IP4 192.0.2.1'));
    assert.ok(one.includes('CSeq: ‹…› INVITE'));
    assert.equal(one[1], 'Via: SIP/2.0/UDP 192.0.2.1;branch=‹…›;rport');
  });

  it('differ in everything where that is asked for', () => {
    const one = lines(OFFER, 'everything');
    for (const line of ['Call-ID: a1@example.org', 'CSeq: 1 INVITE', 'Content-Length: 5', 'o=- 77 1 IN IP4 192.0.2.1'])
      assert.ok(one.includes(line), line);
    assert.doesNotMatch(one.join('\n'), /‹/);
  });

  it('have their XML by entity', () => {
    const xml = (version: number, users: string) => `NOTIFY sip:a@example.org SIP/2.0
Content-Type: application/conference-info+xml

<conference-info version="${version}" xmlns="urn:x" entity="sip:c@example.org"><users>${users}</users></conference-info>`;
    const [alice, bob] = ['<user entity="a">\n  <role>x</role></user>', '<user state="full" entity="b"/>'];
    assert.deepEqual(lines(xml(1, alice + bob)), lines(xml(2, bob + alice)));
    assert.notDeepEqual(lines(xml(1, alice + bob), 'everything'), lines(xml(2, bob + alice), 'everything'));
    assert.ok(lines(xml(1, bob)).includes('    <user entity="b" state="full"/>'));
  });

  it('may be any text', () => {
    const deep = `${'<a>'.repeat(5000)}x`;
    for (const text of ['', '\n', 'x', 'INVITE', `INVITE a SIP/2.0\nVia\nContent-Type: a/xml\n\n${deep}`])
      assert.ok(canonicalMessage(parseMessage(text), 'what matters').endsWith('\n'));
  });
});
