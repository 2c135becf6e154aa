import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dedent } from '../../server/engine/base/testing.ts';
import { allHeaders } from '../../server/engine/sip/registry.ts';
import { isLinear } from '../cpuTime.ts';
import { loadGrammar, tokenize } from './grammar.ts';

const grammar = await loadGrammar();
const SAMPLE = readFileSync(new URL('../../samples/eject-user.flattened.txt', import.meta.url), 'utf8');

/** Tokens without the punctuation, `.sip` left off the scopes. */
function words(text: string): string[] {
  return tokenize(grammar, dedent(text))
    .filter((token) => !/^[:;=<>"/] →|punctuation/.test(token))
    .map((token) => token.replaceAll('.sip', ''));
}

const HEADER = 'support.type.property-name.header';

/** A text and its coloured tokens; what is left plain is not listed. */
const examples: { name: string; text: string; tokens: string[] }[] = [
  {
    name: 'a request line',
    text: 'INVITE sip:bob@example.com:5060;transport=tcp SIP/2.0',
    tokens: [
      'INVITE → keyword.control.method',
      'sip → keyword.other.scheme',
      'bob@example.com:5060 → markup.underline.link.uri',
      'transport → variable.parameter.name',
      'tcp → string.unquoted.parameter-value',
      'SIP/2.0 → storage.type.version',
    ],
  },
  {
    name: 'a time before the start line',
    text: '2024-07-02T10:00:00.123Z SIP/2.0 180 Ringing',
    tokens: [
      '2024-07-02T10:00:00.123Z  → constant.numeric.timestamp',
      'SIP/2.0 → storage.type.version',
      '180 → constant.numeric.status.provisional',
      'Ringing → string.unquoted.reason',
    ],
  },
  {
    name: 'addresses: compact name, quoted name with an escape, folded parameter',
    text: 'ACK sip:h SIP/2.0\nf: "A \\" B" <sip:a@example.org>;tag=x\n\t;n=2',
    tokens: [
      'ACK → keyword.control.method',
      'sip → keyword.other.scheme',
      'h → markup.underline.link.uri',
      'SIP/2.0 → storage.type.version',
      `f → ${HEADER}`,
      'A  → string.quoted.double',
      '\\" → string.quoted.double constant.character.escape',
      ' B → string.quoted.double',
      'sip → keyword.other.scheme',
      'a@example.org → markup.underline.link.uri',
      'tag → variable.parameter.name',
      'x → string.unquoted.parameter-value',
      'n → variable.parameter.name',
      '2 → constant.numeric',
    ],
  },
  {
    name: 'header values of their own kind',
    text: `
      SIP/2.0 302 Moved
      Via: SIP/2.0/TLS 192.0.2.1:5061
      CSeq: 314 BENOTIFY
      Content-Type: application/cccp+xml
      Max-Forwards: 70
      Event: presence
      Authorization: NTLM qop="auth"
    `,
    tokens: [
      'SIP/2.0 → storage.type.version',
      '302 → constant.numeric.status.redirection markup.changed.status',
      'Moved → string.unquoted.reason',
      `Via → ${HEADER}`,
      'SIP → storage.type.version',
      '2.0 → storage.type.version',
      'TLS → constant.language.transport',
      '192.0.2.1 → constant.other.address',
      '5061 → constant.numeric.port',
      `CSeq → ${HEADER}`,
      '314 → constant.numeric',
      'BENOTIFY → keyword.control.method',
      `Content-Type → ${HEADER}`,
      'application/cccp+xml → support.type.media-type',
      `Max-Forwards → ${HEADER}`,
      '70 → constant.numeric',
      `Event → ${HEADER}`,
      'presence → constant.language',
      `Authorization → ${HEADER}`,
      'NTLM → constant.language',
      'qop → variable.parameter.name',
      'auth → string.quoted.double',
    ],
  },
  {
    name: 'session descriptions',
    text: 'v=0\nm=audio 49170 RTP/AVP 0\na=rtpmap:0 PCMU/8000\nNot sdp: 7',
    tokens: [
      'v → keyword.other.sdp',
      '0 → constant.numeric.sdp',
      'm → keyword.other.sdp',
      'audio → entity.name.type.sdp',
      '49170 → constant.numeric.sdp',
      'RTP/AVP → constant.language.sdp',
      '0 → constant.numeric.sdp',
      'a → keyword.other.sdp',
      'rtpmap → variable.parameter.attribute.sdp',
      '0 → constant.numeric.sdp',
      '8000 → constant.numeric.sdp',
    ],
  },
  {
    name: 'comments; prose between messages stays plain, also where it looks like a header or an address',
    text: '# SIP/2.0 200 OK\nTo: be sip:a@b or not\n\nBYE SIP/2.0 is not a start line',
    tokens: [' SIP/2.0 200 OK → comment.line.number-sign'],
  },
  {
    name: 'an unfinished tag does not swallow the next message',
    text: 'INFO urn:x SIP/2.0\n\n<request a="\n  <!-- open\nSIP/2.0 603 Decline\nl: 0',
    tokens: [
      'INFO → keyword.control.method',
      'urn → keyword.other.scheme',
      'x → markup.underline.link.uri',
      'SIP/2.0 → storage.type.version',
      'request → entity.name.tag.xml',
      'SIP/2.0 → storage.type.version',
      '603 → constant.numeric.status.globalfailure invalid.status',
      'Decline → string.unquoted.reason',
      `l → ${HEADER}`,
      '0 → constant.numeric',
    ],
  },
  {
    name: 'parts of a multipart body',
    text: '--b1\nContent-Type: text/xml\n\n<a/>\n--b1--',
    tokens: [
      'b1 → constant.other.boundary',
      `Content-Type → ${HEADER}`,
      'text/xml → support.type.media-type',
      'a → entity.name.tag.xml',
      'b1-- → constant.other.boundary',
    ],
  },
  {
    name: 'a flattened message: names inside quotes and unknown words stay values, the body is XML, the next line is prose',
    text: 'INFO sip:a@b SIP/2.0 Max-Forwards: 70 X: "Via: 1" CSEQ: 2 INFO <request xmlns="u"> <a\nTo: prose',
    tokens: [
      'INFO → keyword.control.method',
      'sip → keyword.other.scheme',
      'a@b → markup.underline.link.uri',
      'SIP/2.0 → storage.type.version',
      `Max-Forwards → ${HEADER}`,
      '70 → constant.numeric',
      'Via: 1 → string.quoted.double',
      `CSEQ → ${HEADER}`,
      '2 → constant.numeric',
      'INFO → keyword.control.method',
      'request → entity.name.tag.xml',
      'a → entity.name.tag.xml',
    ],
  },
];

for (const { name, text, tokens } of examples) {
  test(`colours: ${name}`, () => assert.deepEqual(words(text), tokens));
}

test('each class of status codes has its scope', () => {
  const scopes = ['100', '200', '300', '400', '500', '600'].map((code) => words(`SIP/2.0 ${code}`)[1]);
  assert.equal(new Set(scopes.map((scope) => scope?.slice(4))).size, 6);
});

test('every registered header is coloured inside a flattened line', () => {
  for (const { name } of allHeaders) {
    const tokens = words(`OPTIONS sip:h SIP/2.0 Via: h ${name}: 1`);
    assert.ok(tokens.includes(`${name} → ${HEADER}`), name);
  }
});

test('the flattened sample: 17 messages, 11 of them requests', () => {
  const tokens = words(SAMPLE);
  const count = (wanted: RegExp) => tokens.filter((token) => wanted.test(token)).length;
  assert.equal(count(/^SIP\/2\.0 → storage/), 17);
  assert.equal(count(/^Call-ID → support/i), 17);
  assert.equal(count(/ → keyword\.control\.method/), 17 + 11);
});

test('a long line costs time in proportion to its length', async () => {
  const hostile = ['"', 'sip:', ';a', '<a ', ' Via', 'a=', '1.1.', '--', 'SIP/2.0 200 ', 'To: <sip:a;'];
  for (const unit of hostile) {
    for (const head of ['', 'To: ', 'SIP/2.0 200 ', 'BYE sip:h SIP/2.0 Via: h ', 'v=0 ']) {
      const line = (part: number) => head + unit.repeat((20_000 / unit.length) * part);
      assert.ok(await isLinear((part) => grammar.tokenizeLine(line(part), null)), `${head}${unit}…`);
    }
  }
});
