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

  it('keep their places in the source', () => {
    const trace = readText(PRINTED);
    const message = trace.message(0);
    const field = message.headers.find(({ id }) => id === 'call-id')!;
    assert.equal(slice(PRINTED, trace.view(0).toSource(field)), 'Call-ID: 1');
    assert.equal(slice(PRINTED, trace.view(0).toSource(message.startLine)), 'INVITE sip:bob@example.org SIP/2.0');
  });
});
