import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { slice } from '../base/text.ts';
import { hasBody, headerValue } from '../sip/message.ts';
import { readText, type TextTrace } from './text.ts';

const PRINTED = `
Alice asks:

   INVITE sip:bob@example.org SIP/2.0
   Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
   <allOneLine>
   Contact: <sip:alice@192.0.2.1;transport=udp>
    ;+sip.instance="<urn:uuid:1>"
   ;expires=60
   </allOneLine>
   Call-ID: 1
   CSeq: 1 INVITE
   Content-Type: application/sdp
   Content-Length: 10

   v=0
   s=-

   Bob answers:

   SIP/2.0 200 OK
   Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
   Call-ID: 1
   CSeq: 1 INVITE

The end.
`;

/** A document in pages: one ends in a head, one in a body, one behind a message. */
const PAGED = `
   F1 MESSAGE Alice -> Bob

   MESSAGE sip:bob@example.org SIP/2.0
   Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1



Penrose                     Standards Track                    [Page 9]
\f
RFC 9999               Messages over many pages             January 2030


   Call-ID: 1
   CSeq: 1 MESSAGE
   Content-Type: application/sdp
   Content-Length: 10

   v=0

Penrose                     Standards Track                   [Page 10]

RFC 9999               Messages over many pages             January 2030

   s=-

   F2 200 OK Bob -> Alice

   SIP/2.0 200 OK
   Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
    ;received=192.0.2.1
   Call-ID: 1
   CSeq: 1 MESSAGE

Penrose                     Standards Track                   [Page 11]
\f
RFC 9999               Messages over many pages             January 2030

   What follows is no message.
`;

function bodyOf(trace: TextTrace, index: number): string {
  const message = trace.message(index);
  return hasBody(message) ? slice(message.text, message.body) : '';
}

describe('messages as documents print them', () => {
  for (const [name, text] of [
    ['LF', PRINTED],
    ['CRLF', PRINTED.replaceAll('\n', '\r\n')],
    ['tabs', PRINTED.replaceAll('\n   ', '\n\t')],
  ] as const) {
    it(`are read without their indent (${name})`, () => {
      const trace = readText(text);
      assert.equal(trace.count, 2);
      const contact = '<sip:alice@192.0.2.1;transport=udp>;+sip.instance="<urn:uuid:1>";expires=60';
      assert.equal(headerValue(trace.message(0), 'contact'), contact);
      assert.match(bodyOf(trace, 0), /^v=0\r?\ns=-\s*$/);
      assert.equal(bodyOf(trace, 1), '');
    });
  }

  it('are read over the breaks between pages', () => {
    for (const text of [PAGED, PAGED.replaceAll('\n', '\r\n')]) {
      const trace = readText(text);
      const names = [0, 1].map((index) =>
        trace
          .message(index)
          .headers.map(({ id }) => id)
          .join(' '),
      );
      assert.deepEqual(names, ['via call-id cseq content-type content-length', 'via call-id cseq']);
      assert.deepEqual([trace.message(0).stray, trace.message(1).stray], [[], []]);
      assert.match(bodyOf(trace, 0), /^v=0\r?\ns=-\s*$/);
      assert.equal(bodyOf(trace, 1), '');
      assert.deepEqual(trace.captions(1), ['F2 200 OK Bob -> Alice']);
      const cseq = trace.message(0).headers.find(({ id }) => id === 'cseq')!;
      assert.equal(slice(text, trace.view(0).toSource(cseq)), 'CSeq: 1 MESSAGE');
      assert.equal(trace.count, 2);
    }
  });

  it('keep their places in the source', () => {
    const trace = readText(PRINTED);
    const message = trace.message(0);
    const field = message.headers.find(({ id }) => id === 'call-id')!;
    assert.equal(slice(PRINTED, trace.view(0).toSource(field)), 'Call-ID: 1');
    assert.equal(slice(PRINTED, trace.view(0).toSource(message.startLine)), 'INVITE sip:bob@example.org SIP/2.0');
  });
});
