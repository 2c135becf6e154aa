import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readText } from '../trace/text.ts';
import { readCall, traceFacts } from './calls.ts';
import { readFlow } from './flow.ts';
import { repeatEvidence, repeats } from './retransmissions.ts';

/** What is told of each copy of a message that was sent at these times (milliseconds; null: no time). */
function told(
  start: string,
  times: (number | null)[],
  { transport = 'UDP', more = '', method = 'INVITE' } = {},
): string[] {
  const text = times
    .map((time) => {
      const stamp = time === null ? '' : `${new Date(Date.UTC(2024, 0, 1) + time).toISOString()}\n`;
      return `${stamp}${start}
Via: SIP/2.0/${transport} 192.0.2.1;branch=z9hG4bK1
From: <sip:a@example.org>;tag=a
To: <sip:b@example.org>;tag=b
Call-ID: 1
CSeq: 1 ${method}
${more}Content-Length: 0

`;
    })
    .join('');
  const trace = readText(text);
  const indices = Array.from({ length: trace.count }, (_, index) => index);
  return repeats(readCall(trace, readFlow(trace.built), traceFacts(trace), indices)).map(repeatEvidence);
}

const INVITE = 'INVITE sip:b@example.org SIP/2.0';
const OPTIONS = 'OPTIONS sip:b@example.org SIP/2.0';

it('the intervals of an INVITE double without end, those of other requests until 4 s (RFC 3261 §17.1)', () => {
  const A = 'Timer A has it (RFC 3261 §17.1.1.2)';
  assert.deepEqual(told(INVITE, [0, 500, 1500, 3600, 11_600]), [
    `after 0.5 s, as ${A}`,
    `after 1.0 s, as ${A}`,
    `after 2.1 s, as ${A}`,
    'after 8.0 s, where Timer A has 4.0 s (RFC 3261 §17.1.1.2)',
  ]);
  const E = 'as Timer E has it (RFC 3261 §17.1.2.2)';
  assert.deepEqual(told(OPTIONS, [0, 500, 1500, 3500, 7500, 11_500], { method: 'OPTIONS' }).slice(3), [
    `after 4.0 s, ${E}`,
    `after 4.0 s, ${E}`,
  ]);
});

it('what no timer can have sent', () => {
  assert.deepEqual(told(INVITE, [0, 3]), [
    'after 3 ms, too soon for Timer A (RFC 3261 §17.1.1.2): it was captured twice',
  ]);
  assert.deepEqual(told(INVITE, [0, 500], { transport: 'TLS' }), [
    'after 0.5 s; over TLS no timer sends again (RFC 3261 §17.1.1.2)',
  ]);
});

it('responses: failures, acceptances over any transport, reliable ones, and those that only answer again', () => {
  assert.match(told('SIP/2.0 486 Busy', [0, 500])[0]!, /as Timer G has it/);
  assert.match(told('SIP/2.0 200 OK', [0, 500], { transport: 'TCP' })[0]!, /as the wait for ACK has it/);
  assert.match(told('SIP/2.0 183 Progress', [0, 500], { more: 'RSeq: 1\n' })[0]!, /as the wait for PRACK has it/);
  assert.match(told('SIP/2.0 183 Progress', [0, 500])[0]!, /a response is sent for each copy of the request/);
  assert.match(told('ACK sip:b@example.org SIP/2.0', [0, 500], { method: 'ACK' })[0]!, /an ACK is sent for each copy/);
});

it('tells nothing without times, or where the clock went back', () => {
  assert.deepEqual(told(INVITE, [null, null]), ['']);
});
