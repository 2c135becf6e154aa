import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { cursor, dedent } from '../../base/testing.ts';
import { applied, type Problem } from '../../base/text.ts';
import { lintDocument } from '../../document.ts';
import { lintText } from '../../engine.ts';
import { DEFAULT_OPTIONS } from '../../severity.ts';
import { provideSchemas } from '../../xml/schemas.ts';
import { loadVerdict } from '../../xml/verdict.ts';
import type { Fix } from '../source.ts';
import { DEFAULT_INPUT, type Template, templates } from '../templates.ts';
import { traceSource, xmlSource } from '../testing.ts';
import { offersAt } from './offers.ts';

provideSchemas((file) => readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8'));
before(() => loadVerdict());

const requests = templates().filter(({ kind }) => kind === 'request');

describe('the response to each command', () => {
  for (const template of requests) {
    it(`${template.id}, as a document of its own`, async () => {
      const text = template.document(DEFAULT_INPUT);
      const offers = offersAt(xmlSource(text), text.indexOf(`<${template.id}`));
      assert.ok(offers.length > 1, 'success, and a failure at least');
      for (const { title, edits, opens } of offers) {
        assert.deepEqual(edits, [], 'the request stays as it is');
        assert.equal(opens?.languageId, 'cccp');
        assert.deepEqual(
          words((await lintDocument(opens!.text, DEFAULT_OPTIONS)) ?? []),
          [],
          `${title}\n${opens!.text}`,
        );
      }
    });
    for (const lineEnd of ['\n', '\r\n'])
      it(`${template.id}, behind the message (${JSON.stringify(lineEnd)})`, () => tryMessage(template, lineEnd));
  }
});

async function tryMessage({ id, message, document }: Template, lineEnd: string): Promise<void> {
  const written = document(DEFAULT_INPUT);
  const text = `${message(DEFAULT_INPUT)}\n`.replaceAll('\n', lineEnd);
  const source = traceSource(text);
  const offers = offersAt(source, text.indexOf(`<${id}`));
  assert.ok(offers.length > 1, written);
  for (const { title, edits } of offers) {
    const after = applied(text, edits);
    assert.equal(after.slice(0, text.length), text, 'the request stays as it is');
    const found = traceSource(after);
    assert.equal(found.reading.trace.count, 2, after);
    const known = words((await lintText(text)).lint.problems);
    const more = words((await lintText(after)).lint.problems).filter((one) => !known.includes(one));
    assert.deepEqual(more, [], `${title}\n${after}`);
    assert.deepEqual(offersAt(found, text.indexOf(`<${id}`)), [], 'it is answered');
  }
}

function words(problems: readonly Problem[]): string[] {
  return problems.map(({ rule, message }) => `${rule}: ${message}`);
}

const DIALOG = `
  INFO sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E SIP/2.0
  Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1
  Max-Forwards: 70
  From: <sip:alice@example.org>;tag=a;epid=1
  To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
  Call-ID: 1@example.org
  CSeq: 2 INFO
  Contact: <sip:alice@192.0.2.1:5061;transport=tls>
  Content-Type: application/cccp+xml
  Content-Length: 268

  <request xmlns="urn:ietf:params:xml:ns:cccp" requestId="7" from="sip:alice@example.org" to="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E">
    <deleteUser>
      <userKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" userEntity="sip:carol@example.org"/>
    </deleteUser>
  </request>

  SIP/2.0 202 Accepted
  Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1
  From: <sip:alice@example.org>;tag=a;epid=1
  To: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
  Call-ID: 1@example.org
  CSeq: 2 INFO
  Content-Length: 0

  INFO sip:alice@192.0.2.1:5061;transport=tls SIP/2.0
  Via: SIP/2.0/TLS 192.0.2.9:5061;branch=z9hG4bK8
  Max-Forwards: 70
  From: <sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E>;tag=f
  To: <sip:alice@example.org>;tag=a;epid=1
  Call-ID: 1@example.org
  CSeq: 40 INFO
  Content-Length: 0
`;

describe('the message with a response', () => {
  const text = dedent(DIALOG);
  const offers = () => offersAt(traceSource(text), text.indexOf('<deleteUser'));

  it('is the next of the other side in the dialog, and stands behind what answered the request', () => {
    const [success] = offers();
    const after = applied(text, success!.edits);
    const [, made = ''] = /202 Accepted[\s\S]*?\n\n(INFO[\s\S]*?<\/response>)/.exec(after) ?? [];
    assert.match(made, /^INFO sip:alice@192\.0\.2\.1:5061;transport=tls SIP\/2\.0\n/);
    assert.match(
      made,
      /\nFrom: <sip:alice@example\.org;gruu;opaque=app:conf:focus:id:7E>;tag=f\nTo: <sip:alice@example\.org>;tag=a;epid=1\n/,
    );
    assert.match(made, /\nCall-ID: 1@example\.org\nCSeq: 41 INFO\n/);
    const [, body = ''] = made.split('\n\n');
    assert.equal(Number(/Content-Length: (\d+)/.exec(made)?.[1]), body.length + 1);
    assert.equal(
      body,
      dedent(`
        <response xmlns="urn:ietf:params:xml:ns:cccp" xmlns:ci="urn:ietf:params:xml:ns:conference-info" requestId="7" from="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E" to="sip:alice@example.org" code="success">
          <deleteUser>
            <conferenceKeys confEntity="sip:alice@example.org;gruu;opaque=app:conf:focus:id:7E"/>
            <ci:user entity="sip:carol@example.org"/>
          </deleteUser>
        </response>`).trimEnd(),
    );
  });

  it('may be a failure for each reason that the command has', () => {
    assert.deepEqual(titles(offers()), [
      'Write the response: success',
      'Write the response: failure, conferenceDoesntExist',
      'Write the response: failure, userDoesntExist',
      'Write the response: failure, otherFailure',
    ]);
    const failed = applied(text, offers()[2]!.edits);
    assert.match(failed, /code="failure">\n {2}<deleteUser reason="userDoesntExist"\/>\n<\/response>/);
  });

  for (const place of ['SIP/2.0 202| Accepted', 'CSeq: 2| INFO'])
    it(`is not offered at ${place}`, () => {
      const { text: found, offset } = cursor(text.replace(place.replace('|', ''), place));
      assert.deepEqual(offersAt(traceSource(found), offset), []);
    });
});

function titles(fixes: readonly Fix[]): string[] {
  return fixes.map(({ title }) => title);
}

describe('a message on one line', () => {
  const line = (id: string) =>
    `MESSAGE sip:bob@example.org SIP/2.0 v: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bK7 From: <sip:alice@example.org>;tag=1 To: <sip:bob@example.org> Call-ID: ${id} CSeq: 1 MESSAGE c: application/sdp Content-Length: 4 v=0 s=-`;
  const trace = `1. A sends\n${line('1@a')}\n\n2. A sends more\n${line('2@a')}\n`;

  it('is put into lines, alone', () => {
    const [one] = offersAt(traceSource(trace), trace.indexOf('MESSAGE'));
    assert.equal(one?.title, 'Put this message into lines');
    const after = applied(trace, one!.edits);
    assert.match(after, /^1\. A sends\nMESSAGE sip:bob@example\.org SIP\/2\.0\nVia: .*\nFrom: .*\n/);
    assert.match(
      after,
      /\nContent-Type: application\/sdp\nContent-Length: 4\n\nv=0\ns=-\n\n\n2\. A sends more\nMESSAGE sip:bob@example\.org SIP\/2\.0 v:/,
    );
    const { trace: read } = traceSource(after).reading;
    assert.deepEqual([read.count, read.isFlattened(0), read.isFlattened(1)], [2, false, true]);
  });

  it('is put into lines with all others', () => {
    const [, all] = offersAt(traceSource(trace), trace.indexOf('MESSAGE'));
    assert.equal(all?.title, 'Put the whole trace into lines');
    const { trace: read } = traceSource(applied(trace, all!.edits)).reading;
    assert.deepEqual([read.count, read.isFlattened(0), read.isFlattened(1)], [2, false, false]);
  });

  it('keeps the line ends of the text', () => {
    const [one] = offersAt(traceSource(trace.replaceAll('\n', '\r\n')), 20);
    assert.doesNotMatch(one!.edits[0]!.text.replaceAll('\r\n', ''), /[\r\n]/);
  });

  it('is no more offered where it is in lines', () => assert.deepEqual(offersAt(traceSource(dedent(DIALOG)), 5), []));
});

describe('compact names', () => {
  const text = 'BYE sip:bob@example.org SIP/2.0\nv: SIP/2.0/UDP h;branch=z9hG4bK1\nx-own: 1\nl: 0\n\n';
  it('are written in full', () => {
    const [fix] = offersAt(traceSource(text), text.indexOf('l: 0'));
    assert.equal(applied(text, fix!.edits), text.replace('\nv:', '\nVia:').replace('\nl:', '\nContent-Length:'));
  });
  it('are left alone elsewhere', () => assert.deepEqual(offersAt(traceSource(text), text.indexOf('x-own')), []));
});
