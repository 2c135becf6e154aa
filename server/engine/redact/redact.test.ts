import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath, URL } from 'node:url';
import fc from 'fast-check';
import { sourceOf } from '../../fixtures/testing.ts';
import { LineMap } from '../base/text.ts';
import { captureText } from '../capture/text.ts';
import { buildLadder, lintText, read } from '../engine.ts';
import { mergeTraces } from '../merge.ts';
import { provideSchemas } from '../xml/schemas.ts';
import { otherIpv4 } from './addresses.ts';
import { cipherOf } from './cipher.ts';
import { isInDigits } from './digits.ts';
import { redactText } from './redact.ts';

provideSchemas((file) => readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));

const SAMPLES = fileURLToPath(new URL('../../../samples/', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));

function redacted(text: string, key = 'a key'): string {
  return redactText(read(text).trace, key);
}

/**
 * What must be the same of a trace and of what is left of it: who sends what to whom, what belongs together, what is wrong. Lanes count in the order of
 * their arrows: the ladder puts the participants of a conference in the order of their names.
 */
async function shape(text: string) {
  const { reading, lint } = await lintText(text);
  const { format, rows, dialogs, lanes, calls } = buildLadder(reading, lint.problems);
  const map = new LineMap(text);
  const order = [...new Set(rows.flatMap(({ from, to }) => [from, to]))];
  const lane = (number: number) => `${order.indexOf(number)} ${lanes[number]!.kind}`;
  return {
    format,
    rows: rows.map(
      ({ from, to, index, line, time, method, status, dialog, transaction, respondsTo, retransmissionOf }) =>
        [
          lane(from),
          lane(to),
          index,
          line,
          time,
          method,
          status,
          dialog,
          transaction,
          respondsTo,
          retransmissionOf,
        ].join(' '),
    ),
    dialogs: dialogs.map(({ id, kind, state, messages }) => [id, kind, state, ...messages].join(' ')),
    calls: calls.map(({ id, dialogs }) => [id, ...dialogs].join(' ')),
    problems: lint.problems.map(({ rule, severity, from, to, messageIndex }) => {
      const { line, character } = map.position(from);
      return `${line + 1}:${character + 1} ${rule} ${severity} ${to - from} ${messageIndex}`;
    }),
  };
}

/** The first text of each folder, but for messages in digits: they come out as plain text. */
function texts(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const found = new Map<string, string>();
  for (const name of names) {
    const isText = /\.(?:sip|txt|log|cccp|confinfo)$/.test(name) && !/hexdump|tcpdump/.test(name);
    const place = dirname(name);
    if (isText && !found.has(place) && statSync(folder + name).size < 100_000) found.set(place, folder + name);
  }
  return [...found.values()].filter((file) => !isInDigits(read(readFileSync(file, 'latin1')).trace));
}

const secrets = {
  user: 'zacharias.quibble',
  name: 'Zacharias Quibble',
  host: 'pbx17.quibblecorp.example',
  number: '+4930901820777',
  address: '203.0.113.77',
  ipv6: '2001:db8:77:1::abcd',
  tag: 'tg8877xyz',
  branch: 'z9hG4bKqq99zz88',
  call: 'c4ll1d5ecret@203.0.113.77',
  guid: 'C263FF88-1A2B-4C3D-9E8F-0123456789AB',
  nonce: 'bm9uY2VzZWNyZXQ3Nw==',
  response: '6629fae49393a05397450978507c4ef1',
  token: 'eyJhbGciOiJIUzI1NiJ9',
  ice: 'iCePwD7788secret99',
  crypto: 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz',
  pin: '889977',
  card: '00:1b:44:77:3a:b7',
  serial: '0015651277ab',
  jwt: 'eyJzdWIiOiJxdWliYmxlIn0.c2lnbmF0dXJlLW9mLXF1aWJibGU',
  certificate: 'MIIDXTCCAkWgAwIBAgIJAKL0UG+mRkSvMA0GCSqGSIb3DQEBCwUAMEUxCzAJBgNVBAYT',
  cookie: '77771234',
  said: 'MeetQuibbleAtEight',
  json: 'quibbles-secret',
  latitude: '48.137154',
  fragment: 'frag77tag99',
};
const planted = `2026-01-01 10:00:00 user ${secrets.user} called from ${secrets.address}
INVITE sip:${secrets.number}@${secrets.host};user=phone SIP/2.0
Via: SIP/2.0/UDP ${secrets.address}:5060;branch=${secrets.branch};received=[${secrets.ipv6}]
From: "${secrets.name}" <sip:${secrets.user}@${secrets.host}>;tag=${secrets.tag};+sip.instance="<urn:uuid:${secrets.guid}>"
To: <tel:${secrets.number}>
Call-ID: ${secrets.call}
CSeq: 1 INVITE
Contact: <sip:${secrets.user}@[${secrets.ipv6}]:5060;transport=udp>
Authorization: Digest username="${secrets.user}", realm="${secrets.host}", nonce="${secrets.nonce}", uri="sip:${secrets.host}", response="${secrets.response}", algorithm=MD5
Proxy-Authorization: Bearer ${secrets.token}
Subject: about ${secrets.name}
User-Agent: Phone ${secrets.serial}
X-Serial: a1-${secrets.serial}
Server: box at ${secrets.card}, token eyJhbGciOiJub25lIn0.${secrets.jwt}
Content-Type: multipart/mixed;boundary=b1
Content-Length: LENGTH

`;
const plantedBody = `--b1
Content-Type: application/sdp

v=0
o=${secrets.user} 1 1 IN IP4 ${secrets.address}
s=call of ${secrets.name}
c=IN IP6 ${secrets.ipv6}
t=0 0
m=audio 40000 RTP/SAVP 0
a=ice-pwd:${secrets.ice}
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${secrets.crypto}|2^20|1:4
--b1
Content-Type: application/cccp+xml

<request xmlns="urn:ietf:params:xml:ns:cccp" requestId="1" to="sip:${secrets.user}@${secrets.host}" from="sip:x@${secrets.host}"><getUser><display-text>${secrets.name}</display-text><pin>${secrets.pin}</pin><entity>{${secrets.guid}}</entity></getUser></request>
--b1
Content-Type: application/pkcs7-mime
Content-Transfer-Encoding: base64

${secrets.certificate}
--b1
Content-Type: text/x-msmsgsinvite

Application-Name: File Transfer
Invitation-Cookie: ${secrets.cookie}
--b1
Content-Type: message/cpim

From: ${secrets.name} <im:${secrets.user}@${secrets.host}>

${secrets.said}
--b1
Content-Type: message/sipfrag

SIP/2.0 200 OK
From: <sip:x@example.org>;tag=${secrets.fragment}
--b1
Content-Type: application/json

{"said": "${secrets.json}", "pin": ${secrets.pin}}
--b1
Content-Type: application/pidf+xml

<p xmlns:g="http://www.opengis.net/gml"><g:pos>${secrets.latitude} 11.57</g:pos></p>
--b1--
`;

describe('a redacted trace', () => {
  it('is as long, and shows and lacks the same', async () => {
    const files = [...texts(SAMPLES), ...texts(FIXTURES)];
    assert.ok(files.length > 35);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const made = redacted(text);
      const name = file.replace(/.*\/(?=\w+\/traces|samples)/, '');
      assert.equal(made.length, text.length, name);
      assert.equal(Buffer.byteLength(made), Buffer.byteLength(text), `${name}: octets`);
      assert.deepEqual(await shape(made), await shape(text), name);
    }
  });

  it('is so too of captures, and of several traces that were put together', async () => {
    const merged = ['asterisk-pjsip/full-log-tls-from-facts.log', 'sipp-trace-msg/uac-udp.log'].map((name) => ({
      name,
      trace: read(readFileSync(`${FIXTURES}traces/${name}`, 'utf8')).trace,
    }));
    const texts = [mergeTraces(merged, 'as written').text];
    for (const name of ['pcap/lab-udp-call.pcap', 'pcap/lab-udp-invite-retrans.pcap'])
      texts.push(await captureText(sourceOf(readFileSync(`${FIXTURES}traces/${name}`)), 'pcap'));
    for (const text of texts) {
      const made = redacted(text);
      assert.notEqual(made, text);
      assert.deepEqual(await shape(made), await shape(text));
    }
  });

  it('leaves nothing of a body that is encoded, which nobody sees', () => {
    for (const [type, body] of [
      ['application/cccp+xml', `<request><pin>${secrets.pin}</pin></request>`],
      ['application/sdp', `v=0\r\no=${secrets.user} 1 1 IN IP4 ${secrets.address}\r\n`],
      ['application/conference-info+xml', '<a>zach</a>'],
    ] as const) {
      const coded = Buffer.from(body).toString('base64');
      const head = planted.slice(planted.indexOf('INVITE'), planted.indexOf('Content-Type'));
      const text = `${head}Content-Type: ${type}\nContent-Transfer-Encoding: base64\nContent-Length: ${coded.length}\n\n${coded}`;
      const made = redacted(text);
      assert.equal(made.length, text.length);
      const left = Buffer.from(made.slice(made.lastIndexOf('\n') + 1), 'base64').toString('latin1');
      for (let at = 0; at + 4 <= body.length; at++)
        assert.ok(!left.includes(body.slice(at, at + 4)), `${type}: ${left}`);
    }
  });

  it('holds nothing that tells who somebody is', () => {
    const text = planted.replace('LENGTH', String(plantedBody.length)) + plantedBody;
    const made = redacted(text);
    for (const [what, secret] of Object.entries(secrets))
      for (const word of secret.split(/[^\p{L}\p{N}+=]+/u).filter((part) => part.length > 3 && part !== 'example'))
        assert.ok(!made.toLowerCase().includes(word.toLowerCase()), `${what}: ${word} in\n${made}`);
    for (const kept of [
      'INVITE sip:+',
      'SIP/2.0/UDP ',
      ':5060;branch=z9hG4bK',
      'algorithm=MD5',
      '.example',
      'm=audio 40000 RTP/SAVP 0',
      'urn:ietf:params:xml:ns:cccp',
    ])
      assert.ok(made.includes(kept), kept);
  });

  it('keeps the words of the protocol, whoever bears them as a name', () => {
    const text = planted.replace('about', 'multipart invite');
    const made = redacted(text);
    assert.match(made, /^Content-Type: multipart\/mixed;boundary=b1$/m);
    assert.match(made, /^CSeq: 1 INVITE$/m);
    assert.doesNotMatch(made, /multipart invite/);
  });

  it('is made in no time of what is long', () => {
    const long = planted
      .replace('application/sdp', 'x')
      .replace('Subject: ', `Subject: ${'192.0.2.1 x '.repeat(40_000)}${'z'.repeat(300_000)}`);
    assert.equal(redacted(long).length, long.length);
  });

  it('is the same for one key, and another for another', () => {
    const one = redacted(planted);
    assert.equal(redacted(planted), one);
    assert.notEqual(redacted(planted, 'another'), one);
    const user = /<sip:([\w.]+)@/.exec(one)![1]!;
    assert.ok(
      one.startsWith(`2026-01-01 10:00:00 user ${user} called from `),
      'what stands around messages is replaced alike',
    );
  });
});

describe('a cipher', () => {
  it('gives words of the same form, and never the same for two', () => {
    const cipher = cipherOf('k');
    const word = fc.stringMatching(/^[a-z0-9A-Zéд世]{1,6}$/);
    const made = new Map<string, string>();
    fc.assert(
      fc.property(word, (one) => {
        const other = cipher(one);
        assert.equal(other.replace(/\d/g, '0').replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A').length, one.length);
        assert.equal(Buffer.byteLength(other), Buffer.byteLength(one));
        assert.equal(/^[\da-f]+$/i.test(other), /^[\da-f]+$/i.test(one));
        const lower = one.toLowerCase();
        assert.equal(made.get(other.toLowerCase()) ?? lower, lower);
        made.set(other.toLowerCase(), lower);
      }),
      { numRuns: 3000 },
    );
    assert.equal(new Set(Array.from({ length: 90 }, (_, at) => cipher(String(at + 10)))).size, 90);
  });

  it('keeps addresses of one network in one', () => {
    const [one, two, other] = ['10.1.2.3', '10.1.2.9', '172.16.2.9'].map((address) => otherIpv4(address, 'k'));
    assert.equal(one!.replace(/\d+$/, ''), two!.replace(/\d+$/, ''));
    assert.notEqual(one, two);
    assert.equal(other!.length, 10);
    for (const kept of ['127.0.0.1', '0.0.0.0', '255.255.255.255', '239.1.2.3'])
      assert.equal(otherIpv4(kept, 'k'), kept);
    const hosts = Array.from({ length: 256 }, (_, last) => otherIpv4(`192.0.2.${last}`, 'k'));
    assert.equal(new Set(hosts).size, 256);
  });
});
