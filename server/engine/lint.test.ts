import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_OPTIONS, lintSteps, lintText, read } from './engine.ts';

const REQUEST = `OPTIONS sip:bob@example.org SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
Max-Forwards: 70
From: <sip:alice@example.org>;tag=a
To: <sip:bob@example.org:70000>
Call-ID: 1@example.org
CSeq: 5 OPTIONS
Content-Length: 0

`;
const RESPONSE = `SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
From: <sip:alice@example.org>;tag=a
To: <sip:bob@example.org:70000>;tag=b
Call-ID: 1@example.org
CSeq: 5 OPTIONS
Contact: <sip:bob@192.0.2.9:0>
Content-Length: 0

`;

async function found(text: string): Promise<string[]> {
  const { lint } = await lintText(text, { ...DEFAULT_OPTIONS, profile: 'strict' });
  return lint.problems.map(({ messageIndex, severity, rule }) => `${messageIndex} ${severity} ${rule}`);
}

describe('what a response repeats of its request', () => {
  it('is judged in the request alone', async () =>
    assert.deepEqual(await found(REQUEST + RESPONSE), ['1 error uri-port-range', '2 hint uri-port-range']));
  it('is judged in the response where the trace does not show the request', async () =>
    assert.deepEqual(await found(RESPONSE), ['1 error uri-port-range', '1 hint uri-port-range']));
});

describe('a message that was judged', () => {
  it('is let go of with its call, so that memory does not grow with the trace', () => {
    const reading = read(REQUEST + RESPONSE);
    const before = reading.trace.message(0);
    assert.equal(reading.trace.message(0), before);
    for (const steps = lintSteps(reading, DEFAULT_OPTIONS, false); !steps.next().done; );
    assert.notEqual(reading.trace.message(0), before);
  });
});
